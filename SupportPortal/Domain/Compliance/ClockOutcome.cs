using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Compliance;

/// <summary>What a clock counts for: whose promise it was, when it fell due, and whether it was kept.</summary>
/// <param name="Metric">What was promised.</param>
/// <param name="Severity">The severity in force as the due instant came, or as the clock stopped if that was earlier.</param>
/// <param name="AssigneeId">Whose ticket it was at that instant; null when nobody's.</param>
/// <param name="DueAt">When it fell due; it counts in the period that this lies in.</param>
/// <param name="Attainment">Kept once, or breached; a silent stretch is breached as often as it missed an update (rule 9).</param>
/// <param name="LateBy">The real time from the due instant to the stop, or to now; null when it was kept.</param>
public sealed record ClockOutcome(SlaMetric Metric, Severity Severity, string? AssigneeId, Instant DueAt, Attainment Attainment, Duration? LateBy)
{
    /// <summary>
    /// What a ticket's clocks count for. Left out are those that are not yet due, that stand still, that were cancelled, and an emergency
    /// patch without a target.
    /// </summary>
    /// <param name="clocks">The clocks, as <see cref="SlaLedger.Fold"/> judges them at some instant.</param>
    /// <param name="events">The ticket's events, in order.</param>
    public static IReadOnlyList<ClockOutcome> Of(IEnumerable<SlaClock> clocks, IEnumerable<TicketEvent> events) => Of(clocks, new TicketHolders(events));

    /// <summary>The same, where it is known already who had the ticket when.</summary>
    public static IReadOnlyList<ClockOutcome> Of(IEnumerable<SlaClock> clocks, TicketHolders holders)
    {
        var outcomes = new List<ClockOutcome>();
        foreach (var clock in clocks)
        {
            if (Count(clock) is not { } count || holders.Of(clock) is not { } holder) continue;
            outcomes.Add(new ClockOutcome(clock.Metric, holder.Severity, holder.AssigneeId, clock.DueAt!.Value, count, clock.LateBy));
        }

        return outcomes;
    }

    /// <summary>How often a clock was kept or breached; null for one that does not count.</summary>
    public static Attainment? Count(SlaClock clock) => clock switch
    {
        { DueAt: null } => null,
        { State: SlaClockState.Met } => new Attainment(1, 0),
        { State: SlaClockState.Breached } => new Attainment(0, clock.Missed ?? 1),
        _ => null,
    };
}
