using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Why a clock is due when it is, in words.</summary>
public static class WhyWords
{
    /// <summary>"Severity 2 – High: 6 h, round the clock".</summary>
    public static string Of(SlaPromise promise)
    {
        var target = promise.Target;
        return $"{promise.Severity.Title}: {PromiseWords.Length(target)}, {(target.RunsRoundTheClock ? "round the clock" : $"on the calendar {target.Clock}")}";
    }

    /// <summary>What a stretch of time did to the clock.</summary>
    public static string Of(DueStretchKind kind) => kind switch
    {
        DueStretchKind.Running => "counts",
        DueStretchKind.OutsideHours => "outside hours",
        DueStretchKind.Holiday => "holiday",
        _ => "paused, waiting on the customer",
    };
}
