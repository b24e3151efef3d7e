using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Compliance;

/// <summary>Under which severity and with whom a ticket was when a clock of it fell due, or stopped if that was earlier.</summary>
/// <param name="Severity">The severity in force as that instant came.</param>
/// <param name="AssigneeId">Whose ticket it was at that instant; null when nobody's.</param>
public sealed record DueHolder(Severity Severity, string? AssigneeId);

/// <summary>Under which severity and with whom a ticket was at any instant of its history. Folded once, asked for each clock.</summary>
public sealed class TicketHolders
{
    private readonly List<Step> _steps = [];

    /// <summary>Reads a ticket's events, in order.</summary>
    public TicketHolders(IEnumerable<TicketEvent> events)
    {
        var last = Instant.MinValue;
        foreach (var (at, ticket) in Ticket.Steps(0, events))
        {
            last = Instant.Max(last, at);
            if (_steps is [.., var known] && (known.Severity, known.AssigneeId) == (ticket.Severity, ticket.AssigneeId)) continue;
            _steps.Add(new Step(last, ticket.Severity, ticket.AssigneeId));
        }
    }

    /// <summary>What a clock counts under; null when it has no due instant.</summary>
    public DueHolder? Of(SlaClock clock)
    {
        if (clock.DueAt is not { } due) return null;
        var at = clock.StoppedAt is { } stopped && stopped < due ? stopped : due;
        // Whoever takes a ticket with their answer has it; a grading that stops a clock was not yet in force while it ran.
        var (before, then) = (_steps.FindLast(s => s.At < at) ?? _steps[0], _steps.FindLast(s => s.At <= at) ?? _steps[0]);
        return new DueHolder(before.Severity, then.AssigneeId);
    }

    private sealed record Step(Instant At, Severity Severity, string? AssigneeId);
}
