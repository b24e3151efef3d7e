using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// Raises alarms that are due: the reminder is written in the transaction that moves the clock's alarm on. Of several that have passed only
/// the latest is raised. Nothing is remembered outside of the store, so that a process that dies anywhere repeats nothing and omits nothing.
/// </summary>
public sealed class AlarmRaiser(
    WriteGate gate, PolicyStore policies, OnCallStore rota, PeopleDirectory people, LiveReminders live, ReminderMails mails, IDbContextFactory<PortalDb> databases, TimeProvider clock, ILogger<AlarmRaiser> log)
{
    // Short enough that people's acts wait for its turn only moments.
    private const int Batch = 50;

    /// <summary>An alarm raised later than this after it could have been is marked as late.</summary>
    public static readonly Duration Punctual = Duration.FromSeconds(30);

    private static readonly Duration AfterDamage = Duration.FromMinutes(1);

    /// <summary>When the next alarm is due, or the next snooze ends; null when nothing is to come.</summary>
    public async Task<Instant?> NextAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var alarm = await db.Set<ClockRow>().Where(c => c.AlarmAt != null).MinAsync(c => c.AlarmAt, cancellation);
        var snooze = await db.Set<ReminderMark>().Where(m => m.SnoozedUntil != null).MinAsync(m => m.SnoozedUntil, cancellation);
        return alarm is null || snooze < alarm ? snooze ?? alarm : alarm;
    }

    /// <summary>Raises some of what is due now; says whether there was anything that no other server holds.</summary>
    public async Task<bool> RaiseDueAsync(CancellationToken cancellation)
    {
        if (await NextAsync(cancellation) is not { } next || next > clock.Now()) return false;
        var (any, tickets, desk) = (false, new HashSet<long>(), await DeskAsync(cancellation));
        await gate.WriteAsync(async (db, stop) =>
        {
            var now = clock.Now();
            var due = await DueAsync(db, now, stop);
            var woken = await WakeAsync(db, now, stop);
            if (due.Count > 0) tickets.UnionWith(await RaiseAsync(db, due, desk, now, stop));
            tickets.UnionWith(woken);
            any = due.Count > 0 || woken.Count > 0;
            await db.SaveChangesAsync(stop);
        }, cancellation);
        live.Publish(tickets);
        mails.Wake();
        return any;
    }

    /// <summary>Who is on the staff, and who of them is on call.</summary>
    private async Task<Staff> DeskAsync(CancellationToken cancellation)
    {
        var staff = (await people.StaffAsync(cancellation)).Select(person => person.Id).ToHashSet();
        return new Staff(staff, await rota.OnCallAsync(clock.Now(), cancellation) is { } id && staff.Contains(id) ? id : null);
    }

    private async Task<IEnumerable<long>> RaiseAsync(PortalDb db, List<ClockRow> due, Staff desk, Instant now, CancellationToken cancellation)
    {
        long[] ids = [.. due.Select(c => c.TicketId).Distinct()];
        var events = (await db.Set<EventRow>().AsNoTracking().Where(e => ids.Contains(e.TicketId)).OrderBy(e => e.TicketId).ThenBy(e => e.Version)
            .ToListAsync(cancellation)).ToLookup(e => e.TicketId);
        await policies.KnowAsync(events.SelectMany(e => e).Max(e => e.Catalogue), cancellation); // Another process may have published since.
        var before = (await db.Set<Reminder>().Where(r => ids.Contains(r.TicketId) && r.EndedAt == null).ToListAsync(cancellation)).ToLookup(r => (r.TicketId, r.Ordinal));

        var raised = new List<RaisedReminder>();
        foreach (var ticket in due.GroupBy(c => c.TicketId))
        {
            try
            {
                TicketEvent[] happened = [.. events[ticket.Key].Select(e => TicketStore.Stored(e, texts: null).Event)]; // No clock depends on a text.
                var state = Ticket.Fold(ticket.Key, happened);
                var clocks = SlaLedger.Fold(policies.Catalogue, happened, now);
                foreach (var row in ticket) raised.AddRange(Look(db, row, state, happened, clocks[row.Ordinal], [.. before[(row.TicketId, row.Ordinal)]], desk, now));
            }
            catch (Exception damaged) when (damaged is not OperationCanceledException)
            {
                // One ticket that cannot be read must not keep the others' reminders back. It is tried again, and told of, every minute.
                log.LogError(damaged, "The alarms of {Ticket} cannot be computed", new TicketNumber(ticket.Key));
                foreach (var row in ticket) Move(db, row, now + AfterDamage);
            }
        }

        return await AddAsync(db, raised, before, now, cancellation);
    }

    /// <summary>Moves a clock's alarm on; answers the reminder that is due, raised before or not.</summary>
    private IEnumerable<RaisedReminder> Look(PortalDb db, ClockRow row, Ticket ticket, TicketEvent[] happened, SlaClock running, IReadOnlyList<Reminder> before, Staff desk, Instant now)
    {
        Move(db, row, Alarms.Next(running, now)?.At);
        if (Alarms.Latest(running, now) is not { } alarm) yield break;
        var escalation = Escalation.Of(policies.Catalogue.Policy(ticket.Policy), ticket.Severity, running.Metric, PointOf(alarm));
        var made = Made(ticket, row.Ordinal, running, alarm, before, now) with { IsLate = now - HeldSince(happened, row.Ordinal, alarm, now) > Punctual };
        yield return new RaisedReminder(made with
        {
            Audience = escalation.Tell.Aggregate(ReminderAudience.None, (all, one) => all | desk.Audience(one, ticket.AssigneeId)),
            OnCallId = desk.OnCallId,
            HandOverTo = escalation.ReassignWhenUnacknowledged && before.Count > 0 && before.All(r => r.AcknowledgedAt is null) && desk.OnCallId != ticket.AssigneeId ? desk.OnCallId : null,
        }, ticket);
    }

    /// <summary>Since when it could have been raised: its instant, or the later event that made it so, such as a regrade.</summary>
    private Instant HeldSince(TicketEvent[] happened, int ordinal, Alarm alarm, Instant now)
    {
        for (var last = happened.Length - 1; last > 0 && happened[last].At > alarm.At; last--)
        {
            var before = SlaLedger.Fold(policies.Catalogue, happened[..last], now);
            if (before.Count <= ordinal || Alarms.Latest(before[ordinal], now) != alarm) return happened[last].At;
        }

        return alarm.At;
    }

    private static EscalationPoint PointOf(Alarm alarm) => alarm.Step switch
    {
        AlarmStep.Approaching => new EscalationPoint(alarm.Left),
        AlarmStep.Overdue => EscalationPoint.HalfTargetsOverdue(alarm.Count),
        AlarmStep.Owed => EscalationPoint.Owed,
        _ => EscalationPoint.Due,
    };

    private static void Move(PortalDb db, ClockRow row, Instant? to) => db.Entry(row).Property(c => c.AlarmAt).CurrentValue = to;

    /// <summary>Clocks to look at, held against other servers until the commit; what another server holds is left to it.</summary>
    private static Task<List<ClockRow>> DueAsync(PortalDb db, Instant now, CancellationToken cancellation)
    {
        if (!db.Database.IsNpgsql()) return db.Set<ClockRow>().Where(c => c.AlarmAt <= now).OrderBy(c => c.AlarmAt).Take(Batch).ToListAsync(cancellation);
        var microseconds = now.ToUnixTimeTicks() / 10;
        return db.Set<ClockRow>().FromSql(
            $"""
             SELECT * FROM "Clocks" WHERE "AlarmAt" <= {microseconds} ORDER BY "AlarmAt" LIMIT {Batch} FOR UPDATE SKIP LOCKED
             """).ToListAsync(cancellation);
    }

    private static Reminder Made(Ticket ticket, int ordinal, SlaClock running, Alarm alarm, IEnumerable<Reminder> before, Instant now) => new()
    {
        Id = 0, // Given when it is known to be new.
        TicketId = ticket.Id,
        Ordinal = ordinal,
        Metric = running.Metric,
        Severity = ticket.Severity,
        At = alarm.At,
        Step = alarm.Step,
        Left = alarm.Left,
        Count = alarm.Count,
        DueAt = running.DueAt,
        RaisedAt = now,
        IsFirstBreach = alarm.IsBreach && !before.Any(r => r.IsBreach),
        Audience = ReminderAudience.None, // The policy says.
    };

    /// <summary>Adds those that were not raised before, each in the place of the one before it; answers their tickets.</summary>
    private async Task<IEnumerable<long>> AddAsync(
        PortalDb db, List<RaisedReminder> raised, ILookup<(long, int), Reminder> before, Instant now, CancellationToken cancellation)
    {
        if (raised.Count == 0) return [];
        var (ids, instants) = (raised.Select(r => r.Ticket.Id).Distinct().ToArray(), raised.Select(r => r.Reminder.At).Distinct().ToArray());
        var known = (await db.Set<Reminder>().Where(r => ids.Contains(r.TicketId) && instants.Contains(r.At)).ToListAsync(cancellation)).ToDictionary(r => (r.TicketId, r.Ordinal, r.At, r.Step));
        foreach (var again in raised.Where(r => known.ContainsKey((r.Ticket.Id, r.Reminder.Ordinal, r.Reminder.At, r.Reminder.Step))))
        {
            // Raised before, and its clock is due at another instant since: it lives again and nobody is told twice.
            var old = known[(again.Ticket.Id, again.Reminder.Ordinal, again.Reminder.At, again.Reminder.Step)];
            if (old.EndedAt is not null) (old.EndedAt, old.RevivedAt) = (null, now);
            (old.DueAt, old.Severity) = (again.Reminder.DueAt, again.Reminder.Severity);
            foreach (var other in before[(again.Ticket.Id, again.Reminder.Ordinal)].Where(r => r.Id != old.Id)) other.EndedAt = now; // Of another policy's thresholds.
        }

        long[] tickets = [.. raised.Select(r => r.Ticket.Id)];
        raised.RemoveAll(r => known.ContainsKey((r.Ticket.Id, r.Reminder.Ordinal, r.Reminder.At, r.Reminder.Step)));
        var snoozed = await SnoozedAsync(db, [.. raised.Where(r => !r.Reminder.IsBreach).SelectMany(r => before[(r.Ticket.Id, r.Reminder.Ordinal)]).Select(r => r.Id)], now, cancellation);

        var id = await Counter.TakeAsync(db, Counter.Reminders, raised.Count, cancellation);
        for (var i = 0; i < raised.Count; i++)
        {
            var olds = before[(raised[i].Ticket.Id, raised[i].Reminder.Ordinal)].ToList();
            var putOff = raised[i].Reminder.IsBreach ? [] : olds.SelectMany(old => snoozed[old.Id]).ToList(); // Of a broken promise one hears, whatever was put off.
            var reminder = raised[i].Reminder with { Id = ++id };
            if (putOff.Any(mark => IsStillFor(reminder, raised[i].Ticket.AssigneeId, mark.PersonId))) reminder.AcknowledgedAt = olds.Min(old => old.AcknowledgedAt);
            raised[i] = raised[i] with { Reminder = reminder, PutOffBy = [.. putOff.Select(mark => mark.PersonId)] };
            db.Add(reminder);
            foreach (var old in olds) old.EndedAt = now;
            db.AddRange(putOff.Select(mark => mark with { ReminderId = reminder.Id, ChangedAt = now }));
        }

        await mails.AddAsync(db, raised, now, cancellation);
        return tickets;
    }

    /// <summary>Whether the reminder is this person's to see to, as a manager's it is not.</summary>
    private static bool IsStillFor(Reminder reminder, string? assigneeId, string person) =>
        reminder.IsForDesk(assigneeId) || assigneeId == person || (reminder.Audience.HasFlag(ReminderAudience.OnCall) && reminder.OnCallId == person);

    private static async Task<ILookup<long, ReminderMark>> SnoozedAsync(PortalDb db, long[] reminders, Instant now, CancellationToken cancellation) => (reminders.Length == 0
        ? []
        : await db.Set<ReminderMark>().AsNoTracking().Where(m => reminders.Contains(m.ReminderId) && m.SnoozedUntil > now).ToListAsync(cancellation)).ToLookup(m => m.ReminderId);

    /// <summary>Snoozes that have ended: the reminder is due again, and its person is told again. One that was put off anew meanwhile stays so.</summary>
    private static async Task<List<long>> WakeAsync(PortalDb db, Instant now, CancellationToken cancellation)
    {
        var ended = await db.Set<ReminderMark>().AsNoTracking().Where(m => m.SnoozedUntil <= now).OrderBy(m => m.SnoozedUntil).ThenBy(m => m.ReminderId).ThenBy(m => m.PersonId).Take(Batch).ToListAsync(cancellation);
        var woken = new List<long>();
        foreach (var mark in ended)
        {
            var mine = await db.Set<ReminderMark>().Where(m => m.ReminderId == mark.ReminderId && m.PersonId == mark.PersonId && m.SnoozedUntil == mark.SnoozedUntil)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.SnoozedUntil, (Instant?)null).SetProperty(m => m.WokeAt, now).SetProperty(m => m.ChangedAt, now), cancellation);
            if (mine == 1) woken.Add(mark.ReminderId);
        }

        return woken.Count == 0 ? [] : await db.Set<Reminder>().Where(r => woken.Contains(r.Id)).Select(r => r.TicketId).ToListAsync(cancellation);
    }
}

/// <summary>A reminder with the ticket as it was when it was raised.</summary>
internal sealed record RaisedReminder(Reminder Reminder, Ticket Ticket)
{
    /// <summary>Who had put off the one before it, and with it this one.</summary>
    public IReadOnlyList<string> PutOffBy { get; init; } = [];
}

/// <summary>Who can be told.</summary>
internal sealed record Staff(IReadOnlySet<string> Ids, string? OnCallId)
{
    /// <summary>Whom the policy means. A ticket of somebody who has left is nobody's, as is a shift that nobody has.</summary>
    public ReminderAudience Audience(Told told, string? assigneeId) => told switch
    {
        Told.Assignee when assigneeId is null || Ids.Contains(assigneeId) => ReminderAudience.Assignee,
        Told.Managers => ReminderAudience.Managers,
        Told.OnCall when OnCallId is not null => ReminderAudience.OnCall,
        _ => ReminderAudience.Desk,
    };
}
