using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>Writes a group of appends inside a transaction: events, texts, rows, clocks, watchers, outgoing mail and idempotency keys together.</summary>
public sealed class TicketWriter(PolicyStore policies, MailOutbox mails, AssigneeReminders reminders)
{
    internal async Task<IReadOnlyList<(TicketAppend Append, AppendAnswer Answer)>> WriteAsync(PortalDb db, IReadOnlyList<TicketAppend> group)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var versions = await VersionsAsync(db, group);
        var calls = await CallsAsync(db, group);
        var number = await Counter.TakeAsync(db, Counter.Tickets, New(group, calls));

        using var fresh = new FreshRows(db);
        var outcome = new List<(TicketAppend, AppendAnswer)>(group.Count);
        var ended = new List<(ClockRow Clock, Instant At)>();
        foreach (var append in group)
        {
            if (append.Key is { } key && calls.TryGetValue((key.OwnerId, key.Key), out var call))
            {
                // Made in this very group: its answer is not committed yet, and the caller looks again afterwards.
                outcome.Add((append, call is null ? new AppendAnswer.Overtaken() : new AppendAnswer.CalledBefore(call)));
                continue;
            }

            if (append.History is { Ticket: var before } && versions.GetValueOrDefault(before.Id) != before.Version)
            {
                outcome.Add((append, new AppendAnswer.Overtaken()));
                continue;
            }

            if (!await Attachments.AreUnsentAsync(db, append))
            {
                outcome.Add((append, new AppendAnswer.FileGone()));
                continue;
            }

            var history = append.Follow(append.History?.Ticket.Id ?? ++number);
            var alarm = Add(db, fresh, append, history, ended);
            await WatcherRows.WriteAsync(db, fresh, append.History?.Ticket, history.Ticket);
            await Attachments.SentAsync(db, history.Ticket.Id, append.Facts);
            if (append.Key is { DraftKey: { } draft } sent) await db.Set<DraftRow>().Where(d => d.OwnerId == sent.OwnerId && d.Key == draft).ExecuteDeleteAsync();
            versions[history.Ticket.Id] = history.Ticket.Version;
            if (append.Key is not null) calls[(append.Key.OwnerId, append.Key.Key)] = null;
            outcome.Add((append, new AppendAnswer.Appended(history, alarm)));
        }

        await db.SaveChangesAsync();
        await EndRemindersAsync(db, ended); // After the clocks, as the alarm clock does: in another order two servers could wait for each other.
        foreach (var (append, answer) in outcome)
        {
            if (answer is AppendAnswer.Appended { History: var now }) await reminders.TellAsync(db, now, append.Facts, append.By);
        }

        return outcome;
    }

    /// <summary>
    /// Writes tickets that happened elsewhere or long ago, each with all its events: numbered here, chained and projected like any
    /// other. Nobody is told of them by mail.
    /// </summary>
    internal async Task WritePastAsync(PortalDb db, IReadOnlyList<IReadOnlyList<TicketEvent>> pasts)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        using var fresh = new FreshRows(db);
        var number = await Counter.TakeAsync(db, Counter.Tickets, pasts.Count);
        foreach (var past in pasts)
        {
            var history = new TicketHistory(Ticket.Fold(++number, past), [.. StoredEvent.Chain(number, EventChain.Genesis, past)]);
            AddEvents(fresh, history.Ticket.Id, history.Events);
            var (row, clocks) = Project(history);
            fresh.Add(row);
            foreach (var clock in clocks) fresh.Add(clock);
            WatcherRows.Add(fresh, history.Ticket.Id, history.Ticket.Watchers);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>How many of a group become new tickets: not those whose key was used before, or twice in the group.</summary>
    private static int New(IReadOnlyList<TicketAppend> group, Dictionary<(string, string), IdempotencyRow?> calls)
    {
        var keys = new HashSet<(string, string)>();
        return group.Count(a => a.History is null && (a.Key is not { } key || (!calls.ContainsKey((key.OwnerId, key.Key)) && keys.Add((key.OwnerId, key.Key)))));
    }

    /// <summary>Adds what an append brings; answers the first instant at which the alarm clock is to look at the ticket.</summary>
    private Instant? Add(PortalDb db, FreshRows fresh, TicketAppend append, TicketHistory history, List<(ClockRow Clock, Instant At)> ended)
    {
        var (id, before) = (history.Ticket.Id, append.History);
        if (append.Key is { } key)
        {
            fresh.Add(new IdempotencyRow
            {
                OwnerId = key.OwnerId,
                Key = key.Key,
                RequestHash = key.RequestHash,
                TicketId = id,
                Version = history.Ticket.Version,
                At = history.Ticket.ChangedAt,
            });
        }

        if (append.Facts.Count == 0) return null;
        StoredEvent[] added = [.. history.Events.Skip(before?.Events.Count ?? 0)];
        mails.Add(db, history, added);
        AddEvents(fresh, id, added);
        var (row, clocks) = Project(history);
        if (before is null) fresh.Add(row);
        else db.Update(row).Property(r => r.Version).OriginalValue = before.Ticket.Version;

        var known = before is null ? [] : Project(before).Clocks;
        Instant? alarm = null;
        foreach (var clock in clocks)
        {
            var same = clock.Ordinal < known.Count ? known[clock.Ordinal] : null;
            // One whose promise and due instant are as they were has the same alarms: where the alarm clock is with them stays as it is.
            if (same is not null && clock with { AlarmAt = same.AlarmAt, DueSeverity = same.DueSeverity, DueAssigneeId = same.DueAssigneeId, Exception = same.Exception } == same)
            {
                if (clock with { AlarmAt = same.AlarmAt } != same) db.Update(clock).Property(c => c.AlarmAt).IsModified = false;
                continue;
            }

            if (same is null) fresh.Add(clock);
            else db.Update(clock);
            if (alarm is null || clock.AlarmAt < alarm) alarm = clock.AlarmAt ?? alarm;
            if (same is not null && (clock.StoppedAt != same.StoppedAt || clock.DueAt != same.DueAt)) ended.Add((clock, history.Ticket.ChangedAt));
        }

        return alarm;
    }

    /// <summary>A clock's reminders end with it, and with the due instant that they speak of: the alarm clock judges the new one at once.</summary>
    private static async Task EndRemindersAsync(PortalDb db, IEnumerable<(ClockRow Clock, Instant At)> ended)
    {
        foreach (var (clock, at) in ended)
        {
            await db.Set<Reminder>().Where(r => r.TicketId == clock.TicketId && r.Ordinal == clock.Ordinal && r.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.EndedAt, at));
        }
    }

    private static void AddEvents(FreshRows fresh, long ticketId, IEnumerable<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            fresh.Add(Row(ticketId, stored));
            if (FactJson.Texts(stored.Event.Fact) is { } texts) fresh.Add(new EventTextRow { TicketId = ticketId, Version = stored.Event.Version, Texts = texts });
        }
    }

    private (TicketRow Row, IReadOnlyList<ClockRow> Clocks) Project(TicketHistory history) =>
        TicketProjection.Of(policies.Catalogue, history.Ticket, [.. history.Happened], history.LastHash);

    private static EventRow Row(long ticketId, StoredEvent stored) => new()
    {
        TicketId = ticketId,
        Version = stored.Event.Version,
        Type = FactJson.TypeOf(stored.Event.Fact),
        At = stored.Event.At,
        ActorId = stored.Event.By.Id,
        ActorRole = stored.Event.By.Role,
        Catalogue = stored.Event.Catalogue,
        Data = stored.Data ?? FactJson.Data(stored.Event.Fact),
        IsPublic = stored.Event.Fact.IsPublic,
        Hash = stored.Hash,
        PreviousHash = stored.PreviousHash,
    };

    private static async Task<Dictionary<long, int>> VersionsAsync(PortalDb db, IReadOnlyList<TicketAppend> group)
    {
        long[] ids = [.. group.Select(a => a.History?.Ticket.Id).OfType<long>().Distinct()];
        return ids.Length == 0 ? [] : await db.Set<TicketRow>().Where(t => ids.Contains(t.Id))
            .Select(t => new { t.Id, t.Version }).ToDictionaryAsync(t => t.Id, t => t.Version); // Not the rows: they would be tracked, and the new ones clash with them.
    }

    /// <summary>Calls made before with the keys of this group; null stands for one made in the group itself.</summary>
    private static async Task<Dictionary<(string, string), IdempotencyRow?>> CallsAsync(PortalDb db, IReadOnlyList<TicketAppend> group)
    {
        string[] keys = [.. group.Select(a => a.Key?.Key).OfType<string>().Distinct()];
        if (keys.Length == 0) return [];
        var calls = await db.Set<IdempotencyRow>().AsNoTracking().Where(c => keys.Contains(c.Key)).ToListAsync();
        return calls.ToDictionary(c => (c.OwnerId, c.Key), IdempotencyRow? (c) => c);
    }
}
