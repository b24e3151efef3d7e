using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>Escalation rules as one reads them.</summary>
public static class EscalationWords
{
    /// <summary>"first response, with 25 % left: the assignee and the person on call are told; unacknowledged, it goes to the person on call".</summary>
    public static string Say(EscalationRule rule) =>
        $"{(rule.Metric is { } metric ? metric.Title.ToLowerInvariant() : "any promise")}, {When(rule)}: {All(rule.Tell)} {(rule.Tell is [Told.Assignee or Told.Desk or Told.OnCall] ? "is" : "are")} told"
        + (rule.ReassignWhenUnacknowledged ? "; unacknowledged, it goes to the person on call" : "");

    /// <summary>"the assignee", "the desk", "the person on call", "the managers".</summary>
    public static string Who(Told told) => told switch
    {
        Told.Assignee => "the assignee",
        Told.Desk => "the desk",
        Told.OnCall => "the person on call",
        _ => "the managers",
    };

    private static string When(EscalationRule rule) => rule switch
    {
        { Overdue: 1 } => "half a target overdue",
        { Overdue: 2 } => "a whole target overdue",
        { Overdue: > 0 } => $"{rule.Overdue} half targets overdue",
        { At: 0 } => "when due or breached",
        _ => $"with {ThresholdWords.Say(rule)} left",
    };

    private static string All(IReadOnlyList<Told> told) => told.Count < 2
        ? string.Concat(told.Select(Who))
        : $"{string.Join(", ", told.SkipLast(1).Select(Who))} and {Who(told[^1])}";
}
