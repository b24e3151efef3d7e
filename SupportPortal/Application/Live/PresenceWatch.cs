using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SupportPortal.Application.Live;

/// <summary>Somebody came to a ticket or left it, or began or ended typing there.</summary>
public readonly record struct PresenceChange(long TicketId, string PersonId, bool CameOrLeft);

/// <summary>
/// One watcher's place beside <see cref="Presence"/>: told which tickets' onlookers changed, and woken only by what concerns it.
/// Dispose it to leave.
/// </summary>
public sealed class PresenceWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<PresenceChange, bool> _concerns;
    private readonly Action<PresenceWatch> _leave;
    private HashSet<long> _changed = [];

    internal PresenceWatch(Func<PresenceChange, bool> concerns, Action<PresenceWatch> leave) => (_concerns, _leave) = (concerns, leave);

    /// <summary>The tickets whose onlookers changed since the last time, until cancelled or disposed. How they are now is in <see cref="Presence.Snapshot"/>.</summary>
    public async IAsyncEnumerable<IReadOnlySet<long>> ChangesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellation))
        {
            _signal.Reader.TryRead(out _);
            HashSet<long> changed;
            lock (_lock) (changed, _changed) = (_changed, []);
            if (changed.Count > 0) yield return changed;
        }
    }

    internal void Offer(PresenceChange change)
    {
        if (!_concerns(change)) return;
        lock (_lock) _changed.Add(change.TicketId);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        _leave(this);
        _signal.Writer.TryComplete();
    }
}
