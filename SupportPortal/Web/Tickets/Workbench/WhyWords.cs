using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Why a clock is due when it is, in words.</summary>
public static class WhyWords
{
    /// <summary>"Severity 2 – High: 6 h, round the clock".</summary>
    public static string Of(SlaPromise promise)
    {
        var target = promise.Target;
        return $"{promise.Severity.Title}: {Of(target.Target, target.RunsRoundTheClock)}, {(target.RunsRoundTheClock ? "round the clock" : $"on the calendar {target.Clock}")}";
    }

    /// <summary>"6 h", "30 min", "1 business day", "1 day 4 h".</summary>
    public static string Of(TargetLength length, bool roundTheClock)
    {
        var day = roundTheClock ? "day" : "business day";
        string[] parts =
        [
            length.Days switch { 0 => "", 1 => $"1 {day}", var days => $"{days} {day}s" },
            length.Time < Duration.FromHours(1) ? "" : $"{(int)length.Time.TotalHours} h",
            length.Time.Minutes == 0 ? "" : $"{length.Time.Minutes} min",
            length.Time.Seconds == 0 ? "" : $"{length.Time.Seconds} s",
        ];
        return string.Join(' ', parts.Where(part => part != ""));
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
