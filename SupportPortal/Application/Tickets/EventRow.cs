using NodaTime;
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

/// <summary>A number given out in order, without gaps.</summary>
public sealed class Counter
{
    /// <summary>Ticket numbers.</summary>
    public const string Tickets = "tickets";

    public required string Name { get; init; }

    /// <summary>The last one given out.</summary>
    public required long Value { get; set; }
}
