namespace SupportPortal.Domain;

/// <summary>An expected no: what was refused and what the person can do about it. A value, never an exception; one that carries more is a record of its own.</summary>
/// <param name="Field">The input the sentence belongs to, in camelCase as the API spells it (<c>impactSince</c>); empty when it is about the whole act.</param>
/// <param name="Message">One sentence for the person.</param>
/// <param name="Kind">Whether the input was bad or the ticket's state does not allow the act.</param>
public record Refusal(string Field, string Message, RefusalKind Kind = RefusalKind.BadInput);

/// <summary>Why something was refused; decides the HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The input itself is wrong (422).</summary>
    BadInput,

    /// <summary>The input is fine, but not in the ticket's present state (409).</summary>
    NotNow,

    /// <summary>The caller may see the ticket but not do this (403).</summary>
    NotAllowed,
}
