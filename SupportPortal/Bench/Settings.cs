using System.Globalization;

namespace SupportPortal.Bench;

/// <summary>What to measure and how much load to make. Every load is bounded in count and in time.</summary>
internal sealed record Settings
{
    public const string Usage = """
        Measures the portal against its budgets. Load goes to 127.0.0.1 only.
          --only B1,B9        some budgets; left out: B1 B3 B4 B5 B7 B8 B9 B10 B11 B12 B13 B14 B15 B16 B18 B19
                              only when named: CRASH (kill -9 at random moments), REPORTS (of a million clocks)
          --tickets 100000    open tickets in the store
          --ladder 10000,100000,1000000   open tickets in the stores of B5 and B7, few to many
          --circuits 500      circuits on the board (B8, B9)
          --held 2000         the most circuits on the board (B10, B11)
          --rate 20           changes a second (B9)
          --seconds 10        how long each load lasts
          --idle 60           how long each idle wait lasts (B7)
          --rounds 5          how often each load is repeated; medians are reported
          --kills 200         how often the portal is killed (CRASH)
          --minutes 45        when the kills end in any case (CRASH)
          --portal DIRECTORY  a published portal; publishes one when left out
          --json FILE         where the figures go (artifacts/bench.json)
        """;

    private static readonly string[] Usual = ["B1", "B3", "B4", "B5", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B14", "B15", "B16", "B18", "B19"];
    private static readonly string[] WhenNamed = ["CRASH", "REPORTS"];

    public IReadOnlyList<string> Only { get; init; } = Usual;

    public int Tickets { get; init; } = 100_000;

    public IReadOnlyList<int> Ladder { get; init; } = [10_000, 100_000, 1_000_000];

    public int Circuits { get; init; } = 500;

    public int Held { get; init; } = 2000;

    public int Rate { get; init; } = 20;

    public int Seconds { get; init; } = 10;

    public int Idle { get; init; } = 60;

    public int Rounds { get; init; } = 5;

    public int Kills { get; init; } = 200;

    public int Minutes { get; init; } = 45;

    public string? Portal { get; init; }

    public string Json { get; init; } = "artifacts/bench.json";

    /// <summary>How many boards are open at each step up to <see cref="Held"/>.</summary>
    public IEnumerable<int> Steps => new[] { Held / 20, Held / 4, Held / 2, Held }.Where(step => step > 0);

    public bool NeedsPortal => Only.Any(budget => budget is not ("B13" or "B14"));

    public bool Runs(string budget) => Only.Contains(budget);

    public bool RunsAny(params IEnumerable<string> budgets) => budgets.Any(Runs);

    public static Settings? TryRead(string[] args)
    {
        var settings = new Settings();
        if (args.Length % 2 != 0) return null;
        foreach (var pair in args.Chunk(2))
        {
            int[] numbers = [.. pair[1].Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)];
            var number = numbers is [> 0 and var only] ? only : (int?)null;
            switch (pair[0])
            {
                case "--only" when pair[1].ToUpperInvariant().Split(',') is var named && named.All(b => Usual.Contains(b) || WhenNamed.Contains(b)): settings = settings with { Only = named }; break;
                case "--portal": settings = settings with { Portal = Path.GetFullPath(pair[1]) }; break;
                case "--json": settings = settings with { Json = pair[1] }; break;
                case "--ladder" when numbers.All(n => n is > 0 and <= 2_000_000): settings = settings with { Ladder = [.. numbers.Order()] }; break;
                case "--tickets" when number is { } n: settings = settings with { Tickets = Math.Min(n, 2_000_000) }; break;
                case "--circuits" when number is { } n: settings = settings with { Circuits = Math.Min(n, 5000) }; break;
                case "--held" when number is { } n: settings = settings with { Held = Math.Min(n, 5000) }; break;
                case "--rate" when number is { } n: settings = settings with { Rate = Math.Min(n, 200) }; break;
                case "--seconds" when number is { } n: settings = settings with { Seconds = Math.Min(n, 120) }; break;
                case "--idle" when number is { } n: settings = settings with { Idle = Math.Min(n, 600) }; break;
                case "--rounds" when number is { } n: settings = settings with { Rounds = Math.Min(n, 20) }; break;
                case "--kills" when number is { } n: settings = settings with { Kills = Math.Min(n, 1000) }; break;
                case "--minutes" when number is { } n: settings = settings with { Minutes = Math.Min(n, 180) }; break;
                default: return null;
            }
        }

        return settings;
    }
}
