namespace SupportPortal.Domain.Tickets;

/// <summary>How long a ticket's texts may be, in characters, and the sentences that say so.</summary>
public static class TicketText
{
    /// <summary>A subject fits on one line of a list.</summary>
    public const int SubjectLength = 200;

    /// <summary>A description, a reply or a note.</summary>
    public const int BodyLength = 20_000;

    /// <summary>A reason, a comment, a summary.</summary>
    public const int ReasonLength = 2_000;

    /// <summary>A service's name.</summary>
    public const int ServiceLength = 100;

    /// <summary>The refusals of a text that must be there and not too long.</summary>
    public static IEnumerable<Refusal> Check(string field, SealedText? text, int longest, string missing)
    {
        if (string.IsNullOrWhiteSpace(text?.Text)) yield return new(field, missing);
        else if (text.Text.Contains('\0')) yield return new(field, "This has a character that is no text.");
        else if (text.Text.Length > longest) yield return new(field, $"This is {text.Text.Length:N0} characters long; at most {longest:N0} fit.");
    }

    /// <summary>The refusals of a text that may be left out.</summary>
    public static IEnumerable<Refusal> CheckOptional(string field, SealedText? text, int longest) =>
        text is null ? [] : Check(field, text, longest, "Write something, or leave it out.");
}
