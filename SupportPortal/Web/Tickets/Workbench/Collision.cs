using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Somebody else's answer, as it is shown to whoever was about to send one of their own.</summary>
/// <param name="Version">Which event it was.</param>
/// <param name="What">Who did what: "Bob Beside replied".</param>
/// <param name="When">When.</param>
/// <param name="Beginning">How it begins.</param>
public sealed record Collision(int Version, string What, string When, string Beginning)
{
    private const int Longest = 240;

    /// <summary>An answer in plain words.</summary>
    /// <param name="answer">The reply or resolution.</param>
    /// <param name="nameOf">The name for a person's id.</param>
    /// <param name="say">How the viewer reads an instant.</param>
    public static Collision Of(TicketEvent answer, Func<string, string> nameOf, Func<Instant, string> say)
    {
        var entry = TimelineEntry.Of(answer, nameOf, say);
        return new Collision(entry.Version, $"{entry.Who} {entry.Look.Words}", say(entry.At), Begin(entry.Text?.Text));
    }

    private static string Begin(string? text)
    {
        if (text is null) return "This text was erased.";
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length <= Longest) return words;
        var space = words.LastIndexOf(' ', Longest);
        var end = space > Longest / 2 ? space : Longest;
        return $"{words[..(char.IsHighSurrogate(words[end - 1]) ? end - 1 : end)]}…";
    }
}
