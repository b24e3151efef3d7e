using NodaTime;
using SupportPortal.Domain.People;

namespace SupportPortal.Domain.Tickets;

/// <summary>Who made an event: the id that names them and the role they had then.</summary>
public sealed record EventAuthor(string Id, Role Role)
{
    /// <summary>The author that an actor becomes when they act.</summary>
    public static EventAuthor Of(Actor actor) => new(actor.Id, actor.Role);
}

/// <summary>One thing that happened to a ticket. A ticket is its events, in order; nothing else is true of it.</summary>
/// <param name="Version">1 for the report, then without a gap: the ticket's version after this event.</param>
/// <param name="At">When, as the server's clock saw it, in microseconds; never before the event it follows.</param>
/// <param name="By">Who did it.</param>
/// <param name="Catalogue">The version of the catalogue of policies and calendars under which clocks start here.</param>
/// <param name="Fact">What happened.</param>
public sealed record TicketEvent(int Version, Instant At, EventAuthor By, int Catalogue, TicketFact Fact);
