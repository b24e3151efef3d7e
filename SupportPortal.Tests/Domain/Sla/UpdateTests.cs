namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Periodic updates, status requests and next responses: what starts them, what stops them, and that silence counts (rules 8 and 9).</summary>
public sealed class UpdateTests
{
    private const string Answered = "Mon 09:00 reported | 09:00 graded 1 | 09:00 work | 10:00 reply";
    private const string First = "FirstResponse Mon 09:00 due 10:00 met 10:00; ";

    [Theory]
    [InlineData("Each update starts the next", " | 10:20 reply | 11:00 reply",
        "PeriodicUpdate Mon 10:00 due 10:30 met 10:20; PeriodicUpdate Mon 10:20 due 10:50 breached 11:00 late PT10M missed 1; PeriodicUpdate Mon 11:00 due 11:30 running")]
    [InlineData("On the very instant is in time", " | 10:30 reply",
        "PeriodicUpdate Mon 10:00 due 10:30 met 10:30; PeriodicUpdate Mon 10:30 due 11:00 running")]
    [InlineData("A microsecond late is one interval", " | 10:30:00.000001 reply",
        "PeriodicUpdate Mon 10:00 due 10:30 breached 10:30:00.000001 late PT0.000001S missed 1; PeriodicUpdate Mon 10:30:00.000001 due 11:00:00.000001 running")]
    [InlineData("A whole interval late is one", " | 11:00 reply",
        "PeriodicUpdate Mon 10:00 due 10:30 breached 11:00 late PT30M missed 1; PeriodicUpdate Mon 11:00 due 11:30 running")]
    [InlineData("A microsecond more is two", " | 11:00:00.000001 now",
        "PeriodicUpdate Mon 10:00 due 10:30 breached late PT30M0.000001S missed 2")]
    [InlineData("It runs on while nobody speaks", " | Tue 10:30 now",
        "PeriodicUpdate Mon 10:00 due 10:30 breached late PT24H missed 48")]
    [InlineData("Notes, assignments, work, waiting, workarounds and patches tell the customer nothing",
        " | 10:10 note | 10:10 assigned | 10:11 work | 10:12 waiting | 10:13 resumed | 10:14 workaround | 10:15 patch | 10:16 customer | 10:20 now",
        "PeriodicUpdate Mon 10:00 due 10:30 running")]
    [InlineData("A proposed resolution does", " | 10:20 proposed",
        "PeriodicUpdate Mon 10:00 due 10:30 met 10:20; PeriodicUpdate Mon 10:20 due 10:50 running")]
    public void Silence_counts(string rule, string events, string clocks) => Check(rule, Answered + events, First + clocks);

    [Theory]
    [InlineData("Missed intervals are open time, lateness is real", "3 PeriodicUpdate PT4H on Business", "Mon 09:00 reported | 09:00 reply | Tue 12:00 now",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:00; PeriodicUpdate Mon 09:00 due 13:00 breached late PT23H missed 2")]
    [InlineData("A breach at closing time is one already", "3 PeriodicUpdate PT8H on Business", "Fri 09:00 reported | 09:00 reply | Sat 10:00 now",
        "FirstResponse Fri 09:00 due Sat 09:00 met Fri 09:00; PeriodicUpdate Fri 09:00 due 17:00 breached late PT17H missed 1")]
    [InlineData("A workday is an interval", "3 PeriodicUpdate P1D on Business", "Mon 12:00 reported | 12:00 reply | Thu 12:00 reply",
        "FirstResponse Mon 12:00 due Tue 12:00 met Mon 12:00; PeriodicUpdate Mon 12:00 due Tue 12:00 breached Thu 12:00 late PT48H missed 2; PeriodicUpdate Thu 12:00 due Fri 12:00 running")]
    public void Silence_counts_in_business_time(string rule, string policy, string events, string clocks) => Check(rule, events, clocks, policy);

    [Theory]
    [InlineData("No metric, no clock", "", "Mon 09:00 reported | 10:00 reply | 11:00 customer",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 10:00")]
    [InlineData("Before the first response a message starts none", "* NextResponse PT4H", "Mon 09:00 reported | 09:30 customer",
        "FirstResponse Mon 09:00 due Tue 09:00 running")]
    [InlineData("A second message moves nothing", "* NextResponse PT4H", "Mon 09:00 reported | 10:00 reply | 11:00 customer | 12:00 customer | 13:00 note",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 10:00; NextResponse Mon 11:00 due 15:00 running")]
    [InlineData("The next update stops it, the next message starts another", "* NextResponse PT4H", "Mon 09:00 reported | 10:00 reply | 11:00 customer | 15:00:01 reply | 16:00 customer | 17:00 proposed",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 10:00; NextResponse Mon 11:00 due 15:00 breached 15:00:01 late PT1S; NextResponse Mon 16:00 due 20:00 met 17:00")]
    [InlineData("At Severity 1 the first response is given when work starts too", "* NextResponse PT4H", "Mon 09:00 reported | 09:00 graded 1 | 09:10 reply | 09:20 customer | 09:30 work | 09:40 customer",
        "FirstResponse Mon 09:00 due 10:00 met 09:30; PeriodicUpdate Mon 09:30 due 10:00 running; NextResponse Mon 09:40 due 13:40 running")]
    public void A_customers_message_may_ask_for_an_answer(string rule, string policy, string events, string clocks) => Check(rule, events, clocks, policy);

    [Theory]
    [InlineData("One business day at Severity 1", "Mon 12:00 reported | 12:00 graded 1 | 12:10 asks",
        "FirstResponse Mon 12:00 due 13:00 running; StatusRequest Mon 12:10 due Tue 12:10 running")]
    [InlineData("Fulfilled by the next public update, then asked anew", "Mon 09:00 reported | 09:30 reply | 10:00 asks | 11:00 note | 12:00 reply | 13:00 asks",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:30; StatusRequest Mon 10:00 due Tue 10:00 met Mon 12:00; StatusRequest Mon 13:00 due Tue 13:00 running")]
    [InlineData("Before the first response, fulfilled by it", "Mon 09:00 reported | 09:10 asks | 09:30 reply",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:30; StatusRequest Mon 09:10 due Tue 09:10 met Mon 09:30")]
    [InlineData("Late, and asked again while late", "Mon 09:00 reported | 09:00 reply | 09:10 asks | Tue 09:10:01 asks | 09:20 reply",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:00; StatusRequest Mon 09:10 due Tue 09:10 breached 09:20 late PT10M")]
    public void A_status_request_is_owed_within_a_business_day(string rule, string events, string clocks) => Check(rule, events, clocks);

    [Theory]
    [InlineData("Order decides: graded, then answered", "Mon 10:00 reported | 10:00 graded 1 | 10:00 reply | 10:00 work",
        "FirstResponse Mon 10:00 due 11:00 met 10:00; PeriodicUpdate Mon 10:00 due 10:30 running")]
    [InlineData("Order decides: answered, then graded", "Mon 10:00 reported | 10:00 reply | 10:00 graded 2",
        "FirstResponse Mon 10:00 due Tue 10:00 met Mon 10:00; EmergencyPatch Mon 10:00 owed; PeriodicUpdate Mon 10:00 due 22:00 running")]
    [InlineData("Two updates at one instant", "Mon 10:00 reported | 10:00 graded 2 | 11:00 reply | 11:00 reply",
        "FirstResponse Mon 10:00 due 16:00 met 11:00; EmergencyPatch Mon 10:00 owed; PeriodicUpdate Mon 11:00 due 23:00 met 11:00; PeriodicUpdate Mon 11:00 due 23:00 running")]
    [InlineData("A clock set back moves nothing", "Mon 10:00 reported | 09:00 graded 2 | 08:00 now",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:00 owed")]
    [InlineData("What comes before the report means nothing", "Mon 09:00 reply | 09:10 asks | 10:00 reported",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("A second report means nothing", "Mon 10:00 reported | 11:00 reported",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    public void Equal_instants_keep_their_order_and_every_history_has_an_answer(string rule, string events, string clocks) => Check(rule, events, clocks);

    private static void Check(string rule, string events, string clocks, string policy = "")
    {
        Assert.NotEmpty(rule);
        History.AssertClocks(events, clocks, policy);
    }
}
