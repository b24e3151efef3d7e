using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>An append on its way to the store: what is to follow which version, and who waits for it.</summary>
/// <param name="History">What it follows; null for a new ticket.</param>
/// <param name="By">Who acts.</param>
/// <param name="Facts">What happens, in order.</param>
/// <param name="At">When.</param>
/// <param name="Catalogue">Under which catalogue.</param>
/// <param name="Key">The caller's idempotency key, if any.</param>
internal sealed record TicketAppend(TicketHistory? History, EventAuthor By, IReadOnlyList<TicketFact> Facts, Instant At, int Catalogue, IdempotencyKey? Key)
{
    /// <summary>Completed after the commit. Continuations run elsewhere, so that a caller never holds up the next transaction.</summary>
    public TaskCompletionSource<AppendAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The history after the append, for a ticket of this id: events numbered, chained and never before their predecessor.</summary>
    public TicketHistory Follow(long id)
    {
        IReadOnlyList<StoredEvent> before = History?.Events ?? [];
        var (version, at, hash) = before is [.., var last]
            ? (last.Event.Version, Instant.Max(At, last.Event.At), last.Hash)
            : (0, At, EventChain.Genesis);
        var happened = Facts.Select(fact => new TicketEvent(++version, at, By, Catalogue, fact));
        StoredEvent[] events = [.. before, .. StoredEvent.Chain(id, hash, happened)];
        return new TicketHistory(Ticket.Fold(id, events.Select(e => e.Event)), events);
    }
}

/// <summary>What became of an append.</summary>
internal abstract record AppendAnswer
{
    /// <summary>Committed. <paramref name="AlarmAt"/> is when the alarm clock is to look at the ticket, if ever.</summary>
    public sealed record Appended(TicketHistory History, Instant? AlarmAt) : AppendAnswer;

    /// <summary>Another append came first: load, decide and try again.</summary>
    public sealed record Overtaken : AppendAnswer;

    /// <summary>A call with this key was carried out before.</summary>
    public sealed record CalledBefore(IdempotencyRow Call) : AppendAnswer;

    /// <summary>One of its files was removed, or sent already, since it was listed.</summary>
    public sealed record FileGone : AppendAnswer;
}
