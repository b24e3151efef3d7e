using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets;

/// <summary>How severities look: a tone (parts.css) and a shape (icons.svg).</summary>
public static class SeverityLook
{
    extension(Severity severity)
    {
        /// <summary>The CSS class that colours whatever reads the tone.</summary>
        public string Tone => severity switch
        {
            Severity.Critical => "tone-critical",
            Severity.High => "tone-high",
            _ => "tone-normal",
        };

        /// <summary>The shape: octagon, triangle, disc, each with its number.</summary>
        public string Icon => $"/icons.svg#severity-{severity.Level}";
    }
}
