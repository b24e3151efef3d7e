using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// What lists and boards show of a ticket: a projection of its events, written in their transaction. Never changed once
/// loaded, so that one instance serves every watcher.
/// </summary>
public sealed record TicketRow : IOwnedTicket
{
    public required long Id { get; init; }

    /// <summary>The version of the last event; the optimistic lock.</summary>
    public required int Version { get; init; }

    public required string Subject { get; init; }

    public required TicketStatus Status { get; init; }

    public required bool IsOpen { get; init; }

    public required Severity Severity { get; init; }

    public required Severity Claimed { get; init; }

    public required bool IsAssessed { get; init; }

    public Impact? Impact { get; init; }

    public Workaround? Workaround { get; init; }

    public required Channel Channel { get; init; }

    public string? Service { get; init; }

    public string[] Tags { get; init; } = [];

    public required string RequesterId { get; init; }

    public int? OrganisationId { get; init; }

    public string? AssigneeId { get; init; }

    public required Instant ReportedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    /// <summary>The earliest due instant of a live clock, overdue ones too; null when nothing is due.</summary>
    public Instant? NextDueAt { get; init; }

    /// <summary>The metric that is due then.</summary>
    public SlaMetric? NextMetric { get; init; }

    /// <summary>The order of what is due next, with what is never due last; indexed.</summary>
    public required Instant DueOrder { get; init; }

    /// <summary>A clock stands still while staff wait on the customer.</summary>
    public bool IsPaused { get; init; }

    /// <summary>An emergency patch is owed.</summary>
    public bool IsPatchOwed { get; init; }

    public ResolutionKind? Resolution { get; init; }

    /// <summary>When it was first resolved, however often it was reopened.</summary>
    public Instant? FirstResolvedAt { get; init; }

    /// <summary>When it was resolved; null while it is open.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>How often it was reopened.</summary>
    public int Reopens { get; init; }

    /// <summary>The customer's rating of the last resolution, 1 to 5, and when it was given.</summary>
    public int? Rating { get; init; }

    public Instant? RatedAt { get; init; }

    /// <summary>
    /// The people who watch it, by id and in its order; a table of its own. Known where the row comes as a change, or is read for itself: a
    /// list leaves it empty, because its query has asked who may see what.
    /// </summary>
    public string[] Watchers { get; init; } = [];

    /// <summary>The head of the chain of events.</summary>
    public required string LastHash { get; init; }

    /// <summary>"SUP-10001".</summary>
    public string Number => new TicketNumber(Id).ToString();

    /// <inheritdoc/>
    public bool IsWatchedBy(string personId) => Watchers.Contains(personId);
}
