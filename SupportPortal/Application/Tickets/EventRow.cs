using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Tickets;

/// <summary>One event as it is stored: appended, never changed.</summary>
public sealed class EventRow
{
    /// <summary>The order of all events of all tickets; what the change feed counts by.</summary>
    public long Position { get; init; }

    public required long TicketId { get; init; }

    public required int Version { get; init; }

    public required string Type { get; init; }

    public required Instant At { get; init; }

    public required string ActorId { get; init; }

    public required Role ActorRole { get; init; }

    public required int Catalogue { get; init; }

    /// <summary>JSON, with digests where texts stand.</summary>
    public required string Data { get; init; }

    public required bool IsPublic { get; init; }

    public required string Hash { get; init; }

    public required string PreviousHash { get; init; }
}

/// <summary>The texts of one event, beside it so that they can be erased: JSON, digest → salt and text.</summary>
public sealed class EventTextRow
{
    public required long TicketId { get; init; }

    public required int Version { get; init; }

    public required string Texts { get; set; }
}

/// <summary>What a call with an idempotency key did, so that it is done once and answered alike.</summary>
public sealed class IdempotencyRow
{
    public required string OwnerId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required string RequestHash { get; init; }

    public required long TicketId { get; init; }

    /// <summary>The ticket's version after the call: the answer is the ticket as it was then.</summary>
    public required int Version { get; init; }

    public required Instant At { get; init; }
}

/// <summary>A number that only grows: given out in order, without gaps, or how far something was followed.</summary>
public sealed class Counter
{
    /// <summary>Ticket numbers.</summary>
    public const string Tickets = "tickets";

    /// <summary>Ids of reminders.</summary>
    public const string Reminders = "reminders";

    /// <summary>The catalogue version of the last edit of a calendar that all open tickets have heard of.</summary>
    public const string Calendars = "calendars";

    /// <summary>Which <see cref="ProjectionUpgrade"/> the stored clocks have gone through.</summary>
    public const string Projection = "projection";

    public required string Name { get; init; }

    /// <summary>The last one given out, or followed.</summary>
    public required long Value { get; set; }

    /// <summary>
    /// Takes so many numbers; answers the last one given out before. The update locks the row until the commit: two servers never take the
    /// same number, none is left out, and they are committed in their order.
    /// </summary>
    internal static async Task<long> TakeAsync(PortalDb db, string name, int count, CancellationToken cancellation = default)
    {
        if (count == 0) return 0;
        var counter = db.Set<Counter>().Where(c => c.Name == name);
        await counter.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value + count), cancellation);
        return await counter.Select(c => c.Value).SingleAsync(cancellation) - count;
    }
}
