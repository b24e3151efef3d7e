using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Domain.Tickets;

/// <summary>How far the exception of a breach has come.</summary>
public enum ExceptionState
{
    /// <summary>It waits for a second person; the breach counts as it happened.</summary>
    Proposed,

    /// <summary>A second person approved it: figures are told with and without the breach.</summary>
    Approved,
}

/// <summary>An exception from a promise that was not kept, as it stands.</summary>
/// <param name="Version">The version of the event that proposed it, which names it.</param>
/// <param name="Metric">What was promised.</param>
/// <param name="StartedAt">When the breached clock started.</param>
/// <param name="Reason">Why; its text is null once erased.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="ApprovedBy">The second person; null while it waits for one.</param>
/// <param name="ApprovedAt">When they approved.</param>
public sealed record BreachException(
    int Version, SlaMetric Metric, Instant StartedAt, SealedText Reason, string ProposedBy, Instant ProposedAt, string? ApprovedBy = null, Instant? ApprovedAt = null)
{
    /// <summary>How far it has come.</summary>
    public ExceptionState State => ApprovedBy is null ? ExceptionState.Proposed : ExceptionState.Approved;

    /// <summary>Whether it is the exception of a clock, which is a breach that has ended.</summary>
    public bool IsOf(SlaClock clock) => clock is { State: SlaClockState.Breached, StoppedAt: not null } && clock.Metric == Metric && clock.StartedAt == StartedAt;
}

/// <summary>Exceptions from promises that were not kept: one person proposes, another approves, and what happened stays on record.</summary>
public sealed partial class Ticket
{
    private List<BreachException>? _exceptions;

    /// <summary>The exceptions that stand, proposed or approved, in the order in which they were proposed.</summary>
    public IReadOnlyList<BreachException> Exceptions => (IReadOnlyList<BreachException>?)_exceptions ?? [];

    /// <summary>The exception of a clock; null when there is none.</summary>
    public BreachException? ExceptionOf(SlaClock clock) => _exceptions?.Find(exception => exception.IsOf(clock));

    /// <summary>Asks that a breach be excused. One that still runs is not: what was promised comes first, and how late it will be is not yet known.</summary>
    /// <param name="by">Who acts: a manager.</param>
    /// <param name="clocks">The ticket's clocks, as they stand.</param>
    /// <param name="metric">What was promised.</param>
    /// <param name="startedAt">When the clock started.</param>
    /// <param name="reason">Why it is to be excused.</param>
    public Decision ProposeException(Actor by, IEnumerable<SlaClock> clocks, SlaMetric metric, Instant startedAt, SealedText reason)
    {
        if (Forbidden(by, TicketAct.Excuse) is { } forbidden) return forbidden;
        SlaClock[] those = [.. clocks.Where(clock => clock.Metric == metric && clock.StartedAt == startedAt)];
        if (those.Length == 0) return Decision.Refused("startedAt", $"No clock of this promise ({metric.Title}) started then.");
        if (!those.Any(clock => clock.State == SlaClockState.Breached)) return Decision.NotNow("This promise was not broken: there is nothing to excuse.");
        if (those.FirstOrDefault(clock => clock is { State: SlaClockState.Breached, StoppedAt: not null }) is not { } breach) return Decision.NotNow("This promise is still owed. It can be excused once it is seen how late it was.");
        if (ExceptionOf(breach) is not null) return Decision.NotNow("An exception is on record for this promise already.");
        return Missing("reason", reason, TicketText.ReasonLength, "Say why this promise is to be excused.") ?? Decision.Of(new ExceptionProposed(metric, startedAt, reason));
    }

    /// <summary>A second person approves an exception.</summary>
    /// <param name="by">Who acts: a manager other than the one who proposed it.</param>
    /// <param name="proposal">The version of the event that proposed it.</param>
    public Decision ApproveException(Actor by, int proposal)
    {
        if (Forbidden(by, TicketAct.Excuse) is { } forbidden) return forbidden;
        return _exceptions?.Find(exception => exception.Version == proposal) switch
        {
            null => Decision.NotNow(NoException),
            { State: ExceptionState.Approved } => Decision.Of(),
            { } proposed when proposed.ProposedBy == by.Id => Decision.NotAllowed("A second person has to approve: you proposed this exception."),
            _ => Decision.Of(new ExceptionApproved(proposal)),
        };
    }

    /// <summary>Takes an exception back, approved or not.</summary>
    /// <param name="by">Who acts: any manager. What happened counts again as it happened, which needs no second person.</param>
    /// <param name="proposal">The version of the event that proposed it.</param>
    /// <param name="reason">Why, if anything is to be said.</param>
    public Decision WithdrawException(Actor by, int proposal, SealedText? reason)
    {
        if (Forbidden(by, TicketAct.Excuse) is { } forbidden) return forbidden;
        if (_exceptions?.Exists(exception => exception.Version == proposal) is not true) return Decision.NotNow(NoException);
        return Optional("reason", reason) ?? Decision.Of(new ExceptionWithdrawn(proposal, Given(reason)));
    }

    private const string NoException = "There is no such exception, or it was taken back.";

    private void ApplyException(TicketEvent happened)
    {
        switch (happened.Fact)
        {
            case ExceptionProposed proposed:
                (_exceptions ??= []).Add(new BreachException(happened.Version, proposed.Metric, proposed.StartedAt, proposed.Reason, happened.By.Id, happened.At));
                break;
            case ExceptionApproved approved when _exceptions?.FindIndex(exception => exception.Version == approved.Proposal) is >= 0 and var place:
                if (_exceptions[place].ProposedBy != happened.By.Id) _exceptions[place] = _exceptions[place] with { ApprovedBy = happened.By.Id, ApprovedAt = happened.At };
                break;
            case ExceptionWithdrawn withdrawn:
                _exceptions?.RemoveAll(exception => exception.Version == withdrawn.Proposal);
                break;
        }
    }
}
