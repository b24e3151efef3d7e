using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Live;

namespace SupportPortal.Application.Reports;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>To read and to print.</summary>
    Pdf,

    /// <summary>A workbook, a sheet for each part.</summary>
    Xlsx,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>For programs.</summary>
    Json,
}

/// <summary>What the cells of a column are.</summary>
public enum CellKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>From 0 to 1.</summary>
    Share,

    /// <summary>An instant.</summary>
    Moment,

    /// <summary>A length of time, in seconds.</summary>
    Time,
}

/// <summary>A column of a part of a report.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Title">For people.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="IsKey">Whether it tells the rows apart.</param>
/// <param name="IsName">Whether it is what somebody or something is called: no event says it, it may be called otherwise later, and so it is not proved.</param>
public sealed record ReportColumn(string Name, string Title, CellKind Kind = CellKind.Text, bool IsKey = false, bool IsName = false);

/// <summary>A part of a report: a table. Its rows are read as they are written, however many there are.</summary>
/// <param name="Name">For programs.</param>
/// <param name="Title">For people.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Count">How many rows it has.</param>
/// <param name="Rows">Its rows: a text, a long, a decimal, an instant, a duration or null for each column.</param>
public sealed record ReportSection(string Name, string Title, IReadOnlyList<ReportColumn> Columns, int Count, IAsyncEnumerable<object?[]> Rows)
{
    /// <summary>The part that proves the others: the chain heads of the tickets that the report counts.</summary>
    public const string Proof = "tickets";

    /// <summary>Whether it is for the proof rather than for the reader.</summary>
    public bool IsProof => Name == Proof;
}

/// <summary>What a report says of itself.</summary>
/// <param name="Number">Its number in the register.</param>
/// <param name="Scope">What it is about.</param>
/// <param name="At">The instant at which it judged what was overdue.</param>
/// <param name="UpTo">The last event, in the order of all, that it knew.</param>
/// <param name="Missing">Events before that one which it did not know: other servers had not committed them.</param>
/// <param name="Goal">The share of promises that was to be kept.</param>
public sealed record ReportHead(long Number, ReportScope Scope, Instant At, long UpTo, IReadOnlyList<PositionRange> Missing, decimal Goal)
{
    /// <summary>Of this way to write reports.</summary>
    public const string Version = "support-portal-report-1";

    // Calendars end a year later.
    private static readonly Instant LastMade = Instant.FromUtc(2198, 1, 1, 0, 0);

    /// <summary>As named texts.</summary>
    public IEnumerable<(string Name, string Value)> ToPairs() =>
    [
        ("format", Version), ("number", Number.ToString(CultureInfo.InvariantCulture)), .. Scope.ToPairs(), ("at", InstantPattern.ExtendedIso.Format(At)),
        ("upTo", UpTo.ToString(CultureInfo.InvariantCulture)),
        .. Missing.Count == 0 ? Array.Empty<(string, string)>() : [("missing", string.Join(' ', Missing.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}"))))],
        ("goal", Goal.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Reads what <see cref="ToPairs"/> wrote.</summary>
    /// <exception cref="FormatException">It was not written so.</exception>
    public static ReportHead Read(IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.GetValueOrDefault("format") != Version) throw new FormatException($"It is not of the format {Version}.");
        if (!long.TryParse(pairs.GetValueOrDefault("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new FormatException("It does not say its number.");
        if (!long.TryParse(pairs.GetValueOrDefault("upTo"), NumberStyles.None, CultureInfo.InvariantCulture, out var upTo)) throw new FormatException("It does not say up to which event it counts.");
        if (!InstantPattern.ExtendedIso.Parse(pairs.GetValueOrDefault("at") ?? "").TryGetValue(default, out var at)) throw new FormatException("It does not say when it was made.");
        if (at < ReportScope.First || at > LastMade) throw new FormatException("It was made at an absurd time.");
        if (!decimal.TryParse(pairs.GetValueOrDefault("goal"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var goal)) throw new FormatException("It does not say its goal.");
        var scope = ReportScope.Read(pairs);
        if (scope.Kind == ReportKind.Risk && (scope.Filter.Period.Start, scope.Filter.Period.End) != (at - RiskForecast.PaceOver, at)) throw new FormatException("Its period is not the day before it was made.");
        return new ReportHead(number, scope, at, upTo, [.. (pairs.GetValueOrDefault("missing") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadRange)], goal);
    }

    private static PositionRange ReadRange(string text)
    {
        var ends = text.Split('-');
        if (ends.Length == 2 && long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return new(first, last);
        throw new FormatException("It does not say which events it did not know.");
    }
}

/// <summary>A report, in no format yet.</summary>
/// <param name="Head">What it says of itself.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Subtitle">Its period, and what it is narrowed to.</param>
/// <param name="Sections">Its parts, the proof last.</param>
public sealed record Report(ReportHead Head, string Title, string Subtitle, IReadOnlyList<ReportSection> Sections);
