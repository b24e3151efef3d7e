using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>A clock while the fold runs: what it was promised, its pauses, and whether it stopped.</summary>
internal sealed class TicketClock(SlaMetric metric, Instant startedAt, Severity severity)
{
    private PromiseCount[] _counts = [];
    private List<SlaPause>? _pauses;
    private Instant? _pausedSince;
    private SlaPromise? _deciding;
    private Instant? _due;
    private Instant? _stoppedAt;
    private bool _breached;
    private bool _cancelled;

    public SlaMetric Metric => metric;

    public Instant StartedAt => startedAt;

    /// <summary>The severity it started at; a policy move looks for its target there.</summary>
    public Severity Severity => severity;

    /// <summary>What it was promised; empty where nothing was.</summary>
    public IEnumerable<SlaPromise> Promises => _counts.Select(count => count.Promise);

    /// <summary>Rule 2: what was due before <paramref name="now"/> and still runs is breached, for good.</summary>
    public bool IsBreached(Instant now)
    {
        if (!_breached && _pausedSince is null && _due is { } due && due < now) _breached = true;
        return _breached;
    }

    /// <summary>The earliest of these promises decides; one that lies in the past is breached at its instant.</summary>
    public void Promise(ReadOnlySpan<SlaPromise> promises, bool paused, Instant now)
    {
        if (IsBreached(now)) return;
        _counts = new PromiseCount[promises.Length];
        for (var i = 0; i < promises.Length; i++) _counts[i] = new PromiseCount(promises[i]);
        if (paused) _pausedSince ??= now;
        else ClosePause(now);
        Redue(now);
    }

    public void Pause(Instant now)
    {
        if (IsBreached(now) || _pausedSince is not null) return;
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
        IsBreached(now);
        _stoppedAt = now;
    }

    /// <summary>Stops it because nothing is owed any more; a breach stays a breach.</summary>
    public void Cancel(Instant now)
    {
        Stop(now);
        _cancelled = !_breached;
    }

    /// <summary>As it stands at <paramref name="now"/>, not before anything that was done to it.</summary>
    public SlaClock At(Instant now)
    {
        var state = this switch
        {
            { _cancelled: true } => SlaClockState.Cancelled,
            { _stoppedAt: not null } => _breached ? SlaClockState.Breached : SlaClockState.Met,
            { _counts.Length: 0 } => SlaClockState.Owed,
            { _pausedSince: not null } => SlaClockState.Paused,
            _ => IsBreached(now) ? SlaClockState.Breached : SlaClockState.Running,
        };
        IReadOnlyList<SlaPause> pauses = _pauses ?? [];
        if (_pausedSince is { } since) pauses = [.. pauses, new SlaPause(since, null)];
        int? missed = metric == SlaMetric.PeriodicUpdate ? 0 : null;
        var clock = new SlaClock(metric, startedAt, _due, _stoppedAt, state, null, missed, _deciding, pauses);
        return _breached ? clock.At(now) : clock;
    }

    private void ClosePause(Instant now)
    {
        if (_pausedSince is not { } since) return;
        if (since < now) (_pauses ??= []).Add(new SlaPause(since, now));
        _pausedSince = null;
    }

    private void Redue(Instant now)
    {
        (_due, _deciding) = (null, _counts.Length > 0 ? _counts[0].Promise : null);
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i].Due(_pauses, _pausedSince) is not { } due || (_due is { } earlier && earlier <= due)) continue;
            (_due, _deciding) = (due, _counts[i].Promise);
        }

        if (_due is null || _due.Value >= now) return;
        _breached = true;
        _pausedSince = null;
    }
}
