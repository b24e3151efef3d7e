using System.Threading.Channels;
using NodaTime;

namespace SupportPortal.Application.Sla;

/// <summary>Wakes the alarm clock when a change makes an alarm fall due before the one that it sleeps to.</summary>
public sealed class NextAlarm
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Instant _sleepsTo = Instant.MinValue;

    /// <summary>Tells that an alarm falls due then.</summary>
    public void Announce(Instant at)
    {
        lock (_lock)
        {
            if (at >= _sleepsTo) return;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>
    /// Forgets what was announced: from now on an alarm before <paramref name="at"/> ends the sleep. Called before the store is asked which
    /// alarm is next (with the far future), so that one that is written meanwhile is not slept through.
    /// </summary>
    internal void SleepTo(Instant at)
    {
        lock (_lock) _sleepsTo = at;
    }

    /// <summary>Waits for an earlier alarm, at most so long by that clock.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(longest, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await _signal.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up.
        }
    }
}
