using CsCheck;
using NodaTime;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>What a clock counts for: in which severity, for whom, and how often (support commitment, section 5).</summary>
public sealed class ClockOutcomeTests
{
    [Theory]
    [InlineData("Not yet due is left out", "Mon 09:00 reported | Tue 08:00 now", "")]
    [InlineData("On the very due instant too", "Mon 09:00 reported | Tue 09:00 now", "")]
    [InlineData("Past it, it is breached though it runs", "Mon 09:00 reported | Tue 09:00:00.000001 now", "FirstResponse 3 nobody Tue 09:00 0/1")]
    [InlineData("Kept", "Mon 09:00 reported | 10:00 reply", "FirstResponse 3 nobody Tue 09:00 1/0")]
    [InlineData("Cancelled by a merge is left out", "Mon 09:00 reported | 10:00 merged", "")]
    [InlineData("Paused is left out", "Mon 09:00 reported | 09:30 reply | 09:30 graded 2 | 09:40 waiting | Wed 09:00 now", "FirstResponse 3 nobody Tue 09:00 1/0", "2 PeriodicUpdate PT12H pausing")]
    [InlineData("A silent stretch is breached as often as it missed an update", "Mon 09:00 reported | 09:00 graded 1 | 09:00 work | 09:10 reply | 11:00 reply | 11:01 now",
        "FirstResponse 1 nobody Mon 10:00 1/0; PeriodicUpdate 1 nobody Mon 09:40 0/3")]
    [InlineData("A patch without a target is no promise with an instant", "Mon 09:00 reported | 09:00 graded 2 | 09:10 reply | 09:20 patch", "FirstResponse 2 nobody Mon 15:00 1/0")]
    public void It_counts_what_fell_due(string rule, string events, string outcomes, string policy = "") => Assert.Equal((rule, outcomes), (rule, Outcomes(events, policy)));

    [Theory]
    [InlineData("Breached with Ada, answered by Bob", "Mon 09:00 reported | 10:00 assigned ada | Tue 10:00 assigned bob | 11:00 reply", "FirstResponse 3 ada Tue 09:00 0/1")]
    [InlineData("Kept by Bob before it was due", "Mon 09:00 reported | 10:00 assigned ada | 11:00 assigned bob | 12:00 reply | Wed 09:00 assigned ada", "FirstResponse 3 bob Tue 09:00 1/0")]
    [InlineData("Taken with the answer", "Mon 09:00 reported | 10:00 reply | 10:00 assigned ada", "FirstResponse 3 ada Tue 09:00 1/0")]
    [InlineData("Handed over on the due instant", "Mon 09:00 reported | 10:00 assigned ada | Tue 09:00 assigned bob | 10:00 now", "FirstResponse 3 bob Tue 09:00 0/1")]
    public void It_counts_for_whoever_had_the_ticket_then(string rule, string events, string outcomes) => Assert.Equal((rule, outcomes), (rule, Outcomes(events, "")));

    [Theory]
    [InlineData("Graded after it was due: it fell due as a 3", "Mon 09:00 reported | 16:00 graded 2 | 17:00 now", "FirstResponse 3 nobody Mon 15:00 0/1")]
    [InlineData("Graded before", "Mon 09:00 reported | 10:00 graded 2 | 16:00 now", "FirstResponse 2 nobody Mon 15:00 0/1")]
    [InlineData("A grading that tells the customer ends what ran under the one before", "Mon 09:00 reported | 09:00 graded 1 | 09:00 work | 09:10 reply | 09:30 graded 3",
        "FirstResponse 1 nobody Mon 10:00 1/0; PeriodicUpdate 1 nobody Mon 09:40 1/0")]
    public void It_counts_under_the_severity_of_then(string rule, string events, string outcomes) => Assert.Equal((rule, outcomes), (rule, Outcomes(events, "")));

    [Fact]
    public void What_is_counted_once_stays_counted_so_whatever_follows() => AnyHistory.Any.Sample(history =>
    {
        var now = history.Events[^1].At;
        if (history.Events.Count < 2 || history.Events[^2].At == now) return;
        TicketEvent[] before = [.. history.Events.SkipLast(1)];
        var counted = ClockOutcome.Of(SlaLedger.Fold(history.Catalogue, before, history.Events[^2].At), before);
        var after = ClockOutcome.Of(SlaLedger.Fold(history.Catalogue, history.Events, now), history.Events);
        foreach (var outcome in counted)
            Assert.Contains(after, o => o with { LateBy = null, Attainment = default } == outcome with { LateBy = null, Attainment = default } && o.Attainment.Met == outcome.Attainment.Met && o.Attainment.Breached >= outcome.Attainment.Breached);
    }, iter: 2000);

    [Fact]
    public void Every_clock_that_was_due_and_met_or_breached_is_counted_and_no_other() => AnyHistory.Any.Sample(history =>
    {
        var outcomes = ClockOutcome.Of(history.Clocks, history.Events);
        var sum = outcomes.Aggregate(default(Attainment), (sum, outcome) => sum + outcome.Attainment);
        Assert.Equal(history.Clocks.Count(c => c is { State: SlaClockState.Met, DueAt: not null }), sum.Met);
        Assert.Equal(history.Clocks.Where(c => c.State == SlaClockState.Breached).Sum(c => c.Missed ?? 1L), sum.Breached);
        Assert.All(outcomes, o => Assert.True(o.LateBy is null == (o.Attainment.Breached == 0)));
    }, iter: 2000);

    private static string Outcomes(string events, string policy)
    {
        var history = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)));
        return string.Join("; ", ClockOutcome.Of(history.Clocks, history.Events).Select(o => $"{o.Metric} {(int)o.Severity} {o.AssigneeId ?? "nobody"} {Said(o.DueAt)} {o.Attainment.Met}/{o.Attainment.Breached}"));
    }

    private static string Said(Instant at) => at.ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
