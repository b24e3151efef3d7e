using CsCheck;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;

namespace SupportPortal.Tests.Application.Compliance;

/// <summary>The roll-up, changed act by act, against a recomputation from the events alone.</summary>
public sealed class RollUpTests
{
    private const int Tickets = 500;
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly CompliancePeriod Spring = CompliancePeriod.Of(new(2026, 3, 25), new(2026, 4, 20), Berlin); // Clocks go forward on the 29th.
    private static readonly ComplianceDimension[] All = Enum.GetValues<ComplianceDimension>();
    private static readonly string?[] Services = [null, "Mail", "Billing"];

    /// <summary>20 catalogues with 500 lives each.</summary>
    [Fact]
    public void Ten_thousand_random_histories_come_to_the_same_figures() => Gen.Select(
        AnyHistory.Catalogue.SelectMany(catalogue => AnyHistory.Of(Gen.Const(catalogue)).Array[Tickets]), Gen.Long[0, 30L * 86_400_000_000], Gen.Int[0, int.MaxValue]).Sample((lives, moment, seed) =>
    {
        var (catalogue, facts, chance) = (lives[0].Catalogue, new ComplianceFacts(), new Random(seed));
        var histories = lives.Select((life, i) => Excused(catalogue, Placed(life.Events, i), chance)).ToList();
        foreach (var (ticket, act) in InAnyOrder(histories, chance)) Put(facts, catalogue, ticket, [.. histories[ticket].Take(act)]);
        var now = Spring.Start + Duration.FromTicks(moment * 10);
        // What happened after the question is asked is not known then: lives end before it, or are cut.
        for (var i = 0; i < histories.Count; i++)
        {
            var known = histories[i].TakeWhile(e => e.At <= now).ToList();
            if (known.Count == histories[i].Count) continue;
            histories[i] = known.Count == 0 ? [histories[i][0]] : known;
            Put(facts, catalogue, i, histories[i]);
        }

        var counted = histories.SelectMany((events, i) => Expected(catalogue, events, i, now)).ToList();
        Assert.Equal(Grouped(counted.Where(c => Spring.Contains(c.Outcome.DueAt)), Berlin), Rows(ComplianceTable.Of(facts, new() { Period = Spring }, All, now, catalogue)));
        foreach (var filter in SomeFilters(chance))
        {
            var expected = counted.Where(c => c.Matches(filter)).ToList();
            Assert.Equal(Grouped(expected, filter.Period.Zone), Rows(ComplianceTable.Of(facts, filter, All, now, catalogue)));
            AssertFigures(FigureCounter.Count(facts, filter, PeriodUnit.Week, now, catalogue), expected, filter.Period);
        }
    }, iter: 20, threads: 2);

    /// <summary>Of another organisation, service and channel each.</summary>
    private static List<TicketEvent> Placed(IReadOnlyList<TicketEvent> events, int i) =>
        [events[0] with { Fact = (Reported)events[0].Fact with { OrganisationId = i % 4 == 0 ? null : i % 4, Service = Services[i % 3], Channel = (Channel)(i % 2) } }, .. events.Skip(1)];

    /// <summary>Some of its breaches with exceptions: proposed, some approved by a second person or by the same one, some taken back.</summary>
    private static List<TicketEvent> Excused(SlaCatalogue catalogue, List<TicketEvent> events, Random chance)
    {
        var words = SealedText.Seal("Flood.", "00");
        foreach (var breach in SlaLedger.Fold(catalogue, events, events[^1].At).Where(c => c is { State: SlaClockState.Breached, StoppedAt: not null }))
        {
            if (chance.Next(3) == 0) continue;
            var proposal = Add(new ExceptionProposed(breach.Metric, breach.StartedAt, words), "max");
            if (chance.Next(6) == 0) Add(new ExceptionWithdrawn(proposal, null), "mia");
            if (chance.Next(3) > 0) Add(new ExceptionApproved(proposal), chance.Next(4) == 0 ? "max" : "mia");
            if (chance.Next(4) == 0) Add(new ExceptionWithdrawn(proposal, words), "max");
        }

        return events;

        int Add(TicketFact fact, string by)
        {
            events.Add(new TicketEvent(events.Count + 1, events[^1].At + Duration.FromMinutes(chance.Next(3)), new EventAuthor(by, Role.Manager), events[^1].Catalogue, fact));
            return events.Count;
        }
    }

    /// <summary>Each ticket after some of its acts and after the last, the tickets in any order.</summary>
    private static IEnumerable<(int Ticket, int Acts)> InAnyOrder(List<List<TicketEvent>> histories, Random chance)
    {
        var puts = histories.SelectMany((events, ticket) => Enumerable.Range(1, events.Count).Where(act => act == events.Count || chance.Next(4) == 0).Select(act => (ticket, act))).ToArray();
        chance.Shuffle(puts);
        return puts.GroupBy(put => put.ticket).SelectMany(ticket => ticket.OrderBy(put => put.act).Select((put, turn) => (put, turn))).OrderBy(p => p.turn).Select(p => p.put);
    }

    private static void Put(ComplianceFacts facts, SlaCatalogue catalogue, int i, List<TicketEvent> events)
    {
        var (row, clocks) = TicketProjection.Of(catalogue, Ticket.Fold(TicketNumber.First + i, events), events, "");
        FactRows.Of([row], clocks).PutInto(facts);
    }

    private static IEnumerable<Expectation> Expected(SlaCatalogue catalogue, List<TicketEvent> events, int i, Instant now)
    {
        var report = (Reported)events[0].Fact;
        var clocks = SlaLedger.Fold(catalogue, events, Instant.Max(now, events[^1].At));
        return clocks.Where(clock => ClockOutcome.Of([clock], events).Count > 0).Select(clock => new Expectation(i, report, clock, ClockOutcome.Of([clock], events)[0], ExceptionOf(clock, events)));
    }

    /// <summary>As the words say it: the breach has ended, its exception was not taken back, and somebody else than its proposer approved it while it stood.</summary>
    private static ExceptionState? ExceptionOf(SlaClock clock, List<TicketEvent> events)
    {
        if (clock is not { State: SlaClockState.Breached, StoppedAt: not null }) return null;
        var proposals = events.Where(e => e.Fact is ExceptionProposed proposed && (proposed.Metric, proposed.StartedAt) == (clock.Metric, clock.StartedAt));
        if (proposals.SingleOrDefault(p => !events.Any(e => e.Fact is ExceptionWithdrawn withdrawn && withdrawn.Proposal == p.Version)) is not { } standing) return null;
        return events.Any(e => e.Fact is ExceptionApproved approved && approved.Proposal == standing.Version && e.By.Id != standing.By.Id) ? ExceptionState.Approved : ExceptionState.Proposed;
    }

    private static IEnumerable<ComplianceFilter> SomeFilters(Random chance)
    {
        for (var i = 0; i < 20; i++)
        {
            var first = Spring.FirstDate.PlusDays(chance.Next(-6, 20));
            var filter = new ComplianceFilter { Period = CompliancePeriod.Of(first, first.PlusDays(chance.Next(30)), i % 2 == 0 ? Berlin : DateTimeZone.Utc) };
            yield return (i % 10) switch
            {
                0 => filter with { Metric = (SlaMetric)chance.Next(6), OrganisationId = 1 + chance.Next(3) },
                1 => filter with { Severity = (Severity)(1 + chance.Next(3)), Service = Services[1 + chance.Next(2)] },
                2 => filter with { AssigneeId = ((string[])["ada", "bob", "", "nobody known"])[chance.Next(4)] },
                3 => filter with { Channel = (Channel)chance.Next(2), Outcome = (ComplianceOutcome)chance.Next(2) },
                4 => filter with { LateOver = Duration.FromMinutes(chance.Next(300)) },
                5 => filter with { LateAtMost = Duration.FromMinutes(chance.Next(300)), OrganisationId = 0 },
                8 => filter with { Team = ((Team[])[new("First line", ["ada"]), new("All", ["ada", "bob", "nobody known"]), new(Team.Nowhere, ["ada"]), new(Team.Nowhere, [])])[chance.Next(4)] },
                7 => filter with { Exception = (ExceptionState)chance.Next(2) },
                6 => filter with { Cause = (BreachCause)chance.Next(3) },
                _ => filter with { Hour = chance.Next(168) },
            };
        }
    }

    private static void AssertFigures(ComplianceFigures figures, List<Expectation> expected, CompliancePeriod period)
    {
        Assert.Equal((Sum(expected), Excused(expected)), (figures.Total.Attainment, figures.Total.Excused));
        Assert.Equal(Sum(expected.Where(e => e.Exception != ExceptionState.Approved)), figures.Total.WithoutExcused);
        Assert.Equal(expected.Where(e => period.Contains(e.Outcome.DueAt)).GroupBy(e => (e.Outcome.Severity, e.Outcome.Metric)).OrderBy(g => g.Key).Select(g => (g.Key, Sum(g), Times(g))),
            figures.Promises.Select(p => ((p.Severity, p.Metric), p.Tally.Attainment, Said(p.Times))));
        Assert.All(figures.Trend, part => Assert.Equal(Sum(expected.Where(e => part.Part.Start <= e.Outcome.DueAt && e.Outcome.DueAt < part.Part.End)), part.Tally.Attainment));
        Assert.Equal(Enumerable.Range(0, 168).Select(hour => expected.Where(e => HourOf(e, period.Zone) == hour).Sum(e => e.Outcome.Attainment.Breached)), figures.BreachesByHour);
        Assert.Equal(Enum.GetValues<BreachCause>().Select(cause => expected.Where(e => e.Cause == cause).Sum(e => e.Outcome.Attainment.Breached)), figures.BreachesByCause);
        var late = expected.Select(e => e.Outcome.LateBy).OfType<Duration>().ToList();
        Assert.Equal(figures.Lateness.Select(l => late.Count(d => d > l.AtLeast && (l.AtMost is not { } most || d <= most))), figures.Lateness.Select(l => l.Clocks));
        Assert.Equal(late.Count, figures.Lateness.Sum(l => l.Clocks));
        Assert.Equal(late.Count == 0 ? null : late.Max(), figures.LateBy?.Longest);
    }

    private static int HourOf(Expectation e, DateTimeZone zone)
    {
        var local = e.Outcome.DueAt.InZone(zone).LocalDateTime;
        return (((int)local.DayOfWeek - 1) * 24) + local.Hour;
    }

    /// <summary>The nearest rank, written as its definition is.</summary>
    private static string? Times(IEnumerable<Expectation> group)
    {
        var times = group.Where(e => e.Clock.StoppedAt is not null).Select(e => e.Clock.StoppedAt!.Value - e.Clock.StartedAt).Order().ToList();
        if (times.Count == 0) return null;
        return string.Join(' ', new[] { 50, 90, 95, 99, 100 }.Select(percent => times.First(t => times.Count(u => u <= t) * 100 >= percent * times.Count)));
    }

    private static string? Said(Percentiles? times) => times is null ? null : string.Join(' ', times.P50, times.P90, times.P95, times.P99, times.Longest);

    private static long Excused(IEnumerable<Expectation> some) => some.Where(e => e.Exception == ExceptionState.Approved).Sum(e => e.Outcome.Attainment.Breached);

    private static Attainment Sum(IEnumerable<Expectation> some) => some.Aggregate(default(Attainment), (sum, e) => sum + e.Outcome.Attainment);

    private static IEnumerable<string> Grouped(IEnumerable<Expectation> counted, DateTimeZone zone) => counted
        .GroupBy(c => (c.Outcome.Metric, c.Outcome.Severity, Month: c.Outcome.DueAt.InZone(zone).Month, c.Report.OrganisationId, c.Outcome.AssigneeId, c.Report.Service, c.Report.Channel))
        .Select(g => $"{g.Key.Month} {g.Key.Metric} {g.Key.Severity} {g.Key.OrganisationId} {g.Key.AssigneeId} {g.Key.Service} {g.Key.Channel}: {Sum(g).Met}/{Sum(g).Breached}/{Excused(g)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Rows(IReadOnlyList<ComplianceRow> rows) => rows
        .Select(r => $"{r.Month?.Month} {r.Metric} {r.Severity} {r.OrganisationId} {r.AssigneeId} {r.Service} {r.Channel}: {r.Tally.Met}/{r.Tally.Breached}/{r.Tally.Excused}").Order(StringComparer.Ordinal);

    private sealed record Expectation(int Ticket, Reported Report, SlaClock Clock, ClockOutcome Outcome, ExceptionState? Exception)
    {
        /// <summary>As the words say it: raised too late, else nobody's, else unanswered.</summary>
        public BreachCause? Cause => Outcome.Attainment.Breached == 0 ? null
            : Clock.Metric is SlaMetric.FirstResponse or SlaMetric.Resolution && Clock.Promise!.Severity.IsGraverThan(Outcome.Severity) ? BreachCause.RaisedTooLate
            : Outcome.AssigneeId is null ? BreachCause.Unassigned : BreachCause.Unanswered;

        public bool Matches(ComplianceFilter filter) =>
            filter.Period.Contains(Outcome.DueAt)
            && (filter.Metric is null || filter.Metric == Outcome.Metric)
            && (filter.Severity is null || filter.Severity == Outcome.Severity)
            && (filter.OrganisationId is null || filter.OrganisationId == (Report.OrganisationId ?? 0))
            && (filter.Service is null || filter.Service == Report.Service)
            && (filter.AssigneeId is null || filter.AssigneeId == (Outcome.AssigneeId ?? ""))
            && (filter.Team is null || (Outcome.AssigneeId is { } who && filter.Team.Members.Contains(who) != (filter.Team.Name == Team.Nowhere)))
            && (filter.Channel is null || filter.Channel == Report.Channel)
            && (filter.Outcome is null || filter.Outcome == (Outcome.Attainment.Breached > 0 ? ComplianceOutcome.Breached : ComplianceOutcome.Met))
            && (filter.Exception is null || filter.Exception == Exception)
            && (filter.Cause is null || filter.Cause == Cause)
            && (filter.LateOver is null || Outcome.LateBy > filter.LateOver)
            && (filter.LateAtMost is null || Outcome.LateBy <= filter.LateAtMost)
            && (filter.Hour is null || filter.Hour == HourOf(this, filter.Period.Zone));
    }
}
