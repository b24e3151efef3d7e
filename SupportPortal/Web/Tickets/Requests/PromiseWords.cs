using System.Globalization;
using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>What a policy promises, in a customer's words.</summary>
public static class PromiseWords
{
    /// <summary>"1 h", "30 min", "1 business day", "2 days 4 h".</summary>
    public static string Length(SlaTarget target)
    {
        var (days, time) = (target.Target.Days, target.Target.Time);
        var parts = new List<string>(3);
        if (days > 0) parts.Add($"{days.ToString(CultureInfo.InvariantCulture)} {(target.RunsRoundTheClock ? "" : "business ")}{(days == 1 ? "day" : "days")}");
        var hours = (long)time.TotalHours;
        if (hours > 0) parts.Add($"{hours.ToString(CultureInfo.InvariantCulture)} h");
        if (time.Minutes > 0) parts.Add($"{time.Minutes.ToString(CultureInfo.InvariantCulture)} min");
        return parts.Count > 0 ? string.Join(' ', parts) : $"{(long)Duration.Max(time, Duration.FromSeconds(1)).TotalSeconds} s";
    }

    /// <summary>What is promised first at a severity: "first response within 1 h"; null where nothing is.</summary>
    public static string? FirstResponse(SlaPolicy policy, Severity severity) =>
        policy.Target(severity, SlaMetric.FirstResponse) is { } target ? $"first response within {Length(target)}" : null;
}
