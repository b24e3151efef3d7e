using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>Impacts as a customer chooses them: the words, and what they mean.</summary>
public static class ImpactWords
{
    extension(Impact impact)
    {
        public string Title => impact switch
        {
            Impact.ProductionStopped => "Production stopped",
            Impact.DataLoss => "Data loss",
            Impact.MajorFeatureDegraded => "Major feature degraded",
            _ => "Partial or minor",
        };

        public string Meaning => impact switch
        {
            Impact.ProductionStopped => "A service you run on does not work at all.",
            Impact.DataLoss => "Data is gone, or is being lost or damaged.",
            Impact.MajorFeatureDegraded => "It runs, but something essential is missing or far too slow.",
            _ => "An inconvenience, a question, or a small part that fails.",
        };
    }
}
