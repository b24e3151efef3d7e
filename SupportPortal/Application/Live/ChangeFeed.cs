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

    /// <summary>Tells that these tickets changed.</summary>
    public void Publish(IEnumerable<long> ticketIds)
    {
        lock (_lock) _changed.UnionWith(ticketIds);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until something was published, or until the time is up.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(longest);
        try
        {
            await _signal.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing was published here; another process may have written all the same.
        }
    }

    /// <summary>What was published since the last time.</summary>
    public IReadOnlyCollection<long> Take()
    {
        lock (_lock)
        {
            var changed = _changed;
            if (changed.Count > 0) _changed = [];
            return changed;
        }
    }
}
