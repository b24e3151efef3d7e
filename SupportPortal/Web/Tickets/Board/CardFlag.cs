using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>What else one should know of a ticket at a glance, in a word and a shape. Overdue is the countdown's to say.</summary>
public sealed record CardFlag(string Words, string Icon, string Tone)
{
    /// <summary>A ticket's flags, the one that asks for an act first.</summary>
    public static IEnumerable<CardFlag> Of(TicketRow row)
    {
        if (row.IsPatchOwed) yield return new("Patch owed", "wrench", "tone-high");
        if (row.Status == TicketStatus.WaitingOnCustomer) yield return new(row.IsPaused ? "Waiting, paused" : "Waiting", "pause", "tone-quiet");
        if (row.Status == TicketStatus.ResolutionProposed) yield return new("Proposed", "check", "tone-good");
    }
}
