using System.Threading.Channels;

namespace SupportPortal.Application.Live;

/// <summary>
/// Says which tickets changed, after the commit. A hint, never a copy: whoever hears it reads the store, and whoever
/// missed it catches up from the store.
/// </summary>
public sealed class ChangeFeed
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<long> _changed = [];
    private bool _look;

    /// <summary>Tells that these tickets changed.</summary>
    public void Publish(IEnumerable<long> ticketIds)
    {
        lock (_lock)
        {
            _changed.UnionWith(ticketIds);
            if (_changed.Count == 0) return;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Asks to look for what another process wrote.</summary>
    public void AskToLook()
    {
        lock (_lock) _look = true;
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until something was published, or somebody asked to look.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await _signal.Reader.ReadAsync(cancellation);

    /// <summary>What was published since the last time, and whether to look for more.</summary>
    public (IReadOnlyCollection<long> Changed, bool Look) Take()
    {
        lock (_lock)
        {
            var taken = (_changed, _look);
            if (_changed.Count > 0) _changed = [];
            _look = false;
            return taken;
        }
    }
}
