using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// The reminders of every open browser on this server: all that live, in memory. A change is read once, however many watch; what other
/// servers raised or marked is found within a second.
/// </summary>
public sealed class LiveReminders(OpenTickets tickets, StorePulse pulse, IDbContextFactory<PortalDb> databases, TimeProvider clock, ILogger<LiveReminders> log) : BackgroundService
{
    // Wall-clock pacing of pushes, not domain time: the first comes at once, and a desk with many overdue tickets is not rendered for each of them.
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Another server's clock may be behind, and its commit later than its mark's instant.
    private static readonly Duration LookBack = Duration.FromSeconds(10);

    private readonly ChangeFeed _changed = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<(long Reminder, string Person), Instant> _seen = [];
    private ImmutableHashSet<ReminderWatch> _watches = [];
    private ReminderSnapshot _snapshot = ReminderSnapshot.Empty;
    private long _position;
    private Instant _lookedAt;

    /// <summary>All reminders that live now.</summary>
    public ReminderSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Done when <see cref="Snapshot"/> holds every reminder.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Tells that the reminders of these tickets, or somebody's marks of them, changed.</summary>
    public void Publish(IEnumerable<long> ticketIds) => _changed.Publish(ticketIds);

    /// <summary>Begins to watch. Asked of each watcher on the feed's thread, <paramref name="concerns"/> must be quick.</summary>
    public ReminderWatch Watch(Func<ReminderBatch, bool> concerns)
    {
        lock (_lock)
        {
            var watch = new ReminderWatch(concerns, gone =>
            {
                lock (_lock) _watches = _watches.Remove(gone);
            });
            _watches = _watches.Add(watch);
            return watch;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A ticket that is assigned, answered or resolved takes its reminders along.
        using var watch = tickets.Watch((_, batch) => batch.Changed.Any(row => Snapshot.Has(row.Id)));
        using var beat = pulse.Wake(_changed);
        var following = FollowAsync(watch, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = new HashSet<long>();
            try
            {
                if (!Loaded.IsCompleted) await LoadAsync(stoppingToken);
                await _changed.WaitAsync(stoppingToken);
                changed.UnionWith(_changed.Take().Changed);
                await LookAsync(changed, stoppingToken);
                if (changed.Count == 0) continue;
                await DeliverAsync([.. changed], stoppingToken);
                await Task.Delay(BetweenBatches, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                _changed.Publish(changed); // Put back: the look that found them has moved on. One that failed is asked for again.
                _changed.AskToLook();
                log.LogError(failure, "Reminders could not be read; trying again");
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }

        await following;
    }

    private async Task FollowAsync(TicketWatch watch, CancellationToken cancellation)
    {
        try
        {
            await foreach (var changed in watch.BatchesAsync(cancellation)) _changed.Publish(changed.Select(row => row.Id).Where(Snapshot.Has));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        await tickets.Loaded.WaitAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        _lookedAt = clock.Now();
        _position = await db.Set<Reminder>().MaxAsync(r => (long?)r.Id, cancellation) ?? 0;
        var live = await db.Set<Reminder>().Where(r => r.EndedAt == null).Select(r => r.TicketId).Distinct().ToListAsync(cancellation);
        await DeliverAsync(live, cancellation);
        _loaded.TrySetResult();
    }

    /// <summary>
    /// Finds what another process raised, brought back or marked. Before each delivery: a person is told by the last reminder that they
    /// were told of, so none may reach a browser before one that was raised earlier.
    /// </summary>
    private async Task LookAsync(HashSet<long> changed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var raised in await db.Set<Reminder>().Where(r => r.Id > _position).Select(r => new { r.Id, r.TicketId }).ToListAsync(cancellation))
        {
            _position = Math.Max(_position, raised.Id);
            changed.Add(raised.TicketId);
        }

        var (looking, from) = (clock.Now(), _lookedAt - LookBack);
        foreach (var back in await db.Set<Reminder>().Where(r => r.RevivedAt >= from).Select(r => new { r.Id, r.TicketId, r.RevivedAt }).ToListAsync(cancellation))
        {
            if (IsSeen((back.Id, ""), back.RevivedAt!.Value)) continue;
            changed.Add(back.TicketId);
        }

        var marks = await db.Set<ReminderMark>().Where(m => m.ChangedAt >= from)
            .Join(db.Set<Reminder>(), mark => mark.ReminderId, reminder => reminder.Id, (mark, reminder) => new { mark.ReminderId, mark.PersonId, mark.ChangedAt, reminder.TicketId })
            .ToListAsync(cancellation);
        foreach (var mark in marks)
        {
            if (IsSeen((mark.ReminderId, mark.PersonId), mark.ChangedAt)) continue;
            changed.Add(mark.TicketId);
        }

        foreach (var (old, _) in _seen.Where(seen => seen.Value < from).ToList()) _seen.Remove(old);
        _lookedAt = looking;
    }

    private bool IsSeen((long, string) what, Instant at)
    {
        if (_seen.TryGetValue(what, out var seen) && seen == at) return true;
        _seen[what] = at;
        return false;
    }

    private async Task DeliverAsync(IReadOnlyList<long> ticketIds, CancellationToken cancellation)
    {
        var (reminders, marks) = (new List<LiveReminder>(), new List<ReminderMark>());
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            foreach (var some in ticketIds.Chunk(500))
            {
                var read = await db.Set<Reminder>().AsNoTracking().Where(r => some.Contains(r.TicketId) && r.EndedAt == null).ToListAsync(cancellation);
                _changed.Publish(read.Where(r => r.Id > _position).Select(r => r.TicketId)); // Raised since the look: in its turn.
                read.RemoveAll(r => r.Id > _position);
                var rows = await RowsAsync(db, [.. read.Select(r => r.TicketId).Distinct()], cancellation);
                reminders.AddRange(read.Select(r => new LiveReminder(r, rows[r.TicketId])));
                long[] ids = [.. read.Select(r => r.Id)];
                marks.AddRange(await db.Set<ReminderMark>().AsNoTracking().Where(m => ids.Contains(m.ReminderId)).ToListAsync(cancellation));
            }
        }

        lock (_lock)
        {
            var before = _snapshot;
            _snapshot = before.With(ticketIds, reminders, marks);
            var batch = new ReminderBatch(before, _snapshot, [.. ticketIds.SelectMany(before.OfTicket)], reminders);
            foreach (var watch in _watches) watch.Offer(batch);
        }

        // What changed between the read and the swap was not known to be of a reminder yet.
        var open = tickets.Snapshot;
        _changed.Publish(reminders.Where(one => open.Find(one.Ticket.Id)?.Version is { } version ? version != one.Ticket.Version : one.Ticket.IsOpen).Select(one => one.Ticket.Id));
    }

    /// <summary>The tickets: from memory, where they are open.</summary>
    private async Task<Dictionary<long, TicketRow>> RowsAsync(PortalDb db, long[] ids, CancellationToken cancellation)
    {
        var open = tickets.Snapshot;
        var rows = ids.Select(open.Find).OfType<TicketRow>().ToDictionary(row => row.Id);
        long[] others = [.. ids.Where(id => !rows.ContainsKey(id))];
        if (others.Length == 0) return rows;
        foreach (var row in await db.Set<TicketRow>().AsNoTracking().Where(t => others.Contains(t.Id)).ToListAsync(cancellation)) rows[row.Id] = row;
        return rows;
    }
}
