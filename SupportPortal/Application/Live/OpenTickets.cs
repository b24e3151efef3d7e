using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Live;

/// <summary>
/// The read model of every open browser on this server: all open tickets in memory. A change is read once, however many
/// watch; the first of a burst goes out at once, its followers together.
/// </summary>
public sealed class OpenTickets(ChangeFeed feed, IDbContextFactory<PortalDb> databases, ILogger<OpenTickets> log) : BackgroundService
{
    // Wall-clock pacing of pushes, not domain time: a test that stops the clock still wants its pushes.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    // PostgreSQL may show a commit after a later one: look back a little. What was delivered is not delivered again.
    private const int LookBack = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _delivered = [];
    private ImmutableHashSet<TicketWatch> _watches = [];
    private OpenSnapshot _snapshot = OpenSnapshot.Empty;
    private long _position;

    /// <summary>All open tickets now.</summary>
    public OpenSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Begins to watch: snapshot and place in the feed in one step, so that nothing falls between.</summary>
    /// <param name="concerns">
    /// Whether the watcher wants a batch, given what was open before it; everything when left out. Asked on the feed's thread for each
    /// watcher, so that a change wakes only the circuits that show it: quick, and without touching what the circuit changes.
    /// </param>
    public TicketWatch Watch(Func<OpenSnapshot, TicketBatch, bool>? concerns = null)
    {
        lock (_lock)
        {
            var watch = new TicketWatch(_snapshot, concerns, Leave);
            _watches = _watches.Add(watch);
            return watch;
        }
    }

    /// <summary>How many watch.</summary>
    public int Watches => _watches.Count;

    /// <summary>Reads all open tickets, before the first page is served: a share for each processor at once.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        _position = await db.Set<EventRow>().MaxAsync(e => (long?)e.Position, cancellation) ?? 0;
        var first = await db.Set<TicketRow>().MinAsync(t => (long?)t.Id, cancellation) ?? 0;
        var last = await db.Set<TicketRow>().MaxAsync(t => (long?)t.Id, cancellation) ?? 0;
        var share = (last - first) / Environment.ProcessorCount + 1;
        var shares = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount)
            .Select(i => Task.Run(() => ReadOpenAsync(first + i * share, first + (i + 1) * share, cancellation), cancellation)));
        lock (_lock) _snapshot = OpenSnapshot.Of([.. shares.SelectMany(rows => rows)]);
    }

    private async Task<List<TicketRow>> ReadOpenAsync(long from, long before, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<TicketRow>().AsNoTracking().Where(t => t.IsOpen && t.Id >= from && t.Id < before).ToListAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = Environment.TickCount64;
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = new HashSet<long>();
            try
            {
                await feed.WaitAsync(BetweenLooks, stoppingToken);
                changed.UnionWith(feed.Take());
                if (Environment.TickCount64 - looked >= BetweenLooks.TotalMilliseconds)
                {
                    looked = Environment.TickCount64;
                    await LookAsync(changed, stoppingToken);
                }

                if (changed.Count == 0) continue;
                await DeliverAsync([.. changed], stoppingToken);
                await Task.Delay(BetweenBatches, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Put back: the look that found them has moved on, and no later one would find them again.
                feed.Publish(changed);
                log.LogError(failure, "Changes could not be read; trying again");
                await Task.Delay(BetweenLooks, CancellationToken.None);
            }
        }
    }

    /// <summary>Finds what another process wrote, or what a failure made us miss.</summary>
    private async Task LookAsync(HashSet<long> changed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var from = db.Database.IsNpgsql() ? _position - LookBack : _position;
        var written = await db.Set<EventRow>().Where(e => e.Position > from).GroupBy(e => e.TicketId)
            .Select(g => new { Id = g.Key, Version = g.Max(e => e.Version), Position = g.Max(e => e.Position) }).ToListAsync(cancellation);
        foreach (var ticket in written)
        {
            _position = Math.Max(_position, ticket.Position);
            if (!_delivered.TryGetValue(ticket.Id, out var version) || version < ticket.Version) changed.Add(ticket.Id);
        }

        if (_delivered.Count > LookBack * 16) _delivered.Clear();
    }

    private async Task DeliverAsync(long[] ids, CancellationToken cancellation)
    {
        var rows = new List<TicketRow>(ids.Length);
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            foreach (var some in ids.Chunk(500))
                rows.AddRange(await db.Set<TicketRow>().AsNoTracking().Where(t => some.Contains(t.Id)).ToListAsync(cancellation));
        }

        rows.RemoveAll(row => (_delivered.TryGetValue(row.Id, out var version) && version >= row.Version) || _snapshot.Find(row.Id)?.Version >= row.Version);
        if (rows.Count == 0) return;
        foreach (var row in rows) _delivered[row.Id] = row.Version;
        lock (_lock)
        {
            var before = _snapshot;
            _snapshot = before.With(rows);
            var batch = new TicketBatch(_snapshot, rows);
            foreach (var watch in _watches) watch.Offer(before, batch);
        }
    }

    private void Leave(TicketWatch watch)
    {
        lock (_lock) _watches = _watches.Remove(watch);
    }
}
