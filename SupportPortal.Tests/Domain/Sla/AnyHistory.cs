using CsCheck;
using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Random lives of tickets under random policies: calendars, pauses, missing targets, moves between policies, edits of calendars.</summary>
internal static class AnyHistory
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 20, 0, 0);
    private static readonly SealedText Words = SealedText.Seal("words", "00");

    private static readonly Gen<string> Clock = Gen.Frequency(
        (5, Gen.Const(SlaTarget.RoundTheClock)), (3, Gen.OneOf(SomeSla.Calendars.Select(c => c.Name).ToArray())));

    private static readonly Gen<TargetLength> Length = Gen.Frequency(
        (4, Gen.Int[1, 60 * 30].Select(TargetLength.Minutes)),
        (1, Gen.Int[1, 3].Select(TargetLength.Workdays)),
        (1, Gen.Long[1, 90_000_000].Select(microseconds => new TargetLength(0, Duration.FromTicks(microseconds * 10)))));

    private static readonly Gen<SeverityTargets[]> Targets =
        from severities in (
            from targets in (
                from length in Length
                from clock in Clock
                from pauses in Gen.Bool
                from promised in Gen.Int[0, 4]
                select (length, clock, pauses, promised: promised > 0)).Array[6]
            select targets).Array[3]
        select severities.Select((targets, s) => new SeverityTargets((Severity)(s + 1),
            [.. targets.Select((t, m) => (t.promised, Target: new SlaTarget((SlaMetric)m, t.length, t.clock, t.pauses))).Where(t => t.promised).Select(t => t.Target)])).ToArray();

    /// <summary>A policy; its first version is every ticket's, the second one some are moved to.</summary>
    private static Gen<SlaPolicy> Policy(int version) => Targets.Select(targets => new SlaPolicy(SlaPolicy.StandardPlan, version, default, targets));

    /// <summary>Two policy versions and one edit of a calendar.</summary>
    public static Gen<SlaCatalogue> Catalogue { get; } =
        from one in Policy(1)
        from two in Policy(2)
        from opens in Gen.Int[0, 11]
        from calendar in Gen.OneOf(SomeSla.Business, SomeSla.Lunch)
        let edited = SomeSla.Calendar(calendar.Spec with
        {
            Hours = calendar.Spec.Hours.ToDictionary(day => day.Key, _ => new[] { $"{opens:00}:00-12:30", "13:00-23:00" }),
            Holidays = [new() { Date = "2026-03-24" }, new() { Date = "2026-03-31", Hours = ["12:00-13:30"] }],
        })
        select SomeSla.Catalogue(one, two).With(edited);

    private static readonly Gen<Severity> Level = Gen.Int[1, 3].Select(level => (Severity)level);

    /// <summary>Often no time passes, often a little, seldom days; to the microsecond.</summary>
    private static readonly Gen<Duration> Pace = Gen.Frequency(
        (2, Gen.Const(Duration.Zero)),
        (6, Gen.Int[0, 240].Select(minutes => Duration.FromMinutes(minutes))),
        (3, Gen.Long[0, 40_000_000_000].Select(microseconds => Duration.FromTicks(microseconds * 10))),
        (1, Gen.Int[0, 90].Select(hours => Duration.FromHours(hours))));

    private static readonly Gen<Func<Instant, SlaCatalogue, TicketFact>> Fact = Gen.Frequency(
        (5, Always(new StaffReplied(Words))),
        (3, Always(new CustomerReplied(Words))),
        (1, Always(new NoteAdded(Words))),
        (6, from to in Level
            from back in Gen.Int[0, 300]
            from given in Gen.Bool
            select (Func<Instant, SlaCatalogue, TicketFact>)((at, _) =>
                new SeverityChanged(Severity.Normal, to, given ? at - Duration.FromMinutes(back) : null, Words))),
        (1, Always(new SeverityConfirmed(null))),
        (3, Gen.OneOf<string?>("ada", "bob", null).Select(assignee => (Func<Instant, SlaCatalogue, TicketFact>)((_, _) => new Assigned(assignee)))),
        (3, Always(new WorkStarted())),
        (4, Always(new WaitingStarted())),
        (2, Always(new WaitingEnded())),
        (3, Always(new StatusRequested())),
        (1, Always(new WorkaroundRecorded(Words))),
        (1, Always(new PatchProvided(Words, null))),
        (1, Always(new ResolutionProposed(Words))),
        (1, Always(new ResolutionRejected(null))),
        (1, Always(new ResolutionAccepted(null))),
        (2, Gen.Enum<ResolutionKind>().Select(kind => (Func<Instant, SlaCatalogue, TicketFact>)((_, _) => new Resolved(kind, null)))),
        (2, Always(new Reopened(null))),
        (1, Always(new WatcherAdded("watcher"))),
        (1, Always(new CopyAdded(Words))),
        (1, Always(new Merged(2))),
        (1, Gen.Int[1, 2].Select(version => (Func<Instant, SlaCatalogue, TicketFact>)((_, _) => new PolicyMoved(new(SlaPolicy.StandardPlan, version))))),
        (1, Gen.OneOf(SomeSla.Calendars.Select(c => c.Name).ToArray()).Select(name => (Func<Instant, SlaCatalogue, TicketFact>)((_, _) => new CalendarChanged(name)))));

    /// <summary>A life of up to <paramref name="most"/> events after its report, and a moment not before its end.</summary>
    public static Gen<History> Of(Gen<SlaCatalogue> catalogues, int most = 25) =>
        from catalogue in catalogues
        from offset in Gen.Long[0, 14 * 86_400_000_000]
        from steps in Gen.Select(Pace, Fact).Array[0, most]
        from rest in Pace
        select Life(catalogue, Start + Duration.FromTicks(offset * 10), steps, rest);

    public static Gen<History> Any { get; } = Of(Catalogue);

    private static History Life(SlaCatalogue catalogue, Instant at, (Duration, Func<Instant, SlaCatalogue, TicketFact>)[] steps, Duration rest)
    {
        // The last catalogue version is the edited calendar; events before any such event were made under the one before.
        var version = catalogue.Version - 1;
        var events = new List<TicketEvent> { History.Event(1, at, History.Report()) with { Catalogue = version } };
        foreach (var (pace, make) in steps)
        {
            at += pace;
            var fact = make(at, catalogue);
            if (fact is CalendarChanged) version = catalogue.Version;
            events.Add(History.Event(events.Count + 1, at, fact) with { Catalogue = version });
        }

        return new(catalogue, events, at + rest);
    }

    private static Gen<Func<Instant, SlaCatalogue, TicketFact>> Always(TicketFact fact) =>
        Gen.Const<Func<Instant, SlaCatalogue, TicketFact>>((_, _) => fact);
}
