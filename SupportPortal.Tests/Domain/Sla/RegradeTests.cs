namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Rule 3: what a grading does to the clocks, and what it leaves alone.</summary>
public sealed class RegradeTests
{
    [Theory]
    [InlineData("A confirmation touches nothing", "Mon 10:00 reported | 10:30 confirmed",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("The same severity again changes nothing", "Mon 10:00 reported | 10:30 graded 3 since 10:20",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("Impact at the very report", "Mon 10:00 reported | 10:30 graded 1 since 10:00",
        "FirstResponse Mon 10:00 due 11:00 running")]
    [InlineData("Impact at the very grading", "Mon 10:00 reported | 10:30 graded 1 since 10:30",
        "FirstResponse Mon 10:00 due 11:30 running")]
    [InlineData("Severity 3 counts since the report, always", "Mon 10:00 reported | 10:10 graded 1 since 10:05 | 10:20 graded 3 since 10:15",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("A graver level since earlier draws the milder with it", "Mon 10:00 reported | 10:20 graded 2 since 10:15 | 10:30 graded 1 | 10:40 graded 2",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:20 cancelled 10:30; EmergencyPatch Mon 10:40 owed")]
    [InlineData("A milder level since earlier stays", "Mon 10:00 reported | 11:00 graded 2 since 10:30 | 11:10 graded 1 since 11:05 | 11:20 graded 2",
        "FirstResponse Mon 10:00 due 16:30 running; EmergencyPatch Mon 11:00 cancelled 11:10; EmergencyPatch Mon 11:20 owed")]
    [InlineData("A downgrade may name a later impact", "Mon 10:00 reported | 10:20 graded 1 | 10:40 graded 2 since 10:30",
        "FirstResponse Mon 10:00 due 16:30 running; EmergencyPatch Mon 10:40 owed")]
    [InlineData("An unset milder level takes the graver one's impact", "Mon 10:00 reported | 10:30 graded 1 since 10:20 | 10:40 graded 2",
        "FirstResponse Mon 10:00 due 16:20 running; EmergencyPatch Mon 10:40 owed")]
    [InlineData("A downgrade clears the graver levels", "Mon 10:00 reported | 10:10 graded 1 since 10:05 | 10:20 graded 2 since 10:08 | 10:30 graded 1 since 10:25",
        "FirstResponse Mon 10:00 due 11:25 running; EmergencyPatch Mon 10:20 cancelled 10:30")]
    [InlineData("Impact left out on an upgrade is as reported", "Mon 10:00 reported | 10:10 graded 1 since 10:05 | 10:20 graded 2 since 10:08 | 10:30 graded 1",
        "FirstResponse Mon 10:00 due 11:00 running; EmergencyPatch Mon 10:20 cancelled 10:30")]
    [InlineData("A due instant in the past is breached there", "Mon 10:00 reported | 17:00 graded 2",
        "FirstResponse Mon 10:00 due 16:00 breached late PT1H; EmergencyPatch Mon 17:00 owed")]
    [InlineData("A due instant now is not past", "Mon 10:00 reported | 16:00 graded 2",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 16:00 owed")]
    [InlineData("A breach runs on until it is answered", "Mon 10:00 reported | 10:10 graded 1 | 11:30 graded 3 | 12:00 reply",
        "FirstResponse Mon 10:00 due 11:00 breached 12:00 late PT1H")]
    [InlineData("No later impact moves a breach", "Mon 10:00 reported | 10:10 graded 1 | 11:30 graded 3 | 11:40 graded 1 since 11:35",
        "FirstResponse Mon 10:00 due 11:00 breached late PT40M")]
    public void The_first_response_is_due_by_the_earliest_promise(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("Before the first response it stops nothing", "Mon 10:00 reported | 10:00 asks | 10:30 graded 2",
        "FirstResponse Mon 10:00 due 16:00 running; StatusRequest Mon 10:00 due Tue 10:00 running; EmergencyPatch Mon 10:30 owed")]
    [InlineData("After it, it is a public update", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 12:00 customer | 13:00 asks | 14:00 graded 1",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 cancelled 14:00; PeriodicUpdate Mon 11:00 due 23:00 met 14:00; "
        + "NextResponse Mon 12:00 due 16:00 met 14:00; StatusRequest Mon 13:00 due Tue 13:00 met Mon 14:00; PeriodicUpdate Mon 14:00 due 14:30 running")]
    [InlineData("A late one leaves breaches", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 12:00 customer | 16:30 graded 3",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 cancelled 16:30; PeriodicUpdate Mon 11:00 due 23:00 met 16:30; "
        + "NextResponse Mon 12:00 due 16:00 breached 16:30 late PT30M")]
    [InlineData("After an answer at 3, grading to 1 asks for no second first response", "Mon 10:00 reported | 10:05 reply | 10:20 graded 1",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:05; PeriodicUpdate Mon 10:20 due 10:50 running")]
    [InlineData("Grading to 3 starts no update clock", "Mon 10:00 reported | 10:00 graded 1 | 10:05 reply | 10:05 work | 10:40 graded 3",
        "FirstResponse Mon 10:00 due 11:00 met 10:05; PeriodicUpdate Mon 10:05 due 10:35 breached 10:40 late PT5M missed 1")]
    public void A_grading_is_told_to_the_customer(string rule, string events, string clocks) => Check(rule, events, clocks, "* NextResponse PT4H");

    [Theory]
    [InlineData("Work begun before the grading to 1 counts", "Mon 10:00 reported | 10:05 work | 10:20 graded 1 | 10:40 reply",
        "FirstResponse Mon 10:00 due 11:00 met 10:40; PeriodicUpdate Mon 10:40 due 11:10 running")]
    [InlineData("Work alone is no response", "Mon 10:00 reported | 10:20 graded 1 | 10:30 work",
        "FirstResponse Mon 10:00 due 11:00 running")]
    [InlineData("Answered, not worked on, downgraded to 2: stops at the regrade", "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 10:50 graded 2",
        "FirstResponse Mon 10:00 due 16:00 met 10:50; EmergencyPatch Mon 10:50 owed; PeriodicUpdate Mon 10:50 due 22:50 running")]
    [InlineData("The same to 3", "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 10:50 graded 3",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:50")]
    [InlineData("Too late it stays breached", "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 11:10 graded 2",
        "FirstResponse Mon 10:00 due 11:00 breached 11:10 late PT10M; EmergencyPatch Mon 11:10 owed; PeriodicUpdate Mon 11:10 due 23:10 running")]
    [InlineData("That regrade comes before the first response was given: it stops no other clock",
        "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 10:45 asks | 10:50 graded 3",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:50; StatusRequest Mon 10:45 due Tue 10:45 running")]
    [InlineData("Unanswered, a downgrade stops nothing", "Mon 10:00 reported | 10:20 graded 1 | 10:30 work | 10:50 graded 3",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("A further reply before the work answers the status request only", "Mon 10:00 reported | 10:01 graded 1 | 10:05 reply | 10:10 asks | 10:20 reply | 10:30 work",
        "FirstResponse Mon 10:00 due 11:00 met 10:30; StatusRequest Mon 10:10 due Tue 10:10 met Mon 10:20; PeriodicUpdate Mon 10:30 due 11:00 running")]
    public void Severity_1_is_answered_by_a_reply_and_the_start_of_work(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("No promise left: cancelled", "Mon 10:00 reported | 10:30 graded 1 | 10:40 graded 3",
        "FirstResponse Mon 10:00 due 11:00 cancelled 10:40")]
    [InlineData("A breached one runs on", "Mon 10:00 reported | 10:30 graded 1 | 11:10 graded 3 | 12:00 reply",
        "FirstResponse Mon 10:00 due 11:00 breached 12:00 late PT1H")]
    [InlineData("Promised for the first time: from the report", "Mon 10:00 reported | 10:30 graded 1 since 10:15",
        "FirstResponse Mon 10:00 due 11:15 running")]
    public void A_metric_without_a_target_makes_no_clock(string rule, string events, string clocks) =>
        Check(rule, events, clocks,
            "2 FirstResponse none, 3 FirstResponse none");

    private static void Check(string rule, string events, string clocks, string policy = "")
    {
        Assert.NotEmpty(rule);
        History.AssertClocks(events, clocks, policy);
    }
}
