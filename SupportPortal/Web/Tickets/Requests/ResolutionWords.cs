using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>How a request was resolved, in a customer's words.</summary>
public static class ResolutionWords
{
    extension(ResolutionKind kind)
    {
        /// <summary>"a fix", as in "Resolved with a fix".</summary>
        public string Article => kind switch
        {
            ResolutionKind.Fix => "a fix",
            ResolutionKind.Workaround => "a workaround",
            ResolutionKind.Restoration => "the service restored",
            _ => "an agreed solution",
        };
    }
}
