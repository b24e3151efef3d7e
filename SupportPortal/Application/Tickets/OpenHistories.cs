using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>An open ticket and what happened to it, without the texts: no clock depends on one.</summary>
public sealed record OpenHistory(Ticket Ticket, IReadOnlyList<TicketEvent> Events);

/// <summary>How far work on many tickets is.</summary>
public sealed record Progress(int Done, int Of);

/// <summary>Reads every open ticket, a batch at a time: memory stays small however many there are, and closed ones are never read.</summary>
public sealed class OpenHistories(IDbContextFactory<PortalDb> databases, PolicyStore policies)
{
    private const int Batch = 500;

    /// <summary>The open tickets in order of their numbers. What is opened meanwhile is left out.</summary>
    /// <param name="changedSince">Only those that changed then or later.</param>
    /// <param name="progress">Told before each batch, and at the end.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public async IAsyncEnumerable<OpenHistory> ReadAsync(
        Instant? changedSince = null, IProgress<Progress>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var ids = await IdsAsync(changedSince, cancellation);
        for (var from = 0; from < ids.Length; from += Batch)
        {
            progress?.Report(new(from, ids.Length));
            var batch = ids[from..Math.Min(from + Batch, ids.Length)];
            foreach (var history in await ReadAsync(batch, cancellation)) yield return history;
        }

        progress?.Report(new(ids.Length, ids.Length));
    }

    private async Task<long[]> IdsAsync(Instant? changedSince, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var open = db.Set<TicketRow>().Where(t => t.IsOpen);
        if (changedSince is { } since) open = open.Where(t => t.ChangedAt >= since);
        var ids = await open.Select(t => t.Id).ToArrayAsync(cancellation);
        Array.Sort(ids);
        return ids;
    }

    private async Task<List<OpenHistory>> ReadAsync(long[] ids, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<EventRow>().AsNoTracking().Where(e => ids.Contains(e.TicketId)).OrderBy(e => e.TicketId).ThenBy(e => e.Version).ToListAsync(cancellation);
        if (rows.Count > 0) await policies.KnowAsync(rows.Max(e => e.Catalogue), cancellation); // Another process may have published since.
        var histories = new List<OpenHistory>(ids.Length);
        foreach (var events in rows.GroupBy(e => e.TicketId))
        {
            TicketEvent[] happened = [.. events.Select(e => TicketStore.Stored(e, texts: null).Event)];
            var ticket = Ticket.Fold(events.Key, happened);
            if (ticket.Status.IsOpen) histories.Add(new(ticket, happened)); // It may have been closed since.
        }

        return histories;
    }
}
