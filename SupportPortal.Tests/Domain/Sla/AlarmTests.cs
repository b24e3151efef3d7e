using CsCheck;
using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Which alarm when: shares of the target left, due, breached, every further half target; section 2.</summary>
public sealed class AlarmTests
{
    private static readonly Duration Moment = Duration.FromTicks(10);

    [Theory]
    [InlineData("Half, a quarter, due, breached, then every half target", "", "Mon 10:00 reported", "Wed 23:00",
        "Mon 22:00 50 % left, Tue 04:00 25 % left, 10:00 due, 10:00:00.000001 breached, 22:00 overdue 1, Wed 10:00 overdue 2, 22:00 overdue 3")]
    [InlineData("From the impact, where a graver level decides", "", "Mon 10:00 reported | 10:50 graded 1 since 10:40", "Mon 12:20",
        "Mon 11:10 50 % left, 11:25 25 % left, 11:40 due, 11:40:00.000001 breached, 12:10 overdue 1")]
    [InlineData("On a calendar only open hours count", "3 FirstResponse PT8H on NewYork", "Mon 10:00 reported", "Tue 22:30",
        "Mon 18:00 50 % left, 20:00 25 % left, 22:00 due, 22:00:00.000001 breached, Tue 18:00 overdue 1, 22:00 overdue 2")]
    [InlineData("A pause is left out", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 12:10 customer", "Mon 13:05",
        "Mon 12:30 50 % left, 12:45 25 % left, 13:00 due, 13:00:00.000001 breached")]
    [InlineData("What passed before a pause stays where it was", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:40 waiting | 12:40 customer", "Mon 13:00",
        "Mon 10:30 50 % left, 12:45 25 % left, 13:00 due")]
    [InlineData("A paused clock has none", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting", "Tue 10:00", "")]
    [InlineData("A stopped clock has none", "2 EmergencyPatch none", "Mon 10:00 reported | 10:10 reply", "Fri 10:00", "")]
    public void Alarms_come_in_this_order(string rule, string policy, string events, string until, string alarms)
    {
        Assert.NotEmpty(rule);
        var history = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)));
        Assert.Equal(alarms, Told(history.Clocks[0], new When("UTC").Read(until)));
    }

    [Fact]
    public void A_policy_names_its_own_thresholds()
    {
        var standard = SomeSla.Policy("");
        var targets = standard.Severities.Select(s => s with { Targets = [.. s.Targets.Select(t => t with { Reminders = [0.1m, 0.5m, 0.1m] })] });
        var history = History.Read("Mon 10:00 reported", SomeSla.Catalogue(standard with { Severities = [.. targets] }));
        Assert.Equal("Mon 22:00 50 % left, Tue 07:36 10 % left, 10:00:00.000001 breached", Told(history.Clocks[0], new When("UTC").Read("Tue 12:00")));
    }

    [Fact]
    public void A_patch_that_is_owed_is_named_once_a_day()
    {
        var history = History.Read("Mon 10:00 reported | 11:00 graded 2", SomeSla.Catalogue(SomeSla.Policy("")));
        var patch = history.Clocks.Single(c => c.Metric == SlaMetric.EmergencyPatch);
        Assert.Equal("Tue 11:00 owed 1, Wed 11:00 owed 2", Told(patch, new When("UTC").Read("Wed 12:00")));
    }

    [Theory]
    [InlineData("Mon 21:59:59.999999", null)]
    [InlineData("Mon 22:00", "Mon 22:00 50 % left")]
    [InlineData("Tue 10:00", "Tue 10:00 due")]
    [InlineData("Tue 10:00:00.000001", "Tue 10:00:00.000001 breached")]
    [InlineData("Tue 21:59:59.999999", "Tue 10:00:00.000001 breached")]
    [InlineData("Tue 22:00", "Tue 22:00 overdue 1")]
    public void After_a_jump_over_several_the_latest_counts(string now, string? latest)
    {
        var clock = History.Read("Mon 10:00 reported", SomeSla.Catalogue(SomeSla.Policy(""))).Clocks[0];
        Assert.Equal(latest, Alarms.Latest(clock, new When("UTC").Read(now)) is { } alarm ? Text(alarm, null) : null);
    }

    /// <summary>The next one is later, nothing lies between, and it is the latest as soon as it comes: whoever walks from one to the next omits and repeats none.</summary>
    [Fact]
    public void On_any_history_the_next_alarm_is_the_first_one_after_now() => Gen.Select(AnyHistory.Any, Gen.Long[0, 900_000_000_000]).Sample((history, further) =>
    {
        var now = history.Now + Duration.FromTicks(further * 10);
        foreach (var clock in history.Clocks)
        {
            var (latest, next) = (Alarms.Latest(clock, now), Alarms.Next(clock, now));
            Assert.True(latest is null || latest.At <= now);
            Assert.True(next is null || next.At > now);
            Assert.Equal(clock.IsLive && clock.State != SlaClockState.Paused, next is not null);
            if (next is null) continue;
            Assert.Equal(latest, Alarms.Latest(clock, next.At - Moment));
            Assert.Equal(next, Alarms.Latest(clock, next.At));
            if (latest is not null) Assert.Equal(next, Alarms.Next(clock, latest.At));
            Assert.Equal(next, Alarms.Next(clock, next.At - Moment));
            Assert.Equal(next.IsBreach, clock.DueAt < next.At);
        }
    }, iter: 2000, print: t => string.Join(" | ", t.Item1.Events.Select(e => $"{e.At} {e.Fact.GetType().Name}")));

    private static string Told(SlaClock clock, Instant until)
    {
        var (told, now) = (new List<string>(), clock.StartedAt - Moment);
        Instant? last = null;
        while (Alarms.Next(clock, now) is { } alarm && alarm.At <= until)
        {
            told.Add(Text(alarm, last));
            (now, last) = (alarm.At, alarm.At);
        }

        return string.Join(", ", told);
    }

    private static string Text(Alarm alarm, Instant? before) => $"{new When("UTC").Text(alarm.At, before)} " + alarm.Step switch
    {
        AlarmStep.Approaching => $"{(int)(alarm.Left * 100)} % left",
        AlarmStep.Due => "due",
        AlarmStep.Breached => "breached",
        AlarmStep.Overdue => $"overdue {alarm.Count}",
        _ => $"owed {alarm.Count}",
    };
}
