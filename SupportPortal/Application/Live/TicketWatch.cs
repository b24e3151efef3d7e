using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Live;

/// <summary>What changed, each ticket once, and all open tickets after it.</summary>
public sealed record TicketBatch(OpenSnapshot Open, IReadOnlyList<TicketRow> Changed);

/// <summary>
/// One watcher's place in the feed. Whoever is slow gets fewer, larger batches; nothing is dropped, because only the
/// latest row of each ticket waits. What does not concern it never wakes it. Dispose it to leave.
/// </summary>
public sealed class TicketWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly WatchedSnapshot _watched;
    private readonly Func<OpenSnapshot, TicketBatch, bool>? _concerns;
    private readonly Action? _left;
    private IReadOnlyList<TicketRow> _waiting = [];

    internal TicketWatch(WatchedSnapshot watched, Func<OpenSnapshot, TicketBatch, bool>? concerns, Action? left) =>
        (_watched, _concerns, _left) = (watched, concerns, left);

    /// <summary>Done when <see cref="Open"/> is whole.</summary>
    public Task Loaded => _watched.Loaded;

    /// <summary>What is watched, as it is now: not older than any batch that was offered.</summary>
    public OpenSnapshot Open => _watched.Now;

    /// <summary>
    /// What changed since the last batch, until cancelled. Without the snapshot: a page that is left open would keep that of its last
    /// change alive for as long.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<TicketRow>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellation))
        {
            _signal.Reader.TryRead(out _);
            IReadOnlyList<TicketRow> changed;
            lock (_lock) (changed, _waiting) = (_waiting, []);
            if (changed.Count > 0) yield return changed;
        }
    }

    internal void Offer(OpenSnapshot before, TicketBatch batch)
    {
        if (_concerns?.Invoke(before, batch) == false) return;
        lock (_lock) _waiting = _waiting.Count == 0 ? batch.Changed : [.. _waiting.Where(w => batch.Changed.All(c => c.Id != w.Id)), .. batch.Changed];
        _signal.Writer.TryWrite(true);
    }

    internal void Fail(Exception failure) => _signal.Writer.TryComplete(failure);

    /// <summary>Leaves the feed.</summary>
    public void Dispose()
    {
        _watched.Leave(this);
        _signal.Writer.TryComplete();
        _left?.Invoke();
    }
}
