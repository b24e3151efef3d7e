using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>A clock while the fold runs: what it was promised, its pauses, and whether it stopped.</summary>
internal sealed class TicketClock(SlaMetric metric, Instant startedAt, Severity severity)
{
    private List<SlaPause>? _pauses;
    private Instant? _pausedSince;
    private SlaPromise[] _promises = [];
    private SlaPromise? _deciding;
    private Instant? _due;
    private Instant? _stoppedAt;
    private bool _breached;
    private bool _cancelled;

    public SlaMetric Metric => metric;

    public Instant StartedAt => startedAt;

    /// <summary>The severity it started at; a policy move looks for its target there.</summary>
    public Severity Severity => severity;

    public bool IsLive => _stoppedAt is null;

    public bool IsBreached => _breached;

    public IReadOnlyList<SlaPromise> Promises => _promises;

    /// <summary>Whether one of its promises counts on that calendar.</summary>
    public bool CountsOn(string calendar) => _promises.Any(promise => promise.Target.Clock == calendar);

    /// <summary>Rule 2: what is due before <paramref name="now"/> and still runs is breached, for good.</summary>
    public void Advance(Instant now)
    {
        if (IsLive && _pausedSince is null && _due < now) _breached = true;
    }

    /// <summary>The earliest of these promises decides; one that lies in the past is breached at its instant.</summary>
    public void Promise(SlaPromise[] promises, bool paused, Instant now)
    {
        if (_breached) return;
        _promises = promises;
        if (paused) _pausedSince ??= now;
        else ClosePause(now);
        Redue(now);
    }

    public void Pause(Instant now)
    {
        if (_breached || _pausedSince is not null) return;
        _pausedSince = now;
        Redue(now);
    }

    public void Resume(Instant now)
    {
        if (_pausedSince is null) return;
        ClosePause(now);
        Redue(now);
    }

    /// <summary>Stops it: met if not after its due instant.</summary>
    public void Stop(Instant now)
    {
        Resume(now);
        _stoppedAt = now;
    }

    /// <summary>Stops it because nothing is owed any more; a breach stays a breach.</summary>
    public void Cancel(Instant now)
    {
        Stop(now);
        _cancelled = !_breached;
    }

    /// <summary>As it stands at <paramref name="now"/>, up to which it was advanced.</summary>
    public SlaClock At(Instant now)
    {
        var state = this switch
        {
            { _cancelled: true } => SlaClockState.Cancelled,
            { _breached: true } => SlaClockState.Breached,
            { IsLive: false } => SlaClockState.Met,
            { _promises.Length: 0 } => SlaClockState.Owed,
            { _pausedSince: not null } => SlaClockState.Paused,
            _ => SlaClockState.Running,
        };
        IReadOnlyList<SlaPause> pauses = _pauses ?? [];
        if (_pausedSince is { } since && !_breached) pauses = [.. pauses, new SlaPause(since, null)];
        int? missed = metric == SlaMetric.PeriodicUpdate ? 0 : null;
        return new SlaClock(metric, startedAt, _due, _stoppedAt, state, null, missed, _deciding, pauses).At(now);
    }

    private void ClosePause(Instant now)
    {
        if (_pausedSince is not { } since) return;
        if (since < now) (_pauses ??= []).Add(new SlaPause(since, now));
        _pausedSince = null;
    }

    private void Redue(Instant now)
    {
        (_due, _deciding) = (null, _promises.Length > 0 ? _promises[0] : null);
        foreach (var promise in _promises)
        {
            if (DueOf(promise) is not { } due || _due <= due) continue;
            (_due, _deciding) = (due, promise);
        }

        if (_due < now)
        {
            _breached = true;
            _pausedSince = null;
        }
    }

    /// <summary>
    /// The earliest instant at which the promise's length has counted, pauses left out where they fall after its start
    /// (rules 1, 5 and 6). Null while a pause runs that begins before it is used up.
    /// </summary>
    private Instant? DueOf(SlaPromise promise)
    {
        var (cursor, left) = (promise.Since, promise.Length);
        for (var i = 0; i < _pauses?.Count; i++)
        {
            var pause = _pauses[i];
            if (pause.To <= cursor) continue;
            if (pause.From > cursor)
            {
                var counted = promise.Between(cursor, pause.From);
                // Used up on the very instant at which the pause begins: nothing is left, and nothing is late yet.
                if (counted >= left && promise.After(cursor, left) is var due && due < pause.From) return due;
                left -= counted;
            }

            cursor = pause.To!.Value;
        }

        if (_pausedSince is not { } since) return promise.After(cursor, left);
        return since > cursor && promise.After(cursor, left) is var passed && passed < since ? passed : null;
    }
}
