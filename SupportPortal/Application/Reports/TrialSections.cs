using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using static SupportPortal.Application.Reports.FigureSections;

namespace SupportPortal.Application.Reports;

/// <summary>What another commitment would have made of a period as the parts of a report.</summary>
internal static class TrialSections
{
    private static readonly ReportColumn[] BothWays =
    [
        Number("kept", "Kept"), Number("broken", "Broken"), Share("attainment", "Attainment"),
        Number("wouldBeKept", "Would be kept"), Number("wouldBeBroken", "Would be broken"), Share("wouldBeAttainment", "It would be"),
    ];

    public static ReportSection Summary(WhatIfResult result) => Table("summary", "Summary", [Number("requests", "Requests"), .. BothWays, Number("worse", "Worse on"), Number("better", "Better on")],
        [[(long)result.Requests, .. Cells(result.Was, result.Would), (long)result.Worse, (long)result.Better]]);

    public static ReportSection Promises(WhatIfResult result) => Table("promises", "Promises", [Key("severity", "Severity", CellKind.Number), Key("promise", "Promise"), .. BothWays],
        result.Lines.Select(line => (object?[])[(long)line.Severity.Level, Words.Of(line.Metric), .. Cells(line.Was, line.Would)]));

    /// <summary>What was tried.</summary>
    public static ReportSection Tried(SlaPolicy policy) => Table("tried", "What was tried",
        [Key("severity", "Severity", CellKind.Number), Key("promise", "Promise"), Word("target", "Target"), Word("hours", "Hours"), Word("paused", "Paused while waiting")],
        policy.Severities.SelectMany(severity => severity.Targets, (severity, target) => (object?[])
            [(long)severity.Severity.Level, Words.Of(target.Metric), target.Target.ToString(), target.Clock, target.PausedWhileWaiting ? "yes" : "no"]));

    /// <summary>The requests on which more or fewer promises would have been broken.</summary>
    public static ReportSection Requests(WhatIfResult result)
    {
        var changed = result.Changed.ToArray();
        Array.Sort(changed, (one, other) => one.TicketId.CompareTo(other.TicketId));
        return new ReportSection("requests", "Changed requests",
            [Key("ticket", "Request"), Number("broken", "Broken"), Number("wouldBeBroken", "Would be broken"), Number("more", "More")], changed.Length,
            changed.Select(request => (object?[])[new TicketNumber(request.TicketId).ToString(), request.Was.Breached, request.Would.Breached, request.More]).ToAsyncEnumerable());
    }

    private static IEnumerable<object?> Cells(Attainment was, Attainment would) => [was.Met, was.Breached, was.Share, would.Met, would.Breached, would.Share];
}
