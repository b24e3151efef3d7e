namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Rule 5: pauses while waiting on the customer, where the policy says so for that metric.</summary>
public sealed class PauseTests
{
    [Theory]
    [InlineData("Without a word in the policy nothing pauses", "", "Mon 10:00 reported | 10:10 waiting | 12:00 now",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("Waiting", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | Tue 10:00 now",
        "FirstResponse Mon 10:00 paused")]
    [InlineData("Ended by the customer's message", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 customer",
        "FirstResponse Mon 10:00 due 11:10 running")]
    [InlineData("Ended by a status request", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 asks",
        "FirstResponse Mon 10:00 due 11:10 running; StatusRequest Mon 10:20 due Tue 10:20 running")]
    [InlineData("Ended by work", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 work",
        "FirstResponse Mon 10:00 due 11:10 running")]
    [InlineData("Ended by staff", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 resumed",
        "FirstResponse Mon 10:00 due 11:10 running")]
    [InlineData("Ended by a rejection", "3 Resolution PT8H pausing", "Mon 10:00 reported | 10:10 proposed | 10:20 waiting | 10:30 rejected",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:10; Resolution Mon 10:00 due 18:10 running")]
    [InlineData("Ended by a proposal", "3 Resolution PT8H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 proposed",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:20; Resolution Mon 10:00 due 18:10 running")]
    [InlineData("A note and an assignment end nothing", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 note | 10:30 assigned",
        "FirstResponse Mon 10:00 paused")]
    [InlineData("A reply stops the clock, not the wait", "3 FirstResponse PT1H pausing, 3 Resolution PT8H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 reply",
        "FirstResponse Mon 10:00 due 11:10 met 10:20; Resolution Mon 10:00 paused")]
    [InlineData("A regrade does not end the wait", "* FirstResponse PT4H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 graded 1 | 10:40 customer",
        "FirstResponse Mon 10:00 due 14:30 running")]
    [InlineData("Stopped by a resolution", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 12:00 resolved fix",
        "FirstResponse Mon 10:00 due 12:50 met 12:00")]
    [InlineData("Cancelled by a merge", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 12:00 merged",
        "FirstResponse Mon 10:00 due 12:50 cancelled 12:00")]
    [InlineData("A reopening waits on nobody", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 12:00 resolved fix | Tue 10:00 reopened | 10:10 now",
        "FirstResponse Mon 10:00 due 12:50 met 12:00; FirstResponse Tue 10:00 due 11:00 running")]
    public void A_pause_runs_while_waiting_on_the_customer(string rule, string policy, string events, string clocks) => Check(rule, events, clocks, policy);

    [Theory]
    [InlineData("Pauses add up", "Mon 10:00 reported | 10:10 waiting | 10:20 customer | 10:30 waiting | 10:50 resumed",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("Waiting twice is waiting once", "Mon 10:00 reported | 10:10 waiting | 10:15 waiting | 10:20 customer",
        "FirstResponse Mon 10:00 due 11:10 running")]
    [InlineData("A wait of no length", "Mon 10:00 reported | 10:10 waiting | 10:10 customer | 10:10 waiting | 10:10 customer",
        "FirstResponse Mon 10:00 due 11:00 running")]
    [InlineData("Waiting from the very report", "Mon 10:00 reported | 10:00 waiting | 10:30 customer",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("Waiting from the due instant", "Mon 10:00 reported | 11:00 waiting | 11:30 now",
        "FirstResponse Mon 10:00 paused")]
    [InlineData("From the due instant nothing is left, and nothing is late yet", "Mon 10:00 reported | 11:00 waiting | 12:00 customer",
        "FirstResponse Mon 10:00 due 12:00 running")]
    [InlineData("A microsecond later it is", "Mon 10:00 reported | 11:00 waiting | 12:00 customer | 12:00:00.000001 now",
        "FirstResponse Mon 10:00 due 12:00 breached late PT0.000001S")]
    [InlineData("A breached clock ignores pauses", "Mon 10:00 reported | 11:00:00.000001 waiting | 12:00 now",
        "FirstResponse Mon 10:00 due 11:00 breached late PT1H")]
    public void What_was_left_is_left(string rule, string events, string clocks) => Check(rule, events, clocks, "3 FirstResponse PT1H pausing");

    [Theory]
    [InlineData("They are added", "Mon 10:00 reported | 10:10 waiting | 10:40 customer | 11:00 graded 1",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("Past is judged after adding them", "Mon 10:00 reported | 10:10 waiting | 10:40 customer | 11:15 graded 1",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("And it may be past", "Mon 10:00 reported | 10:10 waiting | 10:40 customer | 11:31 graded 1",
        "FirstResponse Mon 10:00 due 11:30 breached late PT1M")]
    [InlineData("Past before the wait began: breached there, and it waits no more", "Mon 10:00 reported | 12:00 waiting | 12:10 graded 1 | 13:00 now",
        "FirstResponse Mon 10:00 due 11:00 breached late PT2H")]
    [InlineData("Past before an earlier wait began", "Mon 10:00 reported | 12:00 waiting | 12:10 customer | 12:20 graded 1",
        "FirstResponse Mon 10:00 due 11:00 breached late PT1H20M")]
    [InlineData("Only where they fall after the impact: straddling", "Mon 10:00 reported | 10:10 waiting | 10:40 customer | 11:00 graded 1 since 10:30",
        "FirstResponse Mon 10:00 due 11:40 running")]
    [InlineData("Only where they fall after the impact: before", "Mon 10:00 reported | 10:10 waiting | 10:20 customer | 11:00 graded 1 since 10:30",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("The impact began during the wait that still runs", "Mon 10:00 reported | 10:10 waiting | 10:40 graded 1 since 10:30 | 11:00 customer",
        "FirstResponse Mon 10:00 due 12:00 running")]
    [InlineData("Regraded while waiting it stays paused", "Mon 10:00 reported | 10:10 waiting | 10:40 graded 1 | 11:30 now",
        "FirstResponse Mon 10:00 paused")]
    public void A_regrade_keeps_the_pauses_taken(string rule, string events, string clocks) =>
        Check(rule, events, clocks, "1 FirstResponse PT1H pausing, 3 FirstResponse PT4H pausing");

    [Theory]
    [InlineData("To a severity that does not pause", "3 FirstResponse PT4H pausing", "Mon 10:00 reported | 10:10 waiting | 10:40 graded 1 | 10:50 now",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("To one that does", "1 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:40 graded 1 | 10:50 now",
        "FirstResponse Mon 10:00 paused")]
    [InlineData("And on", "1 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10 waiting | 10:40 graded 1 | 10:50 customer",
        "FirstResponse Mon 10:00 due 11:10 running")]
    [InlineData("An update clock begun while waiting stands still at once", "2 PeriodicUpdate PT12H pausing",
        "Mon 10:00 reported | 10:00 graded 2 | 10:00 patch | 10:00 reply | 11:00 waiting | 12:00 reply | 13:00 customer",
        "FirstResponse Mon 10:00 due 16:00 met 10:00; EmergencyPatch Mon 10:00 met 10:00; PeriodicUpdate Mon 10:00 due 23:00 met 12:00; PeriodicUpdate Mon 12:00 due Tue 01:00 running")]
    [InlineData("A status request ends the wait before its clock starts", "* StatusRequest PT4H pausing", "Mon 10:00 reported | 10:10 waiting | 10:20 asks | 10:30 waiting | 10:50 customer",
        "FirstResponse Mon 10:00 due Tue 10:00 running; StatusRequest Mon 10:20 due 14:40 running")]
    [InlineData("A patch may pause", "2 EmergencyPatch PT2H pausing", "Mon 10:00 reported | 10:00 graded 2 | 11:00 waiting | 12:00 work",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:00 due 13:00 running")]
    [InlineData("One owed without a target does not", "", "Mon 10:00 reported | 10:00 graded 2 | 11:00 waiting",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:00 owed")]
    public void The_target_in_force_decides_whether_it_pauses(string rule, string policy, string events, string clocks) => Check(rule, events, clocks, policy);

    [Theory]
    [InlineData("Only open time is left out", "Mon 15:00 reported | 16:00 waiting | Tue 10:00 customer",
        "FirstResponse Mon 15:00 due Tue 13:00 running")]
    [InlineData("A wait over night costs nothing", "Mon 15:00 reported | 17:00 waiting | Tue 09:00 customer",
        "FirstResponse Mon 15:00 due Tue 11:00 running")]
    [InlineData("Used up at the closing, the wait began later: breached at the closing", "Mon 13:00 reported | 18:00 waiting | Tue 10:00 customer",
        "FirstResponse Mon 13:00 due 17:00 breached late PT17H")]
    [InlineData("Regraded after it", "Mon 09:00 reported | 10:00 waiting | 11:00 customer | 12:00 graded 2 since 10:30",
        "FirstResponse Mon 09:00 due 14:00 running; EmergencyPatch Mon 12:00 owed")]
    public void Pauses_and_business_time(string rule, string events, string clocks) =>
        Check(rule, events, clocks, "3 FirstResponse PT4H on Business pausing");

    private static void Check(string rule, string events, string clocks, string policy = "")
    {
        Assert.NotEmpty(rule);
        History.AssertClocks(events, clocks, policy);
    }
}
