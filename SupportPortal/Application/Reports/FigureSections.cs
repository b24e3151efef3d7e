using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reports;

/// <summary>The figures of a period as the parts of a report.</summary>
internal static class FigureSections
{
    private static readonly ReportColumn[] CustomersTally = [Number("kept", "Kept"), Number("broken", "Broken"), Share("attainment", "Attainment")];
    private static readonly ReportColumn[] Tally = [Number("kept", "Kept"), Number("broken", "Broken"), Number("excused", "Excused"), Share("attainment", "Attainment"), Share("withoutExcused", "Without excused")];

    /// <summary>Attainment of each promise: what every reader of figures looks for first.</summary>
    public static ReportSection Promises(ComplianceFigures figures) => Table("promises", "Promises",
        [Key("severity", "Severity", CellKind.Number), Key("promise", "Promise"), .. Tally, Time("p50", "Half within"), Time("p90", "90 % within"), Time("p95", "95 % within"), Time("p99", "99 % within")],
        figures.Promises.Select(p => (object?[])[(long)p.Severity.Level, Words.Of(p.Metric), .. Cells(p.Tally), p.Times?.P50, p.Times?.P90, p.Times?.P95, p.Times?.P99]));

    /// <summary>The totals.</summary>
    public static ReportSection Summary(ComplianceFigures figures) => Table("summary", "Summary",
        [.. Tally, Number("reported", "Reported"), Number("resolved", "Resolved"), Number("reopened", "Reopened")],
        [[.. Cells(figures.Total), (long)figures.Tickets.Reported, (long)figures.Tickets.Resolved, (long)figures.Tickets.Reopened]]);

    /// <summary>Attainment over time.</summary>
    public static ReportSection Trend(ComplianceFigures figures) => Table("trend", "Trend", [Key("from", "From"), .. Tally],
        figures.Trend.Select(part => (object?[])[LocalDatePattern.Iso.Format(part.Part.First), .. Cells(part.Tally)]));

    /// <summary>The totals of a list of clocks.</summary>
    public static ReportSection Total(ComplianceFigures figures) => Table("summary", "Summary", Tally, [Cells(figures.Total)]);

    /// <summary>The totals as a customer reads them: as it happened. Exceptions are between staff.</summary>
    public static ReportSection CustomersSummary(ComplianceFigures figures) => Table("summary", "Summary", [.. CustomersTally, Number("reported", "Reported"), Number("resolved", "Resolved")],
        [[.. CustomersCells(figures.Total), (long)figures.Tickets.Reported, (long)figures.Tickets.Resolved]]);

    /// <summary>Attainment of each promise as a customer reads it.</summary>
    public static ReportSection CustomersPromises(ComplianceFigures figures) => Table("promises", "Promises",
        [Key("severity", "Severity", CellKind.Number), Key("promise", "Promise"), .. CustomersTally, Time("p50", "Half within"), Time("p90", "90 % within")],
        figures.Promises.Select(p => (object?[])[(long)p.Severity.Level, Words.Of(p.Metric), .. CustomersCells(p.Tally), p.Times?.P50, p.Times?.P90]));

    /// <summary>Attainment of each team: "none" for agents of none, "nobody" for what nobody had.</summary>
    public static ReportSection Teams(ComplianceFigures figures, IReadOnlyList<Team> teams) => Table("teams", "By team", [Key("team", "Team"), .. Tally],
        figures.ByTeam(teams).OrderBy(team => team.Key, StringComparer.Ordinal).Select(team => (object?[])[team.Key, .. Cells(team.Value)]));

    /// <summary>Everything else that the page of figures shows.</summary>
    public static IEnumerable<ReportSection> Others(ComplianceFigures figures, IReadOnlyDictionary<int, string> organisations, IReadOnlyDictionary<string, string> people) =>
    [
        Table("causes", "Why promises were broken", [Key("cause", "Cause"), Number("broken", "Broken")],
            figures.BreachesByCause.Select((broken, i) => (object?[])[Words.Of((BreachCause)i), broken])),
        Table("lateness", "How late", [Key("over", "Later than", CellKind.Time), Time("upTo", "Up to"), Number("clocks", "Clocks")],
            figures.Lateness.Select(late => (object?[])[late.AtLeast, late.AtMost, (long)late.Clocks])),
        Table("hours", "Broken promises by hour of the week", [Key("hour", "Hour from Monday midnight", CellKind.Number), Number("broken", "Broken")],
            figures.BreachesByHour.Select((broken, hour) => (object?[])[(long)hour, broken])),
        Table("organisations", "By organisation", [Key("organisation", "Organisation’s id", CellKind.Number), Name("name", "Organisation"), .. Tally],
            figures.ByOrganisation.OrderBy(o => o.Key).Select(o => (object?[])[(long)o.Key, o.Key == 0 ? "No organisation" : organisations.GetValueOrDefault(o.Key), .. Cells(o.Value)])),
        Table("agents", "By agent", [Key("agent", "Agent’s id"), Name("name", "Agent"), .. Tally],
            figures.ByAssignee.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (object?[])[a.Key.Length == 0 ? "none" : a.Key, a.Key.Length == 0 ? "Nobody’s" : people.GetValueOrDefault(a.Key), .. Cells(a.Value)])),
        Table("resolutions", "How requests ended", [Key("resolution", "Resolution"), Number("requests", "Requests")],
            figures.Tickets.ByResolution.Select((count, i) => (object?[])[Words.Of((ResolutionKind)i), (long)count])),
        Table("ratings", "What customers say", [Key("stars", "Stars", CellKind.Number), Number("ratings", "Ratings")],
            figures.Tickets.ByStars.Select((count, i) => (object?[])[i + 1L, (long)count])),
        Table("backlog", "Open as the report was made, by age", [Key("from", "At least so old", CellKind.Time), Time("under", "And less than"), Number("severity1", "Severity 1"), Number("severity2", "Severity 2"), Number("severity3", "Severity 3")],
            figures.Tickets.Backlog.Select(age => (object?[])[age.AtLeast, age.Under, .. age.BySeverity.Select(count => (object?)(long)count)])),
    ];

    /// <summary>A part whose rows are known already.</summary>
    public static ReportSection Table(string name, string title, IReadOnlyList<ReportColumn> columns, IEnumerable<object?[]> rows)
    {
        object?[][] all = [.. rows];
        return new ReportSection(name, title, columns, all.Length, all.ToAsyncEnumerable());
    }

    public static ReportColumn Key(string name, string title, CellKind kind = CellKind.Text) => new(name, title, kind, IsKey: true);

    public static ReportColumn Name(string name, string title) => new(name, title, IsName: true);

    public static ReportColumn Number(string name, string title) => new(name, title, CellKind.Number);

    public static ReportColumn Share(string name, string title) => new(name, title, CellKind.Share);

    public static ReportColumn Time(string name, string title) => new(name, title, CellKind.Time);

    public static ReportColumn Moment(string name, string title) => new(name, title, CellKind.Moment);

    public static ReportColumn Word(string name, string title) => new(name, title);

    private static object?[] CustomersCells(Tally tally) => [tally.Met, tally.Breached, tally.Attainment.Share];

    private static object?[] Cells(Tally tally) => [tally.Met, tally.Breached, tally.Excused, tally.Attainment.Share, tally.WithoutExcused.Share];
}
