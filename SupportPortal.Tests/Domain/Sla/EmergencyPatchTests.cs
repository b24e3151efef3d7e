namespace SupportPortal.Tests.Domain.Sla;

/// <summary>The emergency patch: owed at Severity 2 while no workaround is on record, with a target or without.</summary>
public sealed class EmergencyPatchTests
{
    private const string First = "FirstResponse Mon 10:00 due 16:00 running; ";

    [Theory]
    [InlineData("A claimed workaround does not count", "Mon 10:00 claimed Suitable | 10:30 graded 2", First + "EmergencyPatch Mon 10:30 owed")]
    [InlineData("A recorded one does", "Mon 10:00 reported | 10:10 workaround | 10:30 graded 2", "FirstResponse Mon 10:00 due 16:00 running")]
    [InlineData("So does a patch", "Mon 10:00 reported | 10:10 patch | 10:30 graded 2", "FirstResponse Mon 10:00 due 16:00 running")]
    [InlineData("It is never breached", "Mon 10:00 reported | 10:30 graded 2 | 10:40 resolved fix | Tue 10:00 reopened | Fri 10:00 reply",
        "FirstResponse Mon 10:00 due 16:00 met 10:40; EmergencyPatch Mon 10:30 met 10:40; FirstResponse Tue 10:00 due 16:00 breached Fri 10:00 late PT66H; "
        + "EmergencyPatch Tue 10:00 owed; PeriodicUpdate Fri 10:00 due 22:00 running")]
    [InlineData("Severity leaves 2 upwards", "Mon 10:00 reported | 10:30 graded 2 | 10:40 graded 1 since 10:40", "FirstResponse Mon 10:00 due 11:40 running; EmergencyPatch Mon 10:30 cancelled 10:40")]
    [InlineData("Each grading to 2 starts one", "Mon 10:00 reported | 10:30 graded 2 | 10:40 graded 3 | 10:50 graded 2",
        First + "EmergencyPatch Mon 10:30 cancelled 10:40; EmergencyPatch Mon 10:50 owed")]
    [InlineData("None after a workaround in this cycle", "Mon 10:00 reported | 10:30 graded 2 | 10:35 workaround | 10:40 graded 3 | 10:50 graded 2",
        First + "EmergencyPatch Mon 10:30 cancelled 10:35")]
    [InlineData("None after a patch in this cycle", "Mon 10:00 reported | 10:30 graded 2 | 10:35 patch | 10:40 graded 3 | 10:50 graded 2",
        First + "EmergencyPatch Mon 10:30 met 10:35")]
    [InlineData("Reopening at 2 owes one, whatever the cycle before had", "Mon 10:00 reported | 10:30 graded 2 | 10:35 workaround | 11:00 resolved workaround | 12:00 reopened",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 cancelled 10:35; FirstResponse Mon 12:00 due 18:00 running; EmergencyPatch Mon 12:00 owed")]
    [InlineData("Resolved by a fix", "Mon 10:00 reported | 10:30 graded 2 | 11:00 resolved fix", "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 met 11:00")]
    [InlineData("Resolved by a workaround", "Mon 10:00 reported | 10:30 graded 2 | 11:00 resolved workaround", "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 cancelled 11:00")]
    [InlineData("Resolved by restoration", "Mon 10:00 reported | 10:30 graded 2 | 11:00 resolved restoration", "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 cancelled 11:00")]
    [InlineData("Resolved by agreement", "Mon 10:00 reported | 10:30 graded 2 | 11:00 resolved agreed", "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 cancelled 11:00")]
    public void Without_a_target_it_is_owed(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("Due from the grading, whenever the impact began", "Mon 10:00 reported | 10:30 graded 2 since 10:05", "FirstResponse Mon 10:00 due 16:05 running; EmergencyPatch Mon 10:30 due 12:30 running")]
    [InlineData("A patch in time", "Mon 10:00 reported | 10:30 graded 2 | 12:30 patch", First + "EmergencyPatch Mon 10:30 due 12:30 met 12:30")]
    [InlineData("A patch too late", "Mon 10:00 reported | 10:30 graded 2 | 13:00 patch", First + "EmergencyPatch Mon 10:30 due 12:30 breached 13:00 late PT30M")]
    [InlineData("A workaround in time", "Mon 10:00 reported | 10:30 graded 2 | 12:00 workaround", First + "EmergencyPatch Mon 10:30 due 12:30 cancelled 12:00")]
    [InlineData("A workaround too late stops a breach", "Mon 10:00 reported | 10:30 graded 2 | 13:00 workaround", First + "EmergencyPatch Mon 10:30 due 12:30 breached 13:00 late PT30M")]
    [InlineData("So does leaving 2", "Mon 10:00 reported | 10:30 graded 2 | 13:00 graded 3", "FirstResponse Mon 10:00 due Tue 10:00 running; EmergencyPatch Mon 10:30 due 12:30 breached 13:00 late PT30M")]
    [InlineData("A fix too late", "Mon 10:00 reported | 10:30 graded 2 | 13:00 resolved fix", "FirstResponse Mon 10:00 due 16:00 met 13:00; EmergencyPatch Mon 10:30 due 12:30 breached 13:00 late PT30M")]
    [InlineData("Restored too late", "Mon 10:00 reported | 10:30 graded 2 | 13:00 resolved restoration", "FirstResponse Mon 10:00 due 16:00 met 13:00; EmergencyPatch Mon 10:30 due 12:30 breached 13:00 late PT30M")]
    [InlineData("Reopening at 2", "Mon 10:00 reported | 10:30 graded 2 | 11:00 resolved fix | 12:00 reopened",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:30 due 12:30 met 11:00; FirstResponse Mon 12:00 due 18:00 running; EmergencyPatch Mon 12:00 due 14:00 running")]
    public void With_a_target_it_falls_due(string rule, string events, string clocks) => Check(rule, events, clocks, "2 EmergencyPatch PT2H");

    private static void Check(string rule, string events, string clocks, string policy = "")
    {
        Assert.NotEmpty(rule);
        History.AssertClocks(events, clocks, policy);
    }
}
