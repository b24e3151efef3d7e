using NodaTime;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Live;

/// <summary>Which open tickets a board shows; what is left out narrows nothing. Whoever asks for equal filters shares what they show.</summary>
public sealed record OpenFilter
{
    /// <summary>All open tickets.</summary>
    public static OpenFilter Everything { get; } = new();

    /// <summary>No ticket at all: for whoever asks for something that there is not.</summary>
    public static OpenFilter Nothing { get; } = new() { OrganisationId = 0 };

    /// <summary>A person's id.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Only what nobody is assigned to.</summary>
    public bool Unassigned { get; init; }

    public int? OrganisationId { get; init; }

    public string? Service { get; init; }

    /// <summary>Only what is overdue or falls due within this time from now.</summary>
    public Duration? DueWithin { get; init; }

    /// <summary>Whether a ticket fits, whenever it is due.</summary>
    public bool Fits(TicketRow row) =>
        (AssigneeId is null || row.AssigneeId == AssigneeId)
        && (!Unassigned || row.AssigneeId is null)
        && (OrganisationId is null || row.OrganisationId == OrganisationId)
        && (Service is null || string.Equals(row.Service, Service, StringComparison.OrdinalIgnoreCase));
}
