namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Rule 4: resolving, reopening, agreed resolutions, merging.</summary>
public sealed class ResolutionTests
{
    [Theory]
    [InlineData("Resolving stops every clock and starts none", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 12:00 asks | 13:00 resolved fix",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 met 13:00; PeriodicUpdate Mon 11:00 due 23:00 met 13:00; StatusRequest Mon 12:00 due Tue 12:00 met Mon 13:00")]
    [InlineData("Late it leaves breaches", "Mon 10:00 reported | 10:00 graded 1 | 12:00 resolved restoration",
        "FirstResponse Mon 10:00 due 11:00 breached 12:00 late PT1H")]
    [InlineData("It is a first response at Severity 1 too, worked on or not", "Mon 10:00 reported | 10:00 graded 1 | 10:30 resolved workaround",
        "FirstResponse Mon 10:00 due 11:00 met 10:30")]
    [InlineData("What comes after it changes nothing",
        "Mon 10:00 reported | 11:00 resolved fix | 11:10 customer | 11:20 asks | 11:30 reply | 11:31 note | 11:32 work | 11:33 waiting | 11:34 graded 2 | 11:35 workaround "
        + "| 11:36 patch | 11:37 proposed | 11:38 resolved agreed | 11:39 closed | 11:40 rejected | Wed 12:00 now",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00")]
    [InlineData("A reopening after all that finds Severity 3", "Mon 10:00 reported | 11:00 resolved fix | 11:34 graded 1 | Tue 12:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; FirstResponse Tue 12:00 due Wed 12:00 running")]
    public void Resolving_ends_the_cycle(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("A proposal is a public update", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 11:30 asks | 12:00 proposed",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 owed; PeriodicUpdate Mon 11:00 due 23:00 met 12:00; "
        + "StatusRequest Mon 11:30 due Tue 11:30 met Mon 12:00; PeriodicUpdate Mon 12:00 due Tue 00:00 running")]
    [InlineData("Acceptance stops the rest", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 12:00 proposed | 13:00 accepted",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 cancelled 13:00; PeriodicUpdate Mon 11:00 due 23:00 met 12:00; PeriodicUpdate Mon 12:00 due Tue 00:00 met Mon 13:00")]
    [InlineData("Rejection starts no new first response", "Mon 10:00 reported | 10:00 graded 2 | 12:00 proposed | 13:00 rejected | 14:00 reply",
        "FirstResponse Mon 10:00 due 16:00 met 12:00; EmergencyPatch Mon 10:00 owed; PeriodicUpdate Mon 12:00 due Tue 00:00 met Mon 14:00; PeriodicUpdate Mon 14:00 due Tue 02:00 running")]
    [InlineData("A proposal may be the first response", "Mon 10:00 reported | 11:00 proposed",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00")]
    [InlineData("At Severity 1 only with work", "Mon 10:00 reported | 10:00 graded 1 | 10:30 proposed | 10:40 work",
        "FirstResponse Mon 10:00 due 11:00 met 10:40; PeriodicUpdate Mon 10:40 due 11:10 running")]
    public void An_agreed_solution_is_proposed_until_it_is_accepted(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("At Severity 1 work must start again", "Mon 10:00 reported | 10:00 graded 1 | 10:10 reply | 10:10 work | 10:20 resolved fix | 12:00 reopened | 12:10 reply | 12:30 work",
        "FirstResponse Mon 10:00 due 11:00 met 10:10; PeriodicUpdate Mon 10:10 due 10:40 met 10:20; FirstResponse Mon 12:00 due 13:00 met 12:30; PeriodicUpdate Mon 12:30 due 13:00 running")]
    [InlineData("Every level up to the current one counts since then", "Mon 10:00 reported | 10:00 graded 2 | 11:00 resolved workaround | Tue 12:00 reopened | 13:00 graded 3",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 cancelled 11:00; FirstResponse Tue 12:00 due Wed 12:00 running; EmergencyPatch Tue 12:00 cancelled 13:00")]
    [InlineData("Impact since the reopening", "Mon 10:00 reported | 11:00 resolved fix | Tue 12:00 reopened | 12:30 graded 1",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; FirstResponse Tue 12:00 due 13:00 running")]
    [InlineData("A breach of an earlier cycle stays as it was", "Mon 10:00 reported | 10:00 graded 1 | 12:00 resolved fix | Tue 12:00 reopened | 12:10 graded 3",
        "FirstResponse Mon 10:00 due 11:00 breached 12:00 late PT1H; FirstResponse Tue 12:00 due Wed 12:00 running")]
    [InlineData("A rejection reopens", "Mon 10:00 reported | 11:00 resolved fix | 12:00 rejected | 12:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; FirstResponse Mon 12:00 due Tue 12:00 running")]
    [InlineData("A closed one can be reopened", "Mon 10:00 reported | 11:00 resolved fix | 11:30 closed | 12:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; FirstResponse Mon 12:00 due Tue 12:00 running")]
    [InlineData("An open one cannot", "Mon 10:00 reported | 12:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    public void A_reopening_starts_a_new_cycle(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("What is owed is cancelled, a breach stays", "Mon 10:00 reported | 10:00 graded 2 | 10:00 asks | 16:30 merged",
        "FirstResponse Mon 10:00 due 16:00 breached 16:30 late PT30M; EmergencyPatch Mon 10:00 cancelled 16:30; StatusRequest Mon 10:00 due Tue 10:00 cancelled Mon 16:30")]
    [InlineData("On the due instant nothing is breached", "Mon 10:00 reported | Tue 10:00 merged",
        "FirstResponse Mon 10:00 due Tue 10:00 cancelled 10:00")]
    [InlineData("Nothing starts after it", "Mon 10:00 reported | 11:00 merged | 12:00 asks | 13:00 graded 1 | 14:00 reply",
        "FirstResponse Mon 10:00 due Tue 10:00 cancelled Mon 11:00")]
    [InlineData("Unless it is reopened", "Mon 10:00 reported | 11:00 merged | 12:00 reopened",
        "FirstResponse Mon 10:00 due Tue 10:00 cancelled Mon 11:00; FirstResponse Mon 12:00 due Tue 12:00 running")]
    public void A_merge_cancels_what_runs(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("Met by the resolution", "Mon 10:00 reported | 11:00 reply | 18:00 resolved fix",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; Resolution Mon 10:00 due 18:00 met 18:00")]
    [InlineData("Breached without one", "Mon 10:00 reported | 11:00 reply | 19:00 now",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; Resolution Mon 10:00 due 18:00 breached late PT1H")]
    [InlineData("A grading brings its own promise, the milder one stands", "Mon 10:00 reported | 10:30 graded 1 since 10:15 | 10:45 graded 3",
        "FirstResponse Mon 10:00 due Tue 10:00 running; Resolution Mon 10:00 due 18:00 running")]
    [InlineData("The graver promise", "Mon 10:00 reported | 10:30 graded 1 since 10:15",
        "FirstResponse Mon 10:00 due 11:15 running; Resolution Mon 10:00 due 12:15 running")]
    [InlineData("A proposal is no resolution yet", "Mon 10:00 reported | 11:00 proposed | 12:00 accepted",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; Resolution Mon 10:00 due 18:00 met 12:00")]
    [InlineData("A reopening counts anew", "Mon 10:00 reported | 11:00 resolved fix | Tue 10:00 reopened | 11:00 merged",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 11:00; Resolution Mon 10:00 due 18:00 met 11:00; FirstResponse Tue 10:00 due Wed 10:00 cancelled Tue 11:00; Resolution Tue 10:00 due 18:00 cancelled 11:00")]
    public void A_resolution_may_be_promised(string rule, string events, string clocks) =>
        Check(rule, events, clocks, "3 Resolution PT8H, 1 Resolution PT2H");

    private static void Check(string rule, string events, string clocks, string policy = "")
    {
        Assert.NotEmpty(rule);
        History.AssertClocks(events, clocks, policy);
    }
}
