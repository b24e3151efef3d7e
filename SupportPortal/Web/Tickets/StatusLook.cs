using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets;

/// <summary>How statuses look: a tone (parts.css) and a shape (icons.svg).</summary>
public static class StatusLook
{
    extension(TicketStatus status)
    {
        /// <summary>The CSS class that colours whatever reads the tone.</summary>
        public string Tone => status switch
        {
            TicketStatus.New => "tone-accent",
            TicketStatus.InProgress => "tone-normal",
            TicketStatus.WaitingOnCustomer => "tone-high",
            TicketStatus.ResolutionProposed or TicketStatus.Resolved => "tone-good",
            _ => "tone-quiet",
        };

        /// <summary>The shape: a circle that fills as the work goes on.</summary>
        public string Icon => $"/icons.svg#status-{status.ToString().ToLowerInvariant()}";
    }
}
