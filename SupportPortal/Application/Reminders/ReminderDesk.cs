using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>What people do about reminders: put them off, say that they are done, be told of them once.</summary>
public sealed class ReminderDesk(WriteGate gate, LiveReminders live, NextAlarm alarms, IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private static readonly Refusal Gone = new("", "This reminder has ended: what it was about was answered, or a later one took its place.", RefusalKind.NotNow);
    private static readonly Duration LongestSnooze = Duration.FromDays(30);
    private const int MostSince = 2_000;

    // By person, as far as this server knows: never beyond what the store says.
    private readonly ConcurrentDictionary<string, long> _toldThrough = new();

    /// <summary>Puts a reminder off for this person.</summary>
    public async Task<Refusal?> SnoozeAsync(Actor actor, long reminderId, Instant until, CancellationToken cancellation = default)
    {
        var now = clock.Now();
        if (until <= now) return new Refusal("until", "That moment has passed: choose a later one.");
        if (until > now + LongestSnooze) return new Refusal("until", "A reminder can be put off for at most 30 days.");
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

    /// <summary>
    /// What this person's browser is to speak of now, each reminder once for all tabs and servers: whoever comes first claims it. A tab that
    /// dies between claiming and showing loses a sound; the reminder stays in the list.
    /// </summary>
    /// <param name="actor">Whose browser.</param>
    /// <param name="those">Those that changed; null for all, when a browser is opened.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<LiveReminder>> ClaimAsync(Actor actor, IReadOnlyList<LiveReminder>? those = null, CancellationToken cancellation = default)
    {
        if (!actor.IsStaff) return [];
        var (snapshot, known) = (live.Snapshot, _toldThrough.GetValueOrDefault(actor.Id));
        var candidates = snapshot.UntoldTo(actor, known, (those ?? snapshot.For(actor).Select(r => r.Live)).UnionBy(Since(snapshot, known), one => one.Reminder.Id)).ToList();
        if (candidates.Count == 0) return []; // Mostly: no turn at the store is taken for it.
        var claimed = await gate.WriteAsync(async (db, stop) =>
        {
            var reader = await ReaderAsync(db, actor, stop);
            var untold = snapshot.UntoldTo(actor, reader.DeliveredThrough, candidates).ToLookup(one => snapshot.MarkOf(actor, one.Reminder.Id)?.WokeAt is not null);
            if (untold[false].Any()) reader.DeliveredThrough = untold[false].Max(one => one.Reminder.Id);
            await db.SaveChangesAsync(stop);
            return (New: untold[false].ToList(), Woken: await ClaimWokenAsync(db, actor, untold[true], stop), Through: reader.DeliveredThrough);
        }, cancellation);
        _toldThrough[actor.Id] = claimed.Through;
        if (claimed.Woken.Count > 0) live.Publish(claimed.Woken.Select(one => one.Reminder.TicketId));
        return [.. claimed.New.Concat(claimed.Woken).Order(LiveReminder.ByDue)];
    }

    /// <summary>All after the last one that the person was told of: another tab may have been about to tell of an earlier one than this. Ids have no gaps.</summary>
    private static IEnumerable<LiveReminder> Since(ReminderSnapshot snapshot, long toldThrough)
    {
        for (var id = Math.Max(toldThrough, snapshot.LastId - MostSince) + 1; id <= snapshot.LastId; id++)
        {
            if (snapshot.Find(id) is { } one) yield return one;
        }
    }

    private static async Task<List<LiveReminder>> ClaimWokenAsync(PortalDb db, Actor actor, IEnumerable<LiveReminder> woken, CancellationToken cancellation)
    {
        var claimed = new List<LiveReminder>();
        foreach (var one in woken)
        {
            var mine = await db.Set<ReminderMark>().Where(m => m.ReminderId == one.Reminder.Id && m.PersonId == actor.Id && m.WokeAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.WokeAt, (Instant?)null), cancellation);
            if (mine == 1) claimed.Add(one);
        }

        return claimed;
    }

    /// <summary>Of which reminders this person wants mail.</summary>
    public async Task<ReminderMail> MailOfAsync(Actor actor, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ReminderReader>().Where(r => r.PersonId == actor.Id).Select(r => r.Mail).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Chooses of which reminders mail comes.</summary>
    public Task ChooseMailAsync(Actor actor, ReminderMail mail, CancellationToken cancellation = default) => gate.WriteAsync(async (db, stop) =>
    {
        (await ReaderAsync(db, actor, stop)).Mail = mail;
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

    private static async Task<ReminderReader> ReaderAsync(PortalDb db, Actor actor, CancellationToken cancellation)
    {
        var id = actor.Id;
        // One statement, so that two servers that meet a person for the first time do not both insert; on PostgreSQL it also holds the row.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "ReminderReaders" ("PersonId", "DeliveredThrough", "Mail") VALUES ({id}, 0, 0)
             ON CONFLICT ("PersonId") DO UPDATE SET "PersonId" = excluded."PersonId"
             """, cancellation);
        return await db.Set<ReminderReader>().SingleAsync(r => r.PersonId == id, cancellation);
    }
}
