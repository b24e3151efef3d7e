using CsCheck;
using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>What holds on every history, under every policy.</summary>
public sealed class ClockPropertyTests
{
    private const int Lives = 2000;

    [Fact]
    public void A_further_event_never_undoes_a_breach() => AnyHistory.Any.Sample(history =>
    {
        // The last event is the further one, at the very instant at which the life before it is judged.
        var shorter = history with { Events = [.. history.Events.SkipLast(1)], Now = history.Events[^1].At };
        var longer = history with { Now = shorter.Now };
        foreach (var (before, after) in shorter.Clocks.Zip(longer.Clocks))
        {
            Assert.Equal((before.Metric, before.StartedAt), (after.Metric, after.StartedAt));
            if (!before.IsLive) Assert.Equal(Told(before), Told(after));
            else if (before.State == SlaClockState.Breached)
            {
                Assert.Equal((before.DueAt, before.State, before.LateBy, before.Missed, before.Promise), (after.DueAt, after.State, after.LateBy, after.Missed, after.Promise));
            }
        }

        Assert.True(longer.Clocks.Count >= shorter.Clocks.Count);
    }, iter: Lives, print: Print);

    [Fact]
    public void Folding_twice_gives_the_same() => AnyHistory.Any.Sample(history =>
        Assert.Equal(history.Clocks.Select(Told), SlaLedger.Fold(history.Catalogue, [.. history.Events], history.Now).Select(Told)), iter: Lives / 4, print: Print);

    [Fact]
    public void A_later_now_only_moves_running_clocks_to_breached() => Gen.Select(AnyHistory.Any, Gen.Long[0, 900_000_000_000]).Sample((history, further) =>
    {
        var later = history with { Now = history.Now + Duration.FromTicks(further * 10) };
        Assert.Equal(history.Clocks.Count, later.Clocks.Count);
        foreach (var (before, after) in history.Clocks.Zip(later.Clocks))
        {
            Assert.Equal((before.Metric, before.StartedAt, before.DueAt, before.StoppedAt, before.Promise), (after.Metric, after.StartedAt, after.DueAt, after.StoppedAt, after.Promise));
            Assert.Equal(before.State == SlaClockState.Running && before.DueAt < later.Now ? SlaClockState.Breached : before.State, after.State);
            Assert.True(!before.IsLive ? before.LateBy == after.LateBy && before.Missed == after.Missed : (before.LateBy is null || before.LateBy <= after.LateBy) && (before.Missed is null || before.Missed <= after.Missed));
            Assert.Equal(Told(after), Told(before.IsLive ? before.At(later.Now) : before));
        }
    }, iter: Lives, print: t => Print(t.Item1));

    [Theory]
    [InlineData("Tue 10:00", SlaClockState.Running)]
    [InlineData("Tue 10:00:00.000001", SlaClockState.Breached)]
    public void A_clock_judged_later_is_breached_only_after_its_due_instant(string later, SlaClockState state)
    {
        var clock = History.Read("Mon 10:00 reported", SomeSla.Catalogue(SomeSla.Policy(""))).Clocks[0];
        Assert.Equal(state, clock.At(new When("UTC").Read(later)).State);
    }

    [Fact]
    public void Every_clock_is_of_a_piece() => AnyHistory.Any.Sample(history =>
    {
        foreach (var clock in history.Clocks)
        {
            Assert.True(clock.StoppedAt is null || clock.StoppedAt >= clock.StartedAt, "stopped before it started");
            Assert.True(clock.DueAt is null || clock.DueAt >= clock.StartedAt, "due before it started");
            Assert.Equal(clock.State switch
            {
                SlaClockState.Running => (true, true, false),
                SlaClockState.Paused or SlaClockState.Owed => (true, false, false),
                SlaClockState.Breached => (clock.IsLive, true, true),
                _ => (false, clock.DueAt is not null, false),
            }, (clock.IsLive, clock.DueAt is not null, clock.LateBy is not null));
            Assert.Equal(clock.State == SlaClockState.Breached, clock.DueAt < (clock.StoppedAt ?? history.Now) && clock.State != SlaClockState.Cancelled);
            Assert.Equal(clock.Metric == SlaMetric.PeriodicUpdate, clock.Missed is not null);
            Assert.True(clock.Missed is null || clock.Missed > 0 == (clock.State == SlaClockState.Breached));
        }
    }, iter: Lives, print: Print);

    [Fact]
    public void At_most_one_clock_a_metric_is_live_at_any_time() => AnyHistory.Any.Sample(history =>
    {
        foreach (var metric in history.Clocks.GroupBy(clock => clock.Metric))
        {
            var clocks = metric.ToList();
            Assert.All(clocks.SkipLast(1), clock => Assert.False(clock.IsLive));
            Assert.All(clocks.Zip(clocks.Skip(1)), pair => Assert.True(pair.First.StartedAt <= pair.Second.StartedAt));
        }
    }, iter: Lives, print: Print);

    [Fact]
    public void An_explanation_leads_from_the_promise_to_the_due_instant_and_adds_up_to_the_target() => AnyHistory.Any.Sample(history =>
    {
        foreach (var clock in history.Clocks)
        {
            if (DueExplanation.Of(clock) is not { } why)
            {
                Assert.Null(clock.DueAt);
                continue;
            }

            Assert.Equal(clock.DueAt, why.DueAt);
            Assert.Equal(why.Promise.Since, why.Stretches[0].From);
            Assert.Equal(why.DueAt, why.Stretches[^1].To);
            Assert.All(why.Stretches, stretch => Assert.True(stretch.From < stretch.To));
            Assert.All(why.Stretches.Zip(why.Stretches.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.Equal(why.Promise.Length, why.Stretches.Where(s => s.Kind == DueStretchKind.Running).Aggregate(Duration.Zero, (sum, s) => sum + (s.To - s.From)));
        }
    }, iter: Lives, print: Print);

    [Fact]
    public void Ticket_and_clocks_agree_on_what_is_open()
    {
        // A resolution promised at every severity is owed exactly while the ticket is open.
        var promised = SomeSla.Catalogue(SomeSla.Policy("* Resolution P3D"), SomeSla.Policy("* Resolution PT5H pausing", version: 2));
        AnyHistory.Of(Gen.Const(promised.With(SomeSla.Business)), most: 40).Sample(history =>
        {
            for (var n = 1; n <= history.Events.Count; n++)
            {
                var events = history.Events.Take(n).ToList();
                var ticket = Ticket.Fold(1, events);
                var clocks = SlaLedger.Fold(history.Catalogue, events, events[^1].At);
                Assert.Equal(ticket.Status.IsOpen, clocks.Any(c => c is { Metric: SlaMetric.Resolution, IsLive: true }));
                Assert.True(ticket.Status.IsOpen || clocks.All(c => !c.IsLive));
                Assert.Equal(ticket.CycleStart, clocks.Last(c => c.Metric == SlaMetric.Resolution).StartedAt);
                if (clocks.LastOrDefault(c => c is { Metric: SlaMetric.EmergencyPatch, IsLive: true }) is not null) Assert.Equal(Severity.High, ticket.Severity);
            }
        }, iter: 300, print: Print);
    }

    /// <summary>What a clock tells, pauses by value.</summary>
    private static string Told(SlaClock clock) =>
        $"{clock.Metric} {clock.StartedAt:uuuu-MM-ddTHH:mm:ss.FFFFFF} {clock.DueAt} {clock.StoppedAt} {clock.State} {clock.LateBy} {clock.Missed} {clock.Promise} {string.Join(",", clock.Pauses)}";

    private static string Print(History history) =>
        string.Join("\n", history.Events.Select(e => $"{e.At:uuuu-MM-ddTHH:mm:ss.FFFFFF} v{e.Catalogue} {e.Fact.GetType().Name} {(e.Fact is SeverityChanged c ? $"{c.To} since {c.ImpactSince}" : "")}"))
        + "\n" + string.Join("\n", history.Clocks.Select(Told))
        + "\n" + string.Join("\n", history.Catalogue.Policies.SelectMany(p => p.Severities.Select(s => $"v{p.Version} {s.Severity}: {string.Join(", ", s.Targets)}")));
}
