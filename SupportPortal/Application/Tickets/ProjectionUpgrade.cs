using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Writes what is kept of all tickets and clocks anew from their events, once, after a version of the portal that keeps more than the one
/// before. In the background and a batch at a time; whoever dies half-way, the next start begins again.
/// </summary>
public sealed class ProjectionUpgrade(IDbContextFactory<PortalDb> databases, WriteGate gate, PolicyStore policies, ILogger<ProjectionUpgrade> log) : BackgroundService
{
    /// <summary>What this version of the portal keeps. 1: under which severity and with whom a clock fell due; when a ticket was resolved, reopened and rated.</summary>
    public const long Current = 1;

    // Short enough that an act which comes meanwhile waits for its turn only moments.
    private const int Batch = 100;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private long _next = TicketNumber.First; // Where a failure left off.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when every stored ticket and clock is as this version keeps it.</summary>
    public Task Done => _done.Task;

    /// <summary>Brings the store to this version, if it is not.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var (isCurrent, last) = await LookAsync(cancellation);
        if (!isCurrent)
        {
            for (; _next <= last; _next += Batch) await gate.WriteAsync((db, stop) => WriteAsync(db, _next, _next + Batch - 1, stop), cancellation);
            await gate.WriteAsync(KeepAsync, cancellation);
            if (last >= TicketNumber.First) log.LogInformation("{Count} tickets are kept as this version keeps them", last - TicketNumber.First + 1);
        }

        _done.TrySetResult();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The start does not wait for it.
        while (!stoppingToken.IsCancellationRequested && !_done.Task.IsCompleted)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The stored tickets could not be brought to this version; trying again");
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Wall-clock pacing, not domain time.
            }
        }
    }

    private async Task<(bool IsCurrent, long Last)> LookAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var isCurrent = await db.Set<Counter>().AnyAsync(c => c.Name == Counter.Projection && c.Value >= Current, cancellation);
        return (isCurrent, isCurrent ? 0 : await db.Set<TicketRow>().MaxAsync(t => (long?)t.Id, cancellation) ?? 0);
    }

    private async Task WriteAsync(PortalDb db, long from, long to, CancellationToken cancellation)
    {
        // Locks the rows, clocks first as an act does: on PostgreSQL another server's act would else come between what is read and what is written.
        await db.Set<ClockRow>().Where(c => c.TicketId >= from && c.TicketId <= to).ExecuteUpdateAsync(set => set.SetProperty(c => c.DueSeverity, c => c.DueSeverity), cancellation);
        await db.Set<TicketRow>().Where(t => t.Id >= from && t.Id <= to).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version), cancellation);
        var stored = (await db.Set<ClockRow>().AsNoTracking().Where(c => c.TicketId >= from && c.TicketId <= to).ToListAsync(cancellation)).ToDictionary(c => (c.TicketId, c.Ordinal));
        var events = await db.Set<EventRow>().AsNoTracking().Where(e => e.TicketId >= from && e.TicketId <= to).OrderBy(e => e.TicketId).ThenBy(e => e.Version).ToListAsync(cancellation);
        if (events.Count > 0) await policies.KnowAsync(events.Max(e => e.Catalogue), cancellation);
        foreach (var history in events.GroupBy(e => e.TicketId))
        {
            if (Project(history) is not var (row, clocks)) continue;
            await db.Set<TicketRow>().Where(t => t.Id == row.Id && (row.FirstResolvedAt != null || row.Reopens > 0 || row.Rating != null)).ExecuteUpdateAsync(set => set
                .SetProperty(t => t.FirstResolvedAt, row.FirstResolvedAt).SetProperty(t => t.ResolvedAt, row.ResolvedAt).SetProperty(t => t.Reopens, row.Reopens)
                .SetProperty(t => t.Rating, row.Rating).SetProperty(t => t.RatedAt, row.RatedAt), cancellation);
            foreach (var clock in clocks)
            {
                if (!stored.TryGetValue((clock.TicketId, clock.Ordinal), out var known)) continue; // Tampered with: for verify to tell.
                var kept = known with { DueSeverity = clock.DueSeverity, DueAssigneeId = clock.DueAssigneeId };
                if (kept == known) continue;
                var entry = db.Attach(kept);
                entry.Property(c => c.DueSeverity).IsModified = true;
                entry.Property(c => c.DueAssigneeId).IsModified = true;
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>What is to be kept of a ticket; null when its events cannot be read: verify names it, and the others go on.</summary>
    private (TicketRow Row, IReadOnlyList<ClockRow> Clocks)? Project(IGrouping<long, EventRow> history)
    {
        try
        {
            TicketEvent[] happened = [.. history.Select(e => TicketStore.Stored(e, texts: null).Event)];
            return TicketProjection.Of(policies.Catalogue, Ticket.Fold(history.Key, happened), happened, lastHash: "");
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            log.LogError(damaged, "The events of {Ticket} cannot be read; its figures stay as they were", new TicketNumber(history.Key));
            return null;
        }
    }

    private static async Task KeepAsync(PortalDb db, CancellationToken cancellation)
    {
        var kept = db.Set<Counter>().Where(c => c.Name == Counter.Projection);
        if (await kept.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, Current), cancellation) > 0) return;
        db.Add(new Counter { Name = Counter.Projection, Value = Current });
        await db.SaveChangesAsync(cancellation);
    }
}
