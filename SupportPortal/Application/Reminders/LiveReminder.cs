using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>A reminder that has not ended, with its ticket as it is now.</summary>
public sealed record LiveReminder(Reminder Reminder, TicketRow Ticket)
{
    // Instants are whole microseconds: at the due instant itself the promise can still be kept.
    private static readonly Duration Moment = Duration.FromTicks(10);

    /// <summary>What is due first comes first; of what has no due instant, the oldest.</summary>
    public static Comparer<LiveReminder> ByDue { get; } = Comparer<LiveReminder>.Create((a, b) =>
        a.OverdueFrom.CompareTo(b.OverdueFrom) is var due and not 0 ? due : a.Reminder.Id.CompareTo(b.Reminder.Id));

    /// <summary>Whether everyone on the desk is meant.</summary>
    public bool IsForDesk => Reminder.IsForDesk(Ticket.AssigneeId);

    /// <summary>Whether this member of staff is meant.</summary>
    public bool IsFor(Actor staff) => Reminder.IsFor(staff, Ticket.AssigneeId);

    /// <summary>Whether a browser of this person's speaks up: managers hear of a breach once, not at every further half target.</summary>
    public bool IsToldTo(Actor staff) => Reminder.IsToldTo(staff, Ticket.AssigneeId);

    /// <summary>From when on it is overdue: broken, or owed for another day.</summary>
    public Instant OverdueFrom => Reminder.DueAt + Moment ?? Reminder.At;
}

/// <summary>A reminder as one person sees it.</summary>
public sealed record PersonalReminder(LiveReminder Live, Instant? SnoozedUntil)
{
    public Reminder Reminder => Live.Reminder;

    public TicketRow Ticket => Live.Ticket;
}
