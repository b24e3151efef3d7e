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
public sealed class OpenTickets(ChangeFeed feed, StorePulse pulse, IDbContextFactory<PortalDb> databases, TimeProvider clock, ILogger<OpenTickets> log) : BackgroundService
{
    // Wall-clock pacing of pushes, not domain time: a test that stops the clock still wants its pushes.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Of what was delivered, so much is kept in mind at least.
    private const int MostDelivered = 4_096;

    private readonly WatchedSnapshot _open = new();
    private readonly Dictionary<long, int> _delivered = [];
    private readonly EventTail _tail = new(clock);

    /// <summary>All open tickets now.</summary>
    public OpenSnapshot Snapshot => _open.Now;

    /// <summary>Begins to watch. What <see cref="Snapshot"/> shows after that lacks nothing that does not come in a batch.</summary>
    /// <param name="concerns">
    /// Whether the watcher wants a batch, given what was open before it; everything when left out. Asked on the feed's thread for each
    /// watcher, so that a change wakes only the circuits that show it: quick, and without touching what the circuit changes.
    /// </param>
    public TicketWatch Watch(Func<OpenSnapshot, TicketBatch, bool>? concerns = null) => _open.Watch(concerns);

    /// <summary>How many watch.</summary>
    public int Watches => _open.Watches;

    /// <summary>Done when <see cref="Snapshot"/> holds every open ticket. Pages that need all of them wait for it; the others are served meanwhile.</summary>
    public Task Loaded => _open.Loaded;

    /// <summary>Marks the place in the feed, before anybody can watch: what is written from now on is delivered, though it is being read already.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Take(); // Committed before the place below, and read with everything else.
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await _tail.BeginAsync(db, cancellationToken);
            foreach (var written in await _tail.ReadAsync(db, cancellationToken)) _delivered[written.TicketId] = written.Version;
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads all open tickets: a share for each processor at once.</summary>
    private async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var first = await db.Set<TicketRow>().MinAsync(t => (long?)t.Id, cancellation) ?? 0;
        var last = await db.Set<TicketRow>().MaxAsync(t => (long?)t.Id, cancellation) ?? 0;
        var share = (last - first) / Environment.ProcessorCount + 1;
        var shares = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount)
            .Select(i => Task.Run(() => ReadOpenAsync(first + i * share, first + (i + 1) * share, cancellation), cancellation)));
        _open.Load(await OpenSnapshot.OfAsync([.. shares.SelectMany(rows => rows)]));
    }

    private async Task<List<TicketRow>> ReadOpenAsync(long from, long before, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<TicketRow>().AsNoTracking().Where(t => t.IsOpen && t.Id >= from && t.Id < before).ToListAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = pulse.Wake(feed);
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = new HashSet<long>();
            try
            {
                if (!Loaded.IsCompleted) await LoadAsync(stoppingToken);
                await feed.WaitAsync(stoppingToken);
                var (published, look) = feed.Take();
                changed.UnionWith(published);
                if (look) await LookAsync(changed, stoppingToken);
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
                // Put back: the look that found them has moved on, and no later one would find them again. One that failed is asked for again.
                feed.Publish(changed);
                feed.AskToLook();
                log.LogError(failure, "Open tickets could not be read; trying again");
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }
    }

    /// <summary>Finds what another process wrote, or what a failure made us miss.</summary>
    private async Task LookAsync(HashSet<long> changed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var written = await _tail.ReadAsync(db, cancellation);
        foreach (var happened in written)
        {
            if (!_delivered.TryGetValue(happened.TicketId, out var version) || version < happened.Version) changed.Add(happened.TicketId);
        }

        if (_delivered.Count <= MostDelivered) return;
        foreach (var old in _delivered.Keys.Except(written.Select(happened => happened.TicketId)).ToList()) _delivered.Remove(old);
    }

    private async Task DeliverAsync(long[] ids, CancellationToken cancellation)
    {
        var rows = new List<TicketRow>(ids.Length);
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            foreach (var some in ids.Chunk(500))
                rows.AddRange(await db.WithWatchersAsync(await db.Set<TicketRow>().AsNoTracking().Where(t => some.Contains(t.Id)).ToListAsync(cancellation), cancellation));
        }

        rows.RemoveAll(row => _delivered.TryGetValue(row.Id, out var version) && version >= row.Version);
        if (rows.Count == 0) return;
        foreach (var row in rows) _delivered[row.Id] = row.Version;
        _open.Change(rows);
    }
}
