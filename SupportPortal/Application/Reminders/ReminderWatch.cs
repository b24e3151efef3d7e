using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>What changed: the snapshots before and after, and the reminders of the tickets that changed, as they were and as they are now.</summary>
public sealed record ReminderBatch(ReminderSnapshot Before, ReminderSnapshot After, IReadOnlyList<LiveReminder> Was, IReadOnlyList<LiveReminder> Changed)
{
    /// <summary>Whether a list of this person's, snoozed ones among them, may look different now.</summary>
    public bool Concerns(Actor staff) => Before.CountFor(staff) != After.CountFor(staff) || Changed.Any(live => live.IsFor(staff)) || Was.Any(live => live.IsFor(staff));
}

/// <summary>
/// One watcher's place. Whoever is slow gets fewer, larger batches; only the latest state of each reminder waits. Dispose it to leave.
/// </summary>
public sealed class ReminderWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<ReminderBatch, bool> _concerns;
    private readonly Action<ReminderWatch> _leave;
    private Dictionary<long, LiveReminder> _waiting = [];

    internal ReminderWatch(Func<ReminderBatch, bool> concerns, Action<ReminderWatch> leave) => (_concerns, _leave) = (concerns, leave);

    /// <summary>
    /// The reminders of the tickets that changed since the last batch, until cancelled. Without the snapshots: a page that is left open would
    /// keep them alive for as long.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<LiveReminder>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellation))
        {
            _signal.Reader.TryRead(out _);
            IReadOnlyList<LiveReminder> changed;
            lock (_lock) (changed, _waiting) = ([.. _waiting.Values], []);
            yield return changed;
        }
    }

    internal void Offer(ReminderBatch batch)
    {
        if (!_concerns(batch)) return;
        lock (_lock)
        {
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
