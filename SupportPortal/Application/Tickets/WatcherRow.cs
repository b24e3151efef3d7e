namespace SupportPortal.Application.Tickets;

/// <summary>That a person watches a ticket: a projection of its events, for the query of what a person may see.</summary>
public sealed record WatcherRow
{
    public required long TicketId { get; init; }

    public required string PersonId { get; init; }
}
