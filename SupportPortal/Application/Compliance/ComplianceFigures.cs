using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Attainment of one metric at one severity, and how long it took.</summary>
/// <param name="Metric">What was promised.</param>
/// <param name="Severity">The severity in force when it fell due.</param>
/// <param name="Tally">How often it was kept.</param>
/// <param name="Times">The real time from the start of the clock to its stop, of those that have stopped.</param>
public sealed record PromiseFigure(SlaMetric Metric, Severity Severity, Tally Tally, Percentiles? Times);

/// <summary>Attainment in one part of a trend.</summary>
public sealed record TrendFigure(PeriodPart Part, Tally Tally);

/// <summary>How many breached clocks were late by how much.</summary>
/// <param name="AtLeast">Late by more than this.</param>
/// <param name="AtMost">And by no more than this; null for the last.</param>
/// <param name="Clocks">So many clocks; a silent stretch is one.</param>
public sealed record LatenessFigure(Duration AtLeast, Duration? AtMost, int Clocks);

/// <summary>What the page of compliance shows of a period: all from one pass over the clocks.</summary>
public sealed record ComplianceFigures
{
    public required Tally Total { get; init; }

    /// <summary>Those that fell due, gravest severity first.</summary>
    public required IReadOnlyList<PromiseFigure> Promises { get; init; }

    public required IReadOnlyList<TrendFigure> Trend { get; init; }

    /// <summary>Breaches by the hour of the week in which they fell due, from Monday midnight, in the period's zone.</summary>
    public required IReadOnlyList<long> BreachesByHour { get; init; }

    /// <summary>Breaches by cause, in the order of the causes.</summary>
    public required IReadOnlyList<long> BreachesByCause { get; init; }

    public required IReadOnlyList<LatenessFigure> Lateness { get; init; }

    /// <summary>How late breached clocks were, or are by now.</summary>
    public required Percentiles? LateBy { get; init; }

    /// <summary>Of each organisation, by id; 0 for requests of none. Those for which something fell due.</summary>
    public required IReadOnlyDictionary<int, Tally> ByOrganisation { get; init; }

    /// <summary>Of whoever had the ticket, by id; "" for nobody. Those for whom something fell due.</summary>
    public required IReadOnlyDictionary<string, Tally> ByAssignee { get; init; }

    /// <summary>What became of whole requests.</summary>
    public required TicketFigures Tickets { get; init; }

    /// <summary>The instant at which overdue clocks were judged.</summary>
    public required Instant At { get; init; }

    /// <summary>Of the agents of each team; <see cref="Team.Nowhere"/> for those of none, <see cref="Team.Nobody"/> for what nobody had. Adds up to the total.</summary>
    public IReadOnlyDictionary<string, Tally> ByTeam(IReadOnlyList<Team> teams)
    {
        var teamOf = Team.ByMember(teams);
        return ByAssignee.GroupBy(one => one.Key.Length == 0 ? Team.Nobody : teamOf.GetValueOrDefault(one.Key, Team.Nowhere), one => one.Value)
            .ToDictionary(team => team.Key, team => team.Aggregate((sum, one) => sum + one));
    }
}

/// <summary>Counts what <see cref="ComplianceFigures"/> shows.</summary>
internal struct FigureCounter : ICounter
{
    private const int Severities = 3;
    private static readonly int Metrics = Enum.GetValues<SlaMetric>().Length;
    private static readonly Duration[] Steps = [Duration.FromMinutes(15), Duration.FromHours(1), Duration.FromHours(4), Duration.FromDays(1), Duration.FromDays(3)];
    private static readonly long[] StepEnds = [.. Steps.Select(step => step.BclCompatibleTicks / 10)];

    private readonly long _now;
    private readonly PartFinder _parts;
    private readonly HourOfWeek _hourOfWeek;
    private readonly Tally[] _promises = new Tally[Metrics * Severities];
    private readonly List<long>[] _times = [.. Enumerable.Range(0, Metrics * Severities).Select(_ => new List<long>())];
    private readonly Tally[] _trend;
    private readonly long[] _hours = new long[168];
    private readonly long[] _causes = new long[Enum.GetValues<BreachCause>().Length];
    private readonly int[] _lateness = new int[Steps.Length + 1];
    private readonly List<long> _lateBy = [];
    private readonly Tally[] _organisations;
    private readonly Tally[] _assignees; // Nobody first.

    private FigureCounter(ComplianceFacts facts, CompliancePeriod period, PeriodUnit unit, Instant now)
    {
        _organisations = new Tally[facts.LastOrganisation + 1];
        _assignees = new Tally[facts.People.Count + 1];
        _now = ComplianceFacts.Microseconds(now);
        _parts = new PartFinder(period.Parts(unit));
        _hourOfWeek = new HourOfWeek(period.Zone);
        _trend = new Tally[_parts.Parts.Count];
    }

    public static ComplianceFigures Count(ComplianceFacts facts, ComplianceFilter filter, PeriodUnit unit, Instant at, SlaCatalogue catalogue)
    {
        var tickets = Task.Run(() => TicketFigures.Count(facts, filter, at));
        var counters = FactScan.RunInParts(facts, filter, at, catalogue, () => new FigureCounter(facts, filter.Period, unit, at));
        foreach (var other in counters.Skip(1)) counters[0].Add(other);
        return counters[0].Figures(facts, at, tickets.GetAwaiter().GetResult());
    }

    public readonly void Take(in Counted counted)
    {
        ref readonly var clock = ref counted.Clock;
        var promise = (clock.Metric * Severities) + counted.Severity - 1;
        _promises[promise] = _promises[promise].With(counted);
        if (clock.StoppedAt != RollUpClock.Never) _times[promise].Add(clock.StoppedAt - clock.StartedAt);
        ref var organisation = ref _organisations[counted.Ticket.Organisation];
        organisation = organisation.With(counted);
        ref var assignee = ref _assignees[counted.Assignee + 1];
        assignee = assignee.With(counted);
        var part = _parts.Find(clock.DueAt);
        _trend[part] = _trend[part].With(counted);
        if (counted.Breaches == 0) return;
        _hours[_hourOfWeek.Of(clock.DueAt)] += counted.Breaches;
        _causes[(int)counted.Cause] += counted.Breaches;
        var late = Math.Min(clock.StoppedAt, _now) - clock.DueAt;
        _lateBy.Add(late);
        var step = 0;
        while (step < StepEnds.Length && late > StepEnds[step]) step++;
        _lateness[step]++;
    }

    private readonly void Add(FigureCounter other)
    {
        for (var i = 0; i < _promises.Length; i++)
        {
            _promises[i] += other._promises[i];
            _times[i].AddRange(other._times[i]);
        }

        for (var i = 0; i < _trend.Length; i++) _trend[i] += other._trend[i];
        for (var i = 0; i < _hours.Length; i++) _hours[i] += other._hours[i];
        for (var i = 0; i < _causes.Length; i++) _causes[i] += other._causes[i];
        for (var i = 0; i < _lateness.Length; i++) _lateness[i] += other._lateness[i];
        for (var i = 0; i < _organisations.Length; i++) _organisations[i] += other._organisations[i];
        for (var i = 0; i < _assignees.Length; i++) _assignees[i] += other._assignees[i];
        _lateBy.AddRange(other._lateBy);
    }

    private readonly ComplianceFigures Figures(ComplianceFacts facts, Instant at, TicketFigures tickets)
    {
        var counter = this;
        var times = new Percentiles?[_times.Length];
        Parallel.For(0, times.Length, promise => times[promise] = Percentiles.Of(counter._times[promise]));
        return new()
        {
            Total = _promises.Aggregate(default(Tally), (sum, promise) => sum + promise),
            Promises = [.. from severity in Enumerable.Range(1, Severities)
                           from metric in Enumerable.Range(0, Metrics)
                           let place = (metric * Severities) + severity - 1
                           where counter._promises[place].Counted > 0
                           select new PromiseFigure((SlaMetric)metric, (Severity)severity, counter._promises[place], times[place])],
            Trend = [.. _parts.Parts.Select((part, i) => new TrendFigure(part, counter._trend[i]))],
            BreachesByHour = _hours,
            BreachesByCause = _causes,
            Lateness = [.. _lateness.Select((clocks, i) => new LatenessFigure(i == 0 ? Duration.Zero : Steps[i - 1], i < Steps.Length ? Steps[i] : null, clocks))],
            LateBy = Percentiles.Of(_lateBy),
            ByOrganisation = _organisations.Index().Where(one => one.Item.Counted > 0).ToDictionary(one => one.Index, one => one.Item),
            ByAssignee = _assignees.Index().Where(one => one.Item.Counted > 0).ToDictionary(one => facts.People[one.Index - 1] ?? "", one => one.Item),
            Tickets = tickets,
            At = at,
        };
    }
}
