using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>How resolutions are called where staff choose one, and what choosing it means.</summary>
public static class ResolutionWords
{
    extension(ResolutionKind kind)
    {
        public string Title => kind switch
        {
            ResolutionKind.Fix => "Fix",
            ResolutionKind.Workaround => "Workaround",
            ResolutionKind.Restoration => "Service restoration",
            _ => "Mutually agreed solution",
        };

        public string Meaning => kind switch
        {
            ResolutionKind.Fix => "The cause is removed.",
            ResolutionKind.Workaround => "The customer can live with a way around it.",
            ResolutionKind.Restoration => "The service works again.",
            _ => "Proposed until the customer accepts it.",
        };
    }
}
