using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>What one policy version promises otherwise than another, in words.</summary>
public static class PolicyChanges
{
    /// <summary>One sentence a change; none when they promise the same.</summary>
    public static IReadOnlyList<string> Between(SlaPolicy before, SlaPolicy after) =>
    [
        .. from severity in Enum.GetValues<Severity>()
           from change in Targets(severity, before, after).Concat(Rules(severity, before, after))
           select $"{severity.Title}: {change}",
    ];

    private static IEnumerable<string> Targets(Severity severity, SlaPolicy before, SlaPolicy after) =>
        from metric in Enum.GetValues<SlaMetric>()
        from change in Target(before.Target(severity, metric), after.Target(severity, metric))
        select $"{metric.Title.ToLowerInvariant()} {change}.";

    private static IEnumerable<string> Target(SlaTarget? before, SlaTarget? after)
    {
        if (before is null && after is null) yield break;
        if (before is null)
        {
            yield return $"is promised within {SeverityPromise.Length(after!)}, {Clock(after!)}{(after!.PausedWhileWaiting ? ", paused while waiting on the customer" : "")}";
            yield break;
        }

        if (after is null)
        {
            yield return $"is no longer promised (it was {SeverityPromise.Length(before)})";
            yield break;
        }

        if (before.Target != after.Target) yield return $"within {SeverityPromise.Length(after)}, no longer {SeverityPromise.Length(before)}";
        if (before.Clock != after.Clock) yield return $"runs {Clock(after)}, no longer {Clock(before)}";
        if (before.PausedWhileWaiting != after.PausedWhileWaiting) yield return after.PausedWhileWaiting ? "is paused while waiting on the customer" : "is no longer paused while waiting on the customer";
        var (then, now) = (Reminders(before), Reminders(after));
        if (then != now) yield return $"is reminded of at {now}, no longer at {then}";
    }

    private static IEnumerable<string> Rules(Severity severity, SlaPolicy before, SlaPolicy after)
    {
        var (then, now) = (Rules(severity, before), Rules(severity, after));
        foreach (var gone in then.Except(now)) yield return $"no longer so: {gone}.";
        foreach (var come in now.Except(then)) yield return $"new rule: {come}.";
        if (then.Count > 0 && now.Count == 0) yield return "from now on the assignee is told, at a breach the managers too.";
    }

    private static List<string> Rules(Severity severity, SlaPolicy policy) =>
        [.. (policy.Severities.FirstOrDefault(level => level.Severity == severity)?.Escalation ?? []).Select(EscalationWords.Say)];

    private static string Clock(SlaTarget target) => target.RunsRoundTheClock ? "round the clock" : $"on the calendar “{target.Clock}”";

    private static string Reminders(SlaTarget target) => ThresholdWords.Say(target.Reminders ?? SlaTarget.DefaultReminders);
}
