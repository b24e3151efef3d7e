using CsCheck;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>The same events under another commitment.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("Twice as long is kept", "Mon 09:00 reported | Tue 10:00 reply", "3 FirstResponse P2D", "FirstResponse Met Wed 09:00")]
    [InlineData("Half as long is broken", "Mon 09:00 reported | 22:00 reply", "3 FirstResponse PT12H", "FirstResponse Breached Mon 21:00")]
    [InlineData("What is not promised has no clock", "Mon 09:00 reported | 10:00 reply | 10:30 asks", "3 StatusRequest none", "FirstResponse Met Tue 09:00")]
    [InlineData("A move between policies is left out", "Mon 09:00 reported | 10:00 moved 2 | 11:00 reply", "3 FirstResponse PT1H", "FirstResponse Breached Mon 10:00")]
    public void It_is_judged_as_if_the_other_had_been_in_force(string rule, string events, string policy, string clocks)
    {
        var history = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(""), SomeSla.Policy("3 FirstResponse P3D", version: 2)));
        var replayed = new Replay(SomeSla.Policy(policy, version: 7), SomeSla.Calendars).Fold(history.Events, history.Now);
        Assert.Equal((rule, clocks), (rule, string.Join("; ", replayed.Where(c => c.DueAt is not null).Select(c => $"{c.Metric} {c.State} {c.DueAt!.Value.ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture)}"))));
    }

    [Fact]
    public void On_another_calendar_other_hours_count()
    {
        var history = History.Read("Mon 09:00 reported | 10:00 reply | 16:00 asks | Tue 12:00 reply", SomeSla.Catalogue(SomeSla.Policy("")));
        var nights = SomeSla.Calendar(SomeSla.Business.Spec with { Hours = new Dictionary<string, string[]> { ["monday"] = ["16:00-24:00"] } });
        Assert.Equal(SlaClockState.Met, State(new Replay(SomeSla.Policy(""), SomeSla.Calendars)));
        Assert.Equal(SlaClockState.Breached, State(new Replay(SomeSla.Policy(""), [nights])));

        SlaClockState State(Replay replay) => replay.Fold(history.Events, history.Now).Single(clock => clock.Metric == SlaMetric.StatusRequest).State;
    }

    [Fact]
    public void Under_the_commitment_that_was_in_force_nothing_changes() => AnyHistory.Any.Sample(history =>
    {
        if (history.Events.Any(happened => happened.Fact is PolicyMoved or CalendarChanged)) return;
        var calendars = SomeSla.Calendars.Select(calendar => history.Catalogue.Calendar(calendar.Name, history.Events[0].Catalogue));
        var replay = new Replay(history.Catalogue.Policy(new(SlaPolicy.StandardPlan, 1)), calendars);
        Assert.Equal(history.Clocks.Select(Said), replay.Fold(history.Events, history.Now).Select(Said));
    }, iter: 2000);

    private static string Said(SlaClock clock) => $"{clock.Metric} {clock.StartedAt} {clock.DueAt} {clock.StoppedAt} {clock.State} {clock.Missed}";
}
