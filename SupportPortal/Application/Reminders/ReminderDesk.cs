using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>What people do about reminders: put them off, say that they are done, choose how they are told.</summary>
public sealed class ReminderDesk(WriteGate gate, LiveReminders live, NextAlarm alarms, IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private static readonly Refusal Gone = new("", "This reminder has ended: what it was about was answered, or a later one took its place.", RefusalKind.NotNow);
    private static readonly Duration LongestSnooze = Duration.FromDays(30);

    /// <summary>Puts a reminder off for this person.</summary>
    public async Task<Refusal?> SnoozeAsync(Actor actor, long reminderId, Instant until, CancellationToken cancellation = default)
    {
        var now = clock.Now();
        if (until <= now) return new Refusal("until", "That moment has passed: choose a later one.");
        if (until > now + LongestSnooze && live.Snapshot.Find(reminderId)?.Reminder.DueAt != until)
            return new Refusal("until", "A reminder can be put off for at most 30 days, or until it is due.");
        var refused = await MarkAsync(actor, reminderId, mark => (mark.SnoozedUntil, mark.DoneAt, mark.WokeAt) = (until, null, null), cancellation);
        if (refused is null) alarms.Announce(until);
        return refused;
    }

    /// <summary>Brings a snoozed reminder back.</summary>
    public Task<Refusal?> WakeAsync(Actor actor, long reminderId, CancellationToken cancellation = default) =>
        MarkAsync(actor, reminderId, mark => (mark.SnoozedUntil, mark.WokeAt) = (null, null), cancellation);

    /// <summary>This person has seen to it. The clock runs on all the same, and its next alarm reminds again.</summary>
    public Task<Refusal?> DoneAsync(Actor actor, long reminderId, CancellationToken cancellation = default) =>
        MarkAsync(actor, reminderId, mark => (mark.DoneAt, mark.SnoozedUntil, mark.WokeAt) = (clock.Now(), null, null), cancellation);

    /// <summary>Of which reminders this person wants mail.</summary>
    public async Task<ReminderMail> MailOfAsync(Actor actor, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ReminderReader>().Where(r => r.PersonId == actor.Id).Select(r => r.Mail).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Chooses of which reminders mail comes.</summary>
    public Task ChooseMailAsync(Actor actor, ReminderMail mail, CancellationToken cancellation = default) => gate.WriteAsync(async (db, stop) =>
    {
        (await ReminderReaders.OfAsync(db, [actor.Id], stop))[actor.Id].Mail = mail;
        await db.SaveChangesAsync(stop);
    }, cancellation);

    private async Task<Refusal?> MarkAsync(Actor actor, long reminderId, Action<ReminderMark> set, CancellationToken cancellation)
    {
        var now = clock.Now();
        var (ticketId, refused) = await gate.WriteAsync<(long, Refusal?)>(async (db, stop) =>
        {
            var reminder = await db.Set<Reminder>().SingleOrDefaultAsync(r => r.Id == reminderId, stop);
            var assignee = reminder is null ? null : await db.Set<TicketRow>().Where(t => t.Id == reminder.TicketId).Select(t => t.AssigneeId).SingleOrDefaultAsync(stop);
            if (reminder is null || !reminder.IsFor(actor, assignee)) return (0, new Refusal("", "There is no such reminder for you.", RefusalKind.NotAllowed));
            if (reminder.EndedAt is not null) return (0, Gone);
            var (person, at) = (actor.Id, new InstantConverter().ConvertToProvider(now));
            await db.Database.ExecuteSqlAsync( // First, so that of two clicks at once the second waits for the first and finds its mark.
                $"""
                 INSERT INTO "ReminderMarks" ("ReminderId", "PersonId", "ChangedAt") VALUES ({reminderId}, {person}, {at}) ON CONFLICT ("ReminderId", "PersonId") DO NOTHING
                 """, stop);
            var mark = await db.Set<ReminderMark>().SingleAsync(m => m.ReminderId == reminderId && m.PersonId == person, stop);
            set(mark);
            mark.ChangedAt = now;
            reminder.AcknowledgedAt ??= now;
            await db.SaveChangesAsync(stop);
            return (reminder.TicketId, null);
        }, cancellation);
        if (refused is null) live.Publish([ticketId]);
        return refused;
    }
}
