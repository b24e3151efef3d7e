using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>What happens at a reminder: who is told, and whether the ticket, if nobody has acknowledged it, goes to the person on call.</summary>
public sealed record Escalation(IReadOnlyList<Told> Tell, bool ReassignWhenUnacknowledged)
{
    private static readonly Escalation BeforeDue = new([Told.Assignee], false);
    private static readonly Escalation AtBreach = new([Told.Assignee, Told.Managers], false);

    /// <summary>
    /// What a policy says about a reminder. A metric with rules of its own goes by them alone, the others by the rules that name none. Of these
    /// the last one reached decides, and alone: it does not add to those before it, so that a rule reads as what happens. Until
    /// the first is reached, and where there are none, the default holds: the assignee (the desk, while it is
    /// nobody's), at a breach the managers too.
    /// </summary>
    public static Escalation Of(SlaPolicy policy, Severity severity, SlaMetric metric, EscalationPoint at)
    {
        var rules = policy.Severities.FirstOrDefault(level => level.Severity == severity)?.Escalation ?? [];
        var scope = rules.Any(rule => rule.Metric == metric) ? metric : (SlaMetric?)null;
        var reached = rules.Where(rule => rule.Metric == scope && at.HasReached(rule.Begins)).MaxBy(rule => rule.Begins.Lateness);
        return reached is not null ? new Escalation(reached.Tell, reached.ReassignWhenUnacknowledged)
            : at.HasReached(EscalationPoint.Due) ? AtBreach
            : BeforeDue;
    }
}
