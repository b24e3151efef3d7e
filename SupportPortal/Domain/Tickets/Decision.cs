namespace SupportPortal.Domain.Tickets;

/// <summary>What a ticket answers to an act: what happens, or why it does not.</summary>
public sealed record Decision
{
    private Decision(IReadOnlyList<TicketFact> facts, IReadOnlyList<Refusal> refusals) => (Facts, Refusals) = (facts, refusals);

    /// <summary>What happens, in order. Empty when refused, and when what was asked for is so already.</summary>
    public IReadOnlyList<TicketFact> Facts { get; }

    /// <summary>Why it does not happen; empty when it does.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>It happens.</summary>
    public static Decision Of(params IEnumerable<TicketFact> facts) => new([.. facts], []);

    /// <summary>It is refused, with one sentence or one a field.</summary>
    public static Decision Refused(params IEnumerable<Refusal> refusals) => new([], [.. refusals]);

    /// <summary>It is refused at a field: the input is wrong.</summary>
    public static Decision Refused(string field, string message) => Refused(new Refusal(field, message));

    /// <summary>It is refused because of where the ticket stands.</summary>
    public static Decision NotNow(string message) => Refused(new Refusal("", message, RefusalKind.NotNow));

    /// <summary>It is refused to this person.</summary>
    public static Decision NotAllowed(string message) => Refused(new Refusal("", message, RefusalKind.NotAllowed));
}
