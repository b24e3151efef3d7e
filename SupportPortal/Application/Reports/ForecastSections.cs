using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;
using static SupportPortal.Application.Reports.FigureSections;

namespace SupportPortal.Application.Reports;

/// <summary>What will break soon as the parts of a report.</summary>
internal static class ForecastSections
{
    private static readonly ReportColumn[] Workload =
        [Number("overdue", "Overdue"), .. Forecast.Windows.SelectMany(window => new[] { Number($"due{window.TotalHours:0}", $"Due in {window.TotalHours:0}\u00a0h"), Number($"breaking{window.TotalHours:0}", $"Will break in {window.TotalHours:0}\u00a0h") })];

    public static ReportSection Lanes(Risk risk) => Table("lanes", "By lane", [Key("lane", "Lane"), Number("open", "Open"), .. Workload],
        risk.Lanes.Select(lane => (object?[])[Words.Of(lane.Lane), (long)lane.Open, .. Cells(lane.Workload)]));

    /// <summary>Nobody's is judged by the pace of all.</summary>
    public static ReportSection Agents(Risk risk, IReadOnlyDictionary<string, string> people) => Table("agents", "By agent",
        [Key("agent", "Agent’s id"), Name("name", "Agent"), Number("open", "Open"), Number("dealtWith", "Dealt with in 24\u00a0h"), .. Workload],
        risk.Agents.Select(agent => (object?[])
        [
            agent.AssigneeId ?? "none", agent.AssigneeId is { } id ? people.GetValueOrDefault(id) : "Nobody’s", (long)agent.Open,
            agent.AssigneeId is null ? null : (long)Math.Round(agent.AnHour * RiskForecast.PaceOver.TotalHours), .. Cells(agent.Workload),
        ]));

    private static IEnumerable<object?> Cells(Workload workload) => [(long)workload.Overdue, .. workload.Due.Zip(workload.Breaking).SelectMany(window => new object?[] { (long)window.First, (long)window.Second })];
}
