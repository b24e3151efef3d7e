using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Verification;

/// <summary>How far a verification is.</summary>
public sealed record VerifyProgress(long Tickets, long Events, long Of);

/// <summary>
/// Recomputes every row, clock and hash chain from the events and names what differs. Reads in batches, each a snapshot of its
/// own, so that memory stays small and a portal that runs beside is not held up.
/// </summary>
public sealed class TicketVerifier(IDbContextFactory<PortalDb> databases, PolicyStore policies)
{
    private const int Batch = 500;

    /// <summary>One line a difference.</summary>
    public async IAsyncEnumerable<string> DifferencesAsync(IProgress<VerifyProgress>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (tickets, events, last) = (0L, 0L, long.MaxValue);
        for (var from = TicketNumber.First; from <= last; from += Batch)
        {
            IReadOnlyList<StoredTicket> batch;
            (batch, last) = await ReadAsync(from, from + Batch - 1, cancellation);
            var newest = batch.SelectMany(ticket => ticket.Events).Select(happened => happened.Catalogue).DefaultIfEmpty().Max();
            await policies.KnowAsync(newest, cancellation); // The portal beside may have published since this began.
            foreach (var ticket in batch)
            {
                foreach (var line in TicketCheck.Differences(ticket, policies.Catalogue)) yield return line;
                (tickets, events) = (tickets + 1, events + ticket.Events.Count);
            }

            progress?.Report(new VerifyProgress(tickets, events, Math.Max(0, last - TicketNumber.First + 1)));
        }

        await foreach (var stray in StraysAsync(cancellation)) yield return $"{new TicketNumber(stray)}: is stored, though its number was never given out";
    }

    private async Task<(IReadOnlyList<StoredTicket> Tickets, long Last)> ReadAsync(long from, long to, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var snapshot = await db.SnapshotAsync(cancellation);
        var last = await LastAsync(db, cancellation);
        var events = (await db.Set<EventRow>().AsNoTracking().Where(e => e.TicketId >= from && e.TicketId <= to).OrderBy(e => e.TicketId).ThenBy(e => e.Version)
            .ToListAsync(cancellation)).ToLookup(e => e.TicketId);
        var texts = (await db.Set<EventTextRow>().AsNoTracking().Where(e => e.TicketId >= from && e.TicketId <= to).ToListAsync(cancellation)).ToLookup(e => e.TicketId);
        var rows = await db.Set<TicketRow>().AsNoTracking().Where(t => t.Id >= from && t.Id <= to).ToDictionaryAsync(t => t.Id, cancellation);
        var watchers = (await db.Set<WatcherRow>().AsNoTracking().Where(w => w.TicketId >= from && w.TicketId <= to).ToListAsync(cancellation)).ToLookup(w => w.TicketId, w => w.PersonId);
        var clocks = (await db.Set<ClockRow>().AsNoTracking().Where(c => c.TicketId >= from && c.TicketId <= to).ToListAsync(cancellation)).ToLookup(c => c.TicketId);

        var reminders = (await db.Set<Reminder>().AsNoTracking().Where(r => r.TicketId >= from && r.TicketId <= to).ToListAsync(cancellation)).ToLookup(r => r.TicketId);

        var tickets = new List<StoredTicket>(Batch);
        for (var id = from; id <= Math.Min(to, last); id++)
            tickets.Add(new StoredTicket(id, [.. events[id]], texts[id].ToDictionary(t => t.Version, t => t.Texts), rows.GetValueOrDefault(id)?.WithWatchers(watchers[id]), [.. clocks[id]], [.. reminders[id]]));
        return (tickets, last);
    }

    private async IAsyncEnumerable<long> StraysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var snapshot = await db.SnapshotAsync(cancellation);
        var (first, last) = (TicketNumber.First, await LastAsync(db, cancellation));
        var strays = db.Set<EventRow>().Select(e => e.TicketId).Union(db.Set<EventTextRow>().Select(e => e.TicketId))
            .Union(db.Set<TicketRow>().Select(t => t.Id)).Union(db.Set<ClockRow>().Select(c => c.TicketId)).Union(db.Set<WatcherRow>().Select(w => w.TicketId)).Where(id => id < first || id > last).OrderBy(id => id);
        await foreach (var id in strays.AsAsyncEnumerable().WithCancellation(cancellation)) yield return id;
    }

    private static Task<long> LastAsync(PortalDb db, CancellationToken cancellation) =>
        db.Set<Counter>().Where(c => c.Name == Counter.Tickets).Select(c => c.Value).SingleAsync(cancellation);
}
