using SupportPortal.Domain;

namespace SupportPortal.Application.Tickets;

/// <summary>What the desk answers to an act.</summary>
public abstract record DeskAnswer
{
    /// <summary>Done, or so already: the ticket as it is after the act. <paramref name="Replayed"/> when an earlier call with the same key did it.</summary>
    public sealed record Done(TicketHistory History, bool Replayed = false) : DeskAnswer;

    /// <summary>No such ticket, as far as this caller may know.</summary>
    public sealed record NotFound : DeskAnswer;

    /// <summary>An expected no.</summary>
    public sealed record Refused(IReadOnlyList<Refusal> Refusals) : DeskAnswer;

    /// <summary>Somebody else changed the ticket since the version that the caller saw.</summary>
    public sealed record ChangedMeanwhile(int Version) : DeskAnswer;

    /// <summary>The idempotency key was used for another request.</summary>
    public sealed record KeyReused : DeskAnswer;
}
