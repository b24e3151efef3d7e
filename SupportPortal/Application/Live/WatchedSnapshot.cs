using System.Collections.Immutable;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Live;

/// <summary>Some open tickets as they are now, and whoever watches them.</summary>
internal sealed class WatchedSnapshot
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableHashSet<TicketWatch> _watches = [];
    private OpenSnapshot _now = OpenSnapshot.Empty;

    /// <summary>Read in turn with the changes: whoever says first what concerns it, and then reads, misses nothing.</summary>
    public OpenSnapshot Now
    {
        get
        {
            lock (_lock) return _now;
        }
    }

    /// <summary>Done when <see cref="Now"/> is whole.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>How many watch.</summary>
    public int Watches => _watches.Count;

    /// <summary>Begins to watch. What <see cref="Now"/> shows after that lacks nothing that does not come in a batch.</summary>
    public TicketWatch Watch(Func<OpenSnapshot, TicketBatch, bool>? concerns, Action? left = null)
    {
        lock (_lock)
        {
            var watch = new TicketWatch(this, concerns, left);
            _watches = _watches.Add(watch);
            return watch;
        }
    }

    public void Leave(TicketWatch watch)
    {
        lock (_lock) _watches = _watches.Remove(watch);
    }

    /// <summary>Begins with these.</summary>
    public void Load(OpenSnapshot open)
    {
        lock (_lock) _now = open;
        _loaded.SetResult();
    }

    /// <summary>Takes in what changed and tells whom it concerns.</summary>
    public void Change(IReadOnlyList<TicketRow> rows)
    {
        lock (_lock)
        {
            var before = _now;
            _now = before.With(rows);
            var batch = new TicketBatch(_now, rows);
            foreach (var watch in _watches) watch.Offer(before, batch);
        }
    }

    /// <summary>Nothing will come any more, and this is why.</summary>
    public void Fail(Exception failure)
    {
        _loaded.TrySetException(failure);
        foreach (var watch in _watches) watch.Fail(failure);
    }
}
