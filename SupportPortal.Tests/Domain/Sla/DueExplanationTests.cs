using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Rule 11: every due instant says from which start, with which target, over which stretches it came.</summary>
public sealed class DueExplanationTests
{
    [Theory]
    [InlineData("Round the clock", "", "Mon 10:00 reported",
        "Severity 3 – Normal PT24H: Mon 10:00 Running Tue 10:00")]
    [InlineData("The level that decides and since when", "", "Mon 10:00 reported | 12:00 graded 2 since 11:00 | 12:10 graded 1 since 12:05",
        "Severity 1 – Critical PT1H: Mon 12:05 Running 13:05")]
    [InlineData("The milder promise that still stands", "", "Mon 10:00 reported | Tue 09:50 graded 1 since 09:45",
        "Severity 3 – Normal PT24H: Mon 10:00 Running Tue 10:00")]
    [InlineData("Over lunch", "3 FirstResponse PT2H on Lunch", "Thu 11:30 reported",
        "Severity 3 – Normal PT2H: Thu 11:30 Running 12:00 OutsideHours 13:00 Running 14:30")]
    [InlineData("Over a weekend", "3 FirstResponse P1D on Business", "Fri 16:00 reported",
        "Severity 3 – Normal P1D: Fri 16:00 Running 17:00 OutsideHours Mon+1 09:00 Running 16:00")]
    [InlineData("From outside the hours", "3 FirstResponse P1D on Business", "Sat 11:00 reported",
        "Severity 3 – Normal P1D: Sat 11:00 OutsideHours Mon+1 09:00 Running 17:00")]
    [InlineData("A pause", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10:05 waiting | 10:10:35 resumed",
        "Severity 3 – Normal PT1H: Mon 10:00 Running 10:10:05 Paused 10:10:35 Running 11:00:30")]
    [InlineData("A pause that began before the impact", "1 FirstResponse PT1H pausing, 3 FirstResponse PT4H pausing",
        "Mon 10:00 reported | 10:10 waiting | 10:40 customer | 11:00 graded 1 since 10:30",
        "Severity 1 – Critical PT1H: Mon 10:30 Paused 10:40 Running 11:40")]
    [InlineData("A pause after it was due is no part of it", "1 FirstResponse PT1H, 3 FirstResponse PT4H pausing",
        "Mon 10:00 reported | 12:00 waiting | 12:10 customer | 12:20 graded 1",
        "Severity 1 – Critical PT1H: Mon 10:00 Running 11:00")]
    [InlineData("A pause over night", "3 FirstResponse PT4H on Business pausing", "Mon 15:00 reported | 16:00 waiting | Tue 10:00 customer",
        "Severity 3 – Normal PT4H: Mon 15:00 Running 16:00 Paused Tue 10:00 Running 13:00")]
    [InlineData("While paused nothing is due", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting", "")]
    public void It_tells_the_way_to_the_due_instant(string what, string policy, string events, string expected)
    {
        Assert.NotEmpty(what);
        var history = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)));
        Assert.Equal(expected, Text(DueExplanation.Of(history.Clocks[0]), new When("UTC")));
    }

    [Fact]
    public void A_holiday_is_told_apart()
    {
        var history = History.Read("Fri 15:00 reported", SomeSla.Catalogue(SomeSla.Policy("3 FirstResponse P1D on NewYorkHoliday")), "America/New_York");
        Assert.Equal(
            "Severity 3 – Normal P1D: Fri 15:00 Running 17:00 OutsideHours Mon+1 09:00 Holiday 17:00 OutsideHours Tue+1 09:00 Running 15:00",
            Text(DueExplanation.Of(history.Clocks[0]), new When("America/New_York")));
    }

    private static string Text(DueExplanation? why, When when)
    {
        if (why is null) return "";
        var text = $"{why.Promise.Severity.Title} {why.Promise.Target.Target}: {when.Text(why.Promise.Since, null)}";
        foreach (var stretch in why.Stretches) text += $" {stretch.Kind} {when.Text(stretch.To, stretch.From)}";
        return text;
    }
}
