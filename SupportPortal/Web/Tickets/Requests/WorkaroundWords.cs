using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>Workarounds as a customer chooses them: the words, and what they mean.</summary>
public static class WorkaroundWords
{
    extension(Workaround workaround)
    {
        public string Title => workaround switch
        {
            Workaround.None => "None",
            Workaround.ShortTerm => "Short-term",
            _ => "Suitable",
        };

        public string Meaning => workaround switch
        {
            Workaround.None => "We cannot get around it.",
            Workaround.ShortTerm => "We manage for now, not for long.",
            _ => "We can live with it.",
        };
    }
}
