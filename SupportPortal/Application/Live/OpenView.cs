using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;

namespace SupportPortal.Application.Live;

/// <summary>
/// The open tickets that fit a filter. One pass over what is open to begin with; after that a change costs its own rows. What comes
/// to be due within the filter's time enters by itself: one timer, to the next entry.
/// </summary>
internal sealed class OpenView : IDisposable
{
    private bool _isDisposed;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _turn = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly OpenFilter _filter;
    private readonly TicketWatch _source;
    private readonly TimeProvider _clock;
    private readonly ITimer _nextEntry;
    private Instant _horizon;

    public OpenView(OpenFilter filter, TicketWatch source, TimeProvider clock)
    {
        (_filter, _source, _clock) = (filter, source, clock);
        _nextEntry = clock.CreateTimer(_ => Enter(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var leaving = _leaving.Token; // Taken once: the source throws after its disposal.
        _ = Task.Run(() => FollowAsync(leaving), CancellationToken.None); // Away from the circuit that happens to be the first to ask.
    }

    /// <summary>What fits now.</summary>
    public WatchedSnapshot Shown { get; } = new();

    /// <summary>Nothing comes any more; its watchers were told why.</summary>
    public bool HasFailed { get; private set; }

    private async Task FollowAsync(CancellationToken leaving)
    {
        try
        {
            await _source.Loaded.WaitAsync(leaving);
            lock (_turn)
            {
                _horizon = Horizon();
                Shown.Load(_source.Open.Only(Fits));
                WaitForNextEntry();
            }

            await foreach (var changed in _source.BatchesAsync(leaving)) Take(changed);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void Enter()
    {
        try
        {
            Take([]);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void Take(IReadOnlyList<TicketRow> changed)
    {
        lock (_turn)
        {
            var (from, shown) = (_horizon, Shown.Now);
            _horizon = Horizon();
            var entering = _filter.DueWithin is null ? [] : _source.Open.DueBetween(from, _horizon);
            TicketRow[] rows = [.. changed.Concat(entering).DistinctBy(row => row.Id)
                .Where(row => Fits(row) || shown.Find(row.Id) is not null)
                .Select(row => Fits(row) ? row : row with { IsOpen = false })];
            if (rows.Length > 0) Shown.Change(rows);
            WaitForNextEntry();
        }
    }

    private bool Fits(TicketRow row) => row.DueOrder <= _horizon && _filter.Fits(row);

    /// <summary>The last instant at which a ticket may be due to fit now.</summary>
    private Instant Horizon() => _filter.DueWithin is { } within ? _clock.Now() + within : Instant.MaxValue;

    private void WaitForNextEntry()
    {
        if (_filter.DueWithin is not { } within || _source.Open.NextDueAfter(_horizon) is not { } due) return;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - within - _clock.Now()).TotalMilliseconds)); // A timer must not be early.
        _nextEntry.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private void Fail(Exception failure)
    {
        HasFailed = true;
        Shown.Fail(failure);
    }

    /// <summary>Ends it; of two that leave at once, each may find that it was the last.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _leaving.Cancel();
        _nextEntry.Dispose();
        _source.Dispose();
        _leaving.Dispose();
    }
}
