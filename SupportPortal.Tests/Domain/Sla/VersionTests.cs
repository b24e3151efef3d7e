using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Section 2 and rule 10: a ticket keeps the versions it was made under until an event names others.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("Counted from its own start", "", "3 FirstResponse PT8H", "Mon 10:00 reported | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 18:00 running")]
    [InlineData("Due in the past: breached there", "", "3 FirstResponse PT1H", "Mon 10:00 reported | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 11:00 breached late PT1H")]
    [InlineData("A breach stays", "3 FirstResponse PT1H", "", "Mon 10:00 reported | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 11:00 breached late PT1H")]
    [InlineData("What stopped stays", "", "3 FirstResponse PT1H", "Mon 10:00 reported | 11:30 reply | 12:00 moved 2",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:30")]
    [InlineData("Levels keep their impact", "", "2 FirstResponse PT4H", "Mon 10:00 reported | 12:00 graded 2 since 11:00 | 12:10 patch | 13:00 moved 2",
        "FirstResponse Mon 10:00 due 15:00 running; EmergencyPatch Mon 12:00 met 12:10")]
    [InlineData("Updates and status requests from their starts", "", "2 PeriodicUpdate PT4H, * StatusRequest PT3H",
        "Mon 10:00 reported | 10:00 graded 2 | 10:00 patch | 11:00 reply | 11:30 asks | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 met 10:00; PeriodicUpdate Mon 11:00 due 15:00 running; StatusRequest Mon 11:30 due 14:30 running")]
    [InlineData("A status request counts by the severity at which it was asked", "", "3 StatusRequest PT3H", "Mon 10:00 reported | 11:00 asks | 12:00 graded 1 since 12:00 | 12:10 moved 2",
        "FirstResponse Mon 10:00 due 13:00 running; StatusRequest Mon 11:00 due 14:00 running")]
    [InlineData("No target any more: cancelled", "", "3 FirstResponse none", "Mon 10:00 reported | 12:00 moved 2",
        "FirstResponse Mon 10:00 due Tue 10:00 cancelled Mon 12:00")]
    [InlineData("Nor for updates", "", "2 PeriodicUpdate none", "Mon 10:00 reported | 10:00 graded 2 | 10:00 patch | 11:00 reply | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 met 10:00; PeriodicUpdate Mon 11:00 due 23:00 cancelled 12:00")]
    [InlineData("A resolution promised for the first time counts from the report", "", "3 Resolution PT8H", "Mon 10:00 reported | 11:00 reply | 12:00 moved 2",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; Resolution Mon 10:00 due 18:00 running")]
    [InlineData("A patch that was owed falls due", "", "2 EmergencyPatch PT8H", "Mon 10:00 reported | 10:30 graded 2 | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:30 due 18:30 running")]
    [InlineData("A patch that fell due is owed", "2 EmergencyPatch PT8H", "", "Mon 10:00 reported | 10:30 graded 2 | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:30 owed")]
    [InlineData("Paused, and no longer", "3 FirstResponse PT4H pausing", "3 FirstResponse PT4H", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2",
        "FirstResponse Mon 10:00 due 15:00 running")]
    [InlineData("Waiting, and paused from now", "3 FirstResponse PT4H", "3 FirstResponse PT4H pausing", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2 | 13:00 customer",
        "FirstResponse Mon 10:00 due 15:00 running")]
    [InlineData("The next cycle too", "", "3 FirstResponse PT8H", "Mon 10:00 reported | 11:00 reply | 12:00 moved 2 | 12:30 resolved fix | 13:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; FirstResponse Mon 13:00 due 21:00 running")]
    public void A_policy_move_is_due_anew(string rule, string policy, string next, string events, string clocks)
    {
        Assert.NotEmpty(rule);
        History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy), SomeSla.Policy(next, version: 2))).AssertClocks(clocks);
    }

    [Theory]
    [InlineData("Without its event nothing changes", "Mon 10:00 reported | 15:00 asks | 16:00 note",
        "FirstResponse Mon 10:00 due Tue 10:00 running; StatusRequest Mon 15:00 due Tue 15:00 running")]
    [InlineData("A running clock is due anew", "Mon 10:00 reported | 15:00 asks | 16:00 calendar Business",
        "FirstResponse Mon 10:00 due Tue 10:00 running; StatusRequest Mon 15:00 due Wed 15:00 running")]
    [InlineData("A clock that starts later knows it", "Mon 10:00 reported | 15:00 calendar Business | 16:00 asks",
        "FirstResponse Mon 10:00 due Tue 10:00 running; StatusRequest Mon 16:00 due Wed 16:00 running")]
    [InlineData("A breach stays", "Mon 10:00 reported | 15:00 asks | Tue 15:00:01 calendar Business",
        "FirstResponse Mon 10:00 due Tue 10:00 breached late PT5H1S; StatusRequest Mon 15:00 due Tue 15:00 breached late PT1S")]
    [InlineData("What stopped stays", "Mon 10:00 reported | 15:00 asks | 15:30 reply | 16:00 calendar Business",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 15:30; StatusRequest Mon 15:00 due Tue 15:00 met Mon 15:30")]
    [InlineData("Another calendar's edit is not this one's", "Mon 10:00 reported | 15:00 asks | 16:00 calendar Lunch",
        "FirstResponse Mon 10:00 due Tue 10:00 running; StatusRequest Mon 15:00 due Tue 15:00 running")]
    public void A_calendar_edit_is_due_anew(string rule, string events, string clocks)
    {
        var edited = SomeSla.Calendar(BusinessCalendar.BusinessDefault with { Holidays = [new() { Date = "2026-01-06" }] });
        Check(rule, events, clocks, edited, "");
    }

    [Theory]
    [InlineData("A shorter workday, due earlier: in the past, so breached there", "Mon 20:00 reported | 22:00 asks | Tue 01:30 calendar BerlinNight",
        "FirstResponse Mon 20:00 due Tue 20:00 running; StatusRequest Mon 22:00 due Tue 00:00 breached late PT1H30M")]
    [InlineData("In time", "Mon 20:00 reported | 22:00 asks | 23:00 calendar BerlinNight",
        "FirstResponse Mon 20:00 due Tue 20:00 running; StatusRequest Mon 22:00 due Tue 00:00 running")]
    [InlineData("While paused", "Mon 20:00 reported | 22:00 asks | 22:30 waiting | 23:00 calendar BerlinNight | Tue 01:00 customer",
        "FirstResponse Mon 20:00 due Tue 20:00 running; StatusRequest Mon 22:00 due Tue 02:30 running")]
    public void An_edit_of_hours_over_midnight(string rule, string events, string clocks) =>
        Check(rule, events, clocks, SomeSla.Calendar(SomeSla.BerlinNight.Spec with { WorkdayLength = "PT2H" }), "* StatusRequest P1D on BerlinNight pausing", "Europe/Berlin");

    [Fact]
    public void Only_the_promises_on_that_calendar_are_made_anew() =>
        Check("Lunch was edited in the same version, but its own event has not come", "Mon 10:00 reported | 11:00 graded 2 | 11:00 patch | 12:00 calendar Business",
            "FirstResponse Mon 10:00 due 15:00 running; EmergencyPatch Mon 11:00 met 11:00",
            SomeSla.Calendar(SomeSla.Lunch.Spec with { Holidays = [new() { Date = "2026-01-05" }] }),
            "2 FirstResponse PT4H on Lunch, 3 FirstResponse PT7H on Business");

    private static void Check(string rule, string events, string clocks, BusinessCalendar edited, string policy, string zone = "UTC")
    {
        Assert.NotEmpty(rule);
        History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)).With(edited), zone).AssertClocks(clocks, zone);
    }
}
