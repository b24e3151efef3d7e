using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SupportPortal.Application.Reminders;

/// <summary>What changed: the snapshots before and after, and the reminders of the tickets that changed, as they are now.</summary>
public sealed record ReminderBatch(ReminderSnapshot Before, ReminderSnapshot After, IReadOnlyList<LiveReminder> Changed);

/// <summary>
/// One watcher's place. Whoever is slow gets fewer, larger batches; only the latest state of each reminder waits. Dispose it to leave.
/// </summary>
public sealed class ReminderWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<ReminderBatch, bool> _concerns;
    private readonly Action<ReminderWatch> _leave;
    private ReminderSnapshot _before;
    private ReminderSnapshot _after;
    private Dictionary<long, LiveReminder> _waiting = [];

    internal ReminderWatch(ReminderSnapshot start, Func<ReminderBatch, bool> concerns, Action<ReminderWatch> leave) =>
        (_before, _after, _concerns, _leave) = (start, start, concerns, leave);

    /// <summary>The batches, until cancelled.</summary>
    public async IAsyncEnumerable<ReminderBatch> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellation))
        {
            _signal.Reader.TryRead(out _);
            ReminderBatch batch;
            lock (_lock)
            {
                batch = new ReminderBatch(_before, _after, [.. _waiting.Values]);
                (_before, _waiting) = (_after, []);
            }

            yield return batch;
        }
    }

    internal void Offer(ReminderBatch batch)
    {
        if (!_concerns(batch)) return;
        lock (_lock)
        {
            _after = batch.After;
            foreach (var live in batch.Changed) _waiting[live.Reminder.Id] = live;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        _leave(this);
        _signal.Writer.TryComplete();
    }
}
