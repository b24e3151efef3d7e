using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>
/// The one source of truth about clocks: <c>clocks = Fold(catalogue, events, now)</c>, a pure function (support commitment,
/// section 3). Total: an event that means nothing in a ticket's state changes nothing.
/// </summary>
public sealed class SlaLedger
{
    private const int Metrics = (int)SlaMetric.Resolution + 1;

    private readonly SlaCatalogue _catalogue;
    private readonly List<TicketClock> _clocks = [];
    private readonly TicketClock?[] _running = new TicketClock?[Metrics];
    private readonly LevelsSince _since = new();
    private SlaPolicy? _policy;
    private int _version;
    private Severity _severity = Severity.Normal;
    private bool _replied;
    private bool _worked;
    private bool _responded;
    private bool _patchSettled;
    private bool _waiting;
    private bool _resolved;

    private SlaLedger(SlaCatalogue catalogue) => _catalogue = catalogue;

    /// <summary>The clocks of a ticket, in the order in which they started.</summary>
    /// <param name="catalogue">Every policy and calendar version that the events name.</param>
    /// <param name="events">The ticket's events, in order.</param>
    /// <param name="now">The instant at which to judge; one before the last event is read as that event's.</param>
    public static IReadOnlyList<SlaClock> Fold(SlaCatalogue catalogue, IEnumerable<TicketEvent> events, Instant now)
    {
        var (ledger, last) = Read(catalogue, events);
        last = Instant.Max(last, now);
        return ledger._clocks.ConvertAll(clock => clock.At(last));
    }

    /// <summary>The calendars that were edited since a clock that runs, unbreached, was promised on them: rule 10 wants its event of each.</summary>
    /// <param name="catalogue">Every version, the edits included.</param>
    /// <param name="events">The ticket's events, in order.</param>
    /// <param name="now">The instant at which to judge.</param>
    public static IReadOnlyList<string> EditedCalendars(SlaCatalogue catalogue, IEnumerable<TicketEvent> events, Instant now)
    {
        var (ledger, last) = Read(catalogue, events);
        last = Instant.Max(last, now);
        return [.. ledger._running.Where(clock => clock?.IsBreached(last) == false)
            .SelectMany(clock => clock!.Promises) // Of each level, not only the one that decides now.
            .Where(promise => promise.Calendar is { } calendar && !ReferenceEquals(calendar, catalogue.Calendars[calendar.Name]))
            .Select(promise => promise.Calendar!.Name).Distinct().Order(StringComparer.Ordinal)];
    }

    private static (SlaLedger Ledger, Instant Last) Read(SlaCatalogue catalogue, IEnumerable<TicketEvent> events)
    {
        var ledger = new SlaLedger(catalogue);
        var last = Instant.MinValue;
        foreach (var happened in events)
        {
            last = Instant.Max(last, happened.At);
            ledger._version = happened.Catalogue;
            ledger.Apply(happened.Fact, last);
        }

        return (ledger, last);
    }

    private void Apply(TicketFact fact, Instant at)
    {
        if (fact is Reported reported)
        {
            if (_policy is not null) return;
            _policy = _catalogue.Policy(reported.Policy);
            StartCycle(at);
            return;
        }

        if (_policy is null) return;
        switch (fact)
        {
            case Reopened when _resolved: StartCycle(at); break;
            case PolicyMoved moved: MovePolicy(_catalogue.Policy(moved.Policy), at); break;
            case CalendarChanged changed: RedueOn(changed.Calendar, at); break;
            case Merged: CancelAll(at); break;
        }

        if (_resolved) return;
        switch (fact)
        {
            case SeverityChanged change: Regrade(change.To, change.ImpactSince, at); break;
            case StaffReplied: StaffUpdate(at); break;
            case ResolutionProposed: EndWait(at); StaffUpdate(at); break;
            case CustomerReplied: EndWait(at); AwaitResponse(at); break;
            case WorkStarted: EndWait(at); StartWork(at); break;
            case WaitingStarted: StartWait(at); break;
            case WaitingEnded or ResolutionRejected: EndWait(at); break;
            case StatusRequested: EndWait(at); Start(SlaMetric.StatusRequest, at); break;
            case WorkaroundRecorded: _patchSettled = true; Cancel(SlaMetric.EmergencyPatch, at); break;
            case PatchProvided: _patchSettled = true; Stop(SlaMetric.EmergencyPatch, at); break;
            case Resolved resolved: Resolve(resolved.Kind, at); break;
        }
    }

    /// <summary>A report or a reopening: every level up to the current one counts from here (rules 3 and 4).</summary>
    private void StartCycle(Instant at)
    {
        (_replied, _worked, _responded, _patchSettled, _waiting, _resolved) = (false, false, false, false, false, false);
        _since.StartCycle(_severity, at);
        PromiseByLevel(SlaMetric.FirstResponse, at);
        PromiseByLevel(SlaMetric.Resolution, at);
        if (_severity == Severity.High) Start(SlaMetric.EmergencyPatch, at);
    }

    private void StaffUpdate(Instant at)
    {
        _replied = true;
        if (_responded) TellCustomer(at);
        else
        {
            Stop(SlaMetric.StatusRequest, at);
            RespondIfDone(at);
        }
    }

    private void StartWork(Instant at)
    {
        _worked = true;
        RespondIfDone(at);
    }

    /// <summary>What the severity asks for first: a reply, and at Severity 1 the start of work too.</summary>
    private void RespondIfDone(Instant at)
    {
        if (_responded || !_replied || (_severity == Severity.Critical && !_worked)) return;
        _responded = true;
        Stop(SlaMetric.FirstResponse, at);
        Start(SlaMetric.PeriodicUpdate, at);
    }

    /// <summary>A public staff update after the first response: what waited for one stops, the next one is owed.</summary>
    private void TellCustomer(Instant at)
    {
        Stop(SlaMetric.PeriodicUpdate, at);
        Stop(SlaMetric.StatusRequest, at);
        Stop(SlaMetric.NextResponse, at);
        Start(SlaMetric.PeriodicUpdate, at);
    }

    private void AwaitResponse(Instant at)
    {
        if (_responded) Start(SlaMetric.NextResponse, at);
    }

    private void Regrade(Severity to, Instant? impactSince, Instant at)
    {
        var from = _severity;
        if (to == from) return;
        _since.Grade(from, to, impactSince, at);
        _severity = to;
        if (!_responded) PromiseByLevel(SlaMetric.FirstResponse, at);
        PromiseByLevel(SlaMetric.Resolution, at);
        if (from == Severity.High) Cancel(SlaMetric.EmergencyPatch, at);
        if (to == Severity.High && !_patchSettled) Start(SlaMetric.EmergencyPatch, at);
        if (_responded) TellCustomer(at);
        else RespondIfDone(at);
    }

    private void Resolve(ResolutionKind kind, Instant at)
    {
        EndWait(at);
        (_responded, _resolved) = (true, true);
        if (kind != ResolutionKind.Fix) Cancel(SlaMetric.EmergencyPatch, at);
        for (var metric = 0; metric < Metrics; metric++) Stop((SlaMetric)metric, at);
    }

    private void CancelAll(Instant at)
    {
        EndWait(at);
        _resolved = true;
        for (var metric = 0; metric < Metrics; metric++) Cancel((SlaMetric)metric, at);
    }

    private void StartWait(Instant at)
    {
        if (_waiting) return;
        _waiting = true;
        foreach (var clock in _running)
        {
            if (clock is not null && Pauses(clock)) clock.Pause(at);
        }
    }

    private void EndWait(Instant at)
    {
        if (!_waiting) return;
        _waiting = false;
        foreach (var clock in _running) clock?.Resume(at);
    }

    private void MovePolicy(SlaPolicy policy, Instant at)
    {
        _policy = policy;
        if (_resolved) return;
        if (!_responded) PromiseByLevel(SlaMetric.FirstResponse, at);
        PromiseByLevel(SlaMetric.Resolution, at);
        foreach (var clock in _running)
        {
            if (clock is not null && !CountsByLevel(clock.Metric) && !clock.IsBreached(at)) Promise(clock, clock.Severity, clock.StartedAt, at);
        }
    }

    private void RedueOn(string calendar, Instant at)
    {
        foreach (var clock in _running)
        {
            if (clock is null || !clock.Promises.Any(p => p.Target.Clock == calendar)) continue;
            var promises = clock.Promises.Select(p => p.Target.Clock == calendar ? Made(p.Severity, p.Since, p.Target) : p);
            clock.Promise([.. promises], Pauses(clock), at);
        }
    }

    private static bool CountsByLevel(SlaMetric metric) => metric is SlaMetric.FirstResponse or SlaMetric.Resolution;

    /// <summary>Rule 3: the current severity's promise and those of all milder ones stand together; the earliest decides.</summary>
    private void PromiseByLevel(SlaMetric metric, Instant at)
    {
        var clock = _running[(int)metric];
        if (clock?.IsBreached(at) == true) return;
        var (promises, count) = (new SlaPromise[3], 0);
        for (var level = _severity; level <= Severity.Normal; level++)
        {
            if (_policy!.Target(level, metric) is { } target) promises[count++] = Made(level, _since.Of(level), target);
        }

        if (count == 0) Cancel(metric, at);
        else (clock ?? Begin(metric, _since.CycleStart)).Promise(promises.AsSpan(0, count), Pauses(_severity, metric), at);
    }

    /// <summary>Starts a clock unless one runs; without a target only an emergency patch is owed.</summary>
    private void Start(SlaMetric metric, Instant at)
    {
        if (_running[(int)metric] is not null) return;
        if (metric != SlaMetric.EmergencyPatch && _policy!.Target(_severity, metric) is null) return;
        Promise(Begin(metric, at), _severity, at, at);
    }

    private void Promise(TicketClock clock, Severity severity, Instant since, Instant at)
    {
        if (_policy!.Target(severity, clock.Metric) is { } target) clock.Promise([Made(severity, since, target)], _waiting && target.PausedWhileWaiting, at);
        else if (clock.Metric == SlaMetric.EmergencyPatch) clock.Promise([], paused: false, at);
        else Cancel(clock.Metric, at);
    }

    /// <summary>Whether the target in force pauses it now (rule 5): by level that of the present severity, else the clock's own.</summary>
    private bool Pauses(TicketClock clock) => Pauses(CountsByLevel(clock.Metric) ? _severity : clock.Severity, clock.Metric);

    private bool Pauses(Severity severity, SlaMetric metric) => _waiting && _policy!.Target(severity, metric)?.PausedWhileWaiting == true;

    private SlaPromise Made(Severity severity, Instant since, SlaTarget target) =>
        new(severity, since, target, target.RunsRoundTheClock ? null : _catalogue.Calendar(target.Clock, _version), _version);

    private TicketClock Begin(SlaMetric metric, Instant at)
    {
        var clock = new TicketClock(metric, at, _severity);
        _clocks.Add(clock);
        return _running[(int)metric] = clock;
    }

    private void Stop(SlaMetric metric, Instant at)
    {
        _running[(int)metric]?.Stop(at);
        _running[(int)metric] = null;
    }

    private void Cancel(SlaMetric metric, Instant at)
    {
        _running[(int)metric]?.Cancel(at);
        _running[(int)metric] = null;
    }
}
