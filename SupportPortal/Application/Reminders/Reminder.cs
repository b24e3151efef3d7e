using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>Who a reminder is for. Whom that means follows from the ticket as it is now.</summary>
[Flags]
public enum ReminderAudience
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>The ticket's assignee; everyone on the desk while nobody has taken it.</summary>
    Assignee = 1,

    /// <summary>Everyone on the desk.</summary>
    Desk = 2,

    /// <summary>The person who was on call when it was raised.</summary>
    OnCall = 4,

    /// <summary>Managers.</summary>
    Managers = 8,
}

/// <summary>
/// An alarm that was raised: the record that somebody had to be told. Written in the transaction that moves the clock's alarm on, so that
/// none is lost and none is raised twice. It ends when its clock stops, or when the next one of the same clock takes its place.
/// </summary>
public sealed record Reminder
{
    /// <summary>Given out in the order of commits, without gaps.</summary>
    public required long Id { get; init; }

    public required long TicketId { get; init; }

    /// <summary>The clock's place among the ticket's clocks.</summary>
    public required int Ordinal { get; init; }

    public required SlaMetric Metric { get; init; }

    /// <summary>The ticket's severity when it was raised.</summary>
    public required Severity Severity { get; set; }

    /// <summary>The alarm's instant: with the clock and the step, what it is known by. A regrade can make another step fall on the same instant.</summary>
    public required Instant At { get; init; }

    public required AlarmStep Step { get; init; }

    /// <summary>The share of the target that was left, at <see cref="AlarmStep.Approaching"/>.</summary>
    public decimal Left { get; init; }

    /// <summary>The how-manieth half target, or day, at <see cref="AlarmStep.Overdue"/> and <see cref="AlarmStep.Owed"/>.</summary>
    public int Count { get; init; }

    /// <summary>When the clock is due; null for a patch that is owed without a target.</summary>
    public Instant? DueAt { get; set; }

    /// <summary>When it was raised.</summary>
    public required Instant RaisedAt { get; init; }

    /// <summary>It was raised well after its instant: the portal was down.</summary>
    public bool IsLate { get; init; }

    /// <summary>The first one of its clock that tells of the breach.</summary>
    public bool IsFirstBreach { get; init; }

    public required ReminderAudience Audience { get; init; }

    /// <summary>Who was on call, where <see cref="ReminderAudience.OnCall"/> is among those told.</summary>
    public string? OnCallId { get; init; }

    /// <summary>The person on call to whom the ticket goes because nobody had acknowledged the reminder before; null again when that is done.</summary>
    public string? HandOverTo { get; set; }

    /// <summary>When the first of those whom it is for snoozed it or said that it is done.</summary>
    public Instant? AcknowledgedAt { get; set; }

    /// <summary>When it ended; null while it lives.</summary>
    public Instant? EndedAt { get; set; }

    /// <summary>When it lived again, its clock having come to be due at the same instant once more: what another server finds it by.</summary>
    public Instant? RevivedAt { get; set; }

    /// <summary>Whether the promise is broken.</summary>
    public bool IsBreach => Step is AlarmStep.Breached or AlarmStep.Overdue;

    /// <summary>Whether everyone on the desk is meant, the ticket being that person's, or nobody's.</summary>
    public bool IsForDesk(string? assigneeId) => Audience.HasFlag(ReminderAudience.Desk) || (assigneeId is null && Audience.HasFlag(ReminderAudience.Assignee));

    /// <summary>Whether a member of staff is meant, the ticket being that person's, or nobody's.</summary>
    public bool IsFor(Actor staff, string? assigneeId) => staff.MayWorkOnTickets() && (
        IsForDesk(assigneeId)
        || (Audience.HasFlag(ReminderAudience.Assignee) && assigneeId == staff.Id)
        || (Audience.HasFlag(ReminderAudience.OnCall) && OnCallId == staff.Id)
        || (Audience.HasFlag(ReminderAudience.Managers) && staff.MayManage()));

    /// <summary>Whether this member of staff is told, rather than only shown it: as a manager of a breach once, not at every further half target.</summary>
    public bool IsToldTo(Actor staff, string? assigneeId) => IsFor(staff, assigneeId)
        && (IsFirstBreach || !IsBreach || (this with { Audience = Audience & ~ReminderAudience.Managers }).IsFor(staff, assigneeId));
}

/// <summary>What one person did about a reminder.</summary>
public sealed record ReminderMark
{
    public required long ReminderId { get; init; }

    public required string PersonId { get; init; }

    /// <summary>Hidden from this person until then.</summary>
    public Instant? SnoozedUntil { get; set; }

    /// <summary>When this person said that it is done.</summary>
    public Instant? DoneAt { get; set; }

    /// <summary>When a snooze ended, or somebody gave them the ticket, of which the person was not told yet.</summary>
    public Instant? WokeAt { get; set; }

    /// <summary>When it last changed: what another server finds it by.</summary>
    public required Instant ChangedAt { get; set; }

    /// <summary>Whether it keeps the reminder from this person's list of what is due.</summary>
    public bool Hides => DoneAt is not null || SnoozedUntil is not null;
}

/// <summary>Of which reminders a person wants mail.</summary>
public enum ReminderMail
{
    /// <summary>None.</summary>
    Never,

    /// <summary>Of those that tell of a breach.</summary>
    Breaches,

    /// <summary>Of every one.</summary>
    Always,
}

/// <summary>What the portal remembers of a person who is reminded.</summary>
public sealed class ReminderReader
{
    public required string PersonId { get; init; }

    /// <summary>The last reminder of which the person was told in a browser: told once, however many tabs are open.</summary>
    public long DeliveredThrough { get; set; }

    public ReminderMail Mail { get; set; }
}
