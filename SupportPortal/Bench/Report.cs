using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportPortal.Bench;

/// <summary>One figure: the median of its rounds against its budget.</summary>
internal sealed record Figure(string Budget, string What, double Value, string Unit, double? MustReach, bool MoreIsBetter, IReadOnlyList<double> Rounds)
{
    /// <summary>Whether the budget is kept; null where there is none.</summary>
    public bool? IsReached => MustReach is not { } budget ? null : MoreIsBetter ? Value >= budget : Value <= budget;
}

/// <summary>The figures as they come, as a table on stdout and as JSON in a file.</summary>
internal sealed class Report(Settings settings)
{
    private const string LoadAverage = "/proc/loadavg";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals }; // What was not seen is not a number.

    private readonly List<Figure> _figures = [];
    private readonly string _loadBefore = File.Exists(LoadAverage) ? File.ReadAllText(LoadAverage).Trim() : ""; // Whether something else was running.

    public void Add(string budget, string what, string unit, double? mustReach, bool moreIsBetter, params IReadOnlyList<double> rounds)
    {
        var figure = new Figure(budget, what, Statistics.Percentile(rounds, 50), unit, mustReach, moreIsBetter, rounds);
        _figures.Add(figure);
        Console.Error.WriteLine($"{budget} {what}: {Shown(figure.Value)} {unit}");
    }

    public async Task WriteAsync()
    {
        Console.WriteLine("| # | what | median | must reach | reached | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var figure in _figures)
        {
            Console.WriteLine($"| {figure.Budget} | {figure.What} | {Shown(figure.Value)} {figure.Unit} | "
                + $"{(figure.MustReach is { } budget ? $"{(figure.MoreIsBetter ? "≥" : "≤")} {Shown(budget)}" : "")} | {figure.IsReached switch { true => "yes", false => "**no**", null => "" }} | {string.Join(" ", figure.Rounds.Select(Shown))} |");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(settings.Json))!);
        await File.WriteAllTextAsync(settings.Json, JsonSerializer.Serialize(new
        {
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB",
            loadBefore = _loadBefore,
            settings,
            figures = _figures,
        }, Json));
    }

    private static string Shown(double value) => value.ToString(value >= 100 ? "N0" : value >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture);
}

internal static class Statistics
{
    /// <summary>The value that so many per cent of the measurements do not exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
    }
}
