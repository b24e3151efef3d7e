using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>An event with its place in the store and in the chain.</summary>
public sealed record StoredEvent(long Position, TicketEvent Event, string Hash, string PreviousHash)
{
    /// <summary>The fact as it is stored and hashed; null once it is.</summary>
    internal string? Data { get; init; }

    /// <summary>Chains events that are to follow a hash.</summary>
    internal static IEnumerable<StoredEvent> Chain(long ticketId, string previousHash, IEnumerable<TicketEvent> events)
    {
        foreach (var happened in events)
        {
            var data = FactJson.Data(happened.Fact);
            var hash = EventChain.Hash(previousHash, ticketId, happened.Version, FactJson.TypeOf(happened.Fact), happened.At, happened.By, happened.Catalogue, data);
            yield return new StoredEvent(0, happened, hash, previousHash) { Data = data };
            previousHash = hash;
        }
    }
}

/// <summary>A ticket with everything that made it. Never changed: one instance may serve every page that shows the ticket.</summary>
public sealed record TicketHistory(Ticket Ticket, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The facts in order, as the folds want them.</summary>
    public IEnumerable<TicketEvent> Happened => Events.Select(e => e.Event);

    /// <summary>The head of the chain.</summary>
    public string LastHash => Events[^1].Hash;

    /// <summary>The clocks at an instant.</summary>
    public IReadOnlyList<SlaClock> Clocks(SlaCatalogue catalogue, Instant now) => SlaLedger.Fold(catalogue, Happened, now);

    /// <summary>The ticket as it was after a version: what an earlier call answered.</summary>
    public TicketHistory AsOf(int version)
    {
        if (version >= Ticket.Version) return this;
        StoredEvent[] events = [.. Events.TakeWhile(e => e.Event.Version <= version)];
        return new TicketHistory(Ticket.Fold(Ticket.Id, events.Select(e => e.Event)), events);
    }
}
