using System.Globalization;

namespace SupportPortal.Bench;

/// <summary>What to measure and how much load to make. Every load is bounded in count and in time.</summary>
internal sealed record Settings
{
    public const string Usage = """
        Measures the portal against its budgets. Load goes to 127.0.0.1 only.
          --only B1,B9        some budgets; all when left out (B1 B3 B4 B9 B12 B13 B14 B18)
          --tickets 100000    open tickets in the store
          --circuits 500      circuits on the board
          --rate 20           changes a second
          --seconds 10        how long each load lasts
          --rounds 5          how often each load is repeated; medians are reported
          --portal DIRECTORY  a published portal; publishes one when left out
          --json FILE         where the figures go (artifacts/bench.json)
        """;

    public IReadOnlySet<string> Only { get; init; } = new HashSet<string>();

    public int Tickets { get; init; } = 100_000;

    public int Circuits { get; init; } = 500;

    public int Rate { get; init; } = 20;

    public int Seconds { get; init; } = 10;

    public int Rounds { get; init; } = 5;

    public string? Portal { get; init; }

    public string Json { get; init; } = "artifacts/bench.json";

    public bool NeedsPortal => Only.Count == 0 || Only.Any(b => b is not ("B13" or "B14"));

    public bool Runs(string budget) => Only.Count == 0 || Only.Contains(budget);

    public static Settings? TryRead(string[] args)
    {
        var settings = new Settings();
        if (args.Length % 2 != 0) return null;
        foreach (var pair in args.Chunk(2))
        {
            var number = int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : (int?)null;
            switch (pair[0])
            {
                case "--only": settings = settings with { Only = pair[1].ToUpperInvariant().Split(',').ToHashSet() }; break;
                case "--portal": settings = settings with { Portal = Path.GetFullPath(pair[1]) }; break;
                case "--json": settings = settings with { Json = pair[1] }; break;
                case "--tickets" when number is { } n: settings = settings with { Tickets = n }; break;
                case "--circuits" when number is { } n: settings = settings with { Circuits = Math.Min(n, 5000) }; break;
                case "--rate" when number is { } n: settings = settings with { Rate = Math.Min(n, 200) }; break;
                case "--seconds" when number is { } n: settings = settings with { Seconds = Math.Min(n, 120) }; break;
                case "--rounds" when number is { } n: settings = settings with { Rounds = Math.Min(n, 20) }; break;
                default: return null;
            }
        }

        return settings;
    }
}
