using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Sla;

/// <summary>What a policy promises at one severity, in a customer's words.</summary>
public sealed record SeverityPromise(SeverityDefinition Definition, string FirstResponse, string Updates, string StatusRequest, IReadOnlyList<string> Also)
{
    /// <summary>One row per severity, gravest first.</summary>
    public static IEnumerable<SeverityPromise> Of(SlaPolicy policy) => SeverityDefinition.All.Select(definition => Of(policy, definition));

    /// <summary>"1 hour", "30 minutes", "1 business day", "4 business hours".</summary>
    public static string Length(SlaTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var open = target.RunsRoundTheClock ? "" : "business ";
        var (days, time) = (target.Target.Days, target.Target.Time);
        string[] parts =
        [
            .. Part(days, open + "day"),
            .. Part((long)time.TotalHours, open + "hour"),
            .. Part(time.Minutes, open + "minute"),
            .. Part(time.Seconds, open + "second"),
        ];
        return string.Join(" ", parts);
    }

    private static SeverityPromise Of(SlaPolicy policy, SeverityDefinition definition)
    {
        var severity = definition.Severity;
        return new SeverityPromise(
            definition,
            policy.Target(severity, SlaMetric.FirstResponse) is not { } first ? "No fixed time"
                : severity is Severity.Critical ? $"Acknowledged and being worked on within {Length(first)}"
                : $"Within {Length(first)}",
            policy.Target(severity, SlaMetric.PeriodicUpdate) is not { } update ? "As available"
                : severity is Severity.Critical ? $"Continuous, at least every {Length(update)}, until resolved or downgraded"
                : $"Every {Length(update)}",
            policy.Target(severity, SlaMetric.StatusRequest) is { } status ? $"Answered within {Length(status)}" : "As available",
            [.. AlsoOwed(policy, severity)]);
    }

    private static IEnumerable<string> AlsoOwed(SlaPolicy policy, Severity severity)
    {
        var patch = policy.Target(severity, SlaMetric.EmergencyPatch);
        if (severity is Severity.High)
            yield return $"An emergency patch{(patch is null ? "" : $" within {Length(patch)}")} when no workaround is identified";
        if (policy.Target(severity, SlaMetric.NextResponse) is { } next) yield return $"An answer to each of your replies within {Length(next)}";
        if (policy.Target(severity, SlaMetric.Resolution) is { } end) yield return $"A resolution within {Length(end)}";
    }

    private static IEnumerable<string> Part(long count, string unit)
    {
        if (count > 0) yield return count == 1 ? $"1 {unit}" : $"{count} {unit}s";
    }
}
