namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Section 4 of the support commitment, row by row: the whole list of clocks, to the second.</summary>
public sealed class WorkedExampleTests
{
    [Theory]
    [InlineData("1", "Mon 10:00 reported | Tue 10:00 reply",
        "FirstResponse Mon 10:00 due Tue 10:00 met 10:00")]
    [InlineData("2", "Mon 10:00 reported | Tue 10:00:01 reply",
        "FirstResponse Mon 10:00 due Tue 10:00 breached 10:00:01 late PT1S")]
    [InlineData("3", "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 10:50 work",
        "FirstResponse Mon 10:00 due 11:00 met 10:50; PeriodicUpdate Mon 10:50 due 11:20 running")]
    [InlineData("4", "Mon 10:00 reported | 10:20 graded 1 | 10:40 reply | 11:05 work",
        "FirstResponse Mon 10:00 due 11:00 breached 11:05 late PT5M; PeriodicUpdate Mon 11:05 due 11:35 running")]
    [InlineData("5", "Mon 10:00 reported | Tue 06:00 graded 1 since 05:45",
        "FirstResponse Mon 10:00 due Tue 06:45 running")]
    [InlineData("5a", "Mon 10:00 reported | Tue 09:50 graded 1 since 09:45",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("5b, first", "Mon 10:00 reported | Tue 09:00 graded 1 since 08:50",
        "FirstResponse Mon 10:00 due Tue 09:50 running")]
    [InlineData("5b, then", "Mon 10:00 reported | Tue 09:00 graded 1 since 08:50 | 09:20 graded 2",
        "FirstResponse Mon 10:00 due Tue 10:00 running; EmergencyPatch Tue 09:20 owed")]
    [InlineData("5c, first", "Mon 10:00 reported | 12:00 graded 2 since 11:00",
        "FirstResponse Mon 10:00 due 17:00 running; EmergencyPatch Mon 12:00 owed")]
    [InlineData("5c, then", "Mon 10:00 reported | 12:00 graded 2 since 11:00 | 13:00 graded 1 since 12:50",
        "FirstResponse Mon 10:00 due 13:50 running; EmergencyPatch Mon 12:00 cancelled 13:00")]
    [InlineData("5d", "Mon 10:00 reported | 12:00 graded 2 since 11:00 | 13:00 graded 1 since 12:50 | 13:10 graded 2",
        "FirstResponse Mon 10:00 due 17:00 running; EmergencyPatch Mon 12:00 cancelled 13:00; EmergencyPatch Mon 13:10 owed")]
    [InlineData("6", "Mon 10:00 reported | 12:00 graded 1",
        "FirstResponse Mon 10:00 due 11:00 breached late PT1H")]
    [InlineData("7, first", "Mon 10:00 reported | 10:30 graded 1",
        "FirstResponse Mon 10:00 due 11:00 running")]
    [InlineData("7, then", "Mon 10:00 reported | 10:30 graded 1 | 10:45 graded 3",
        "FirstResponse Mon 10:00 due Tue 10:00 running")]
    [InlineData("8", "Mon 10:00 reported | 10:10 graded 1 | 11:30 graded 3",
        "FirstResponse Mon 10:00 due 11:00 breached late PT30M")]
    [InlineData("9", "Mon 08:00 reported | 08:30 graded 2 | 09:00 reply | 20:00 reply | Tue 08:30 reply",
        "FirstResponse Mon 08:00 due 14:00 met 09:00; EmergencyPatch Mon 08:30 owed; PeriodicUpdate Mon 09:00 due 21:00 met 20:00; "
        + "PeriodicUpdate Mon 20:00 due Tue 08:00 breached 08:30 late PT30M missed 1; PeriodicUpdate Tue 08:30 due 20:30 running")]
    [InlineData("10", "Mon 08:00 reported | 08:00 graded 2 | 09:00 reply | 15:00 graded 3",
        "FirstResponse Mon 08:00 due 14:00 met 09:00; EmergencyPatch Mon 08:00 cancelled 15:00; PeriodicUpdate Mon 09:00 due 21:00 met 15:00")]
    [InlineData("11", "Mon 08:00 reported | 08:05 graded 1 | 08:10 reply | 08:10 work | 08:30 graded 2",
        "FirstResponse Mon 08:00 due 09:00 met 08:10; PeriodicUpdate Mon 08:10 due 08:40 met 08:30; "
        + "EmergencyPatch Mon 08:30 owed; PeriodicUpdate Mon 08:30 due 20:30 running")]
    [InlineData("12, first", "Mon 10:00 reported | 10:30 graded 2",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:30 owed")]
    [InlineData("12, then", "Mon 10:00 reported | 10:30 graded 2 | 13:30 workaround",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:30 cancelled 13:30")]
    [InlineData("13", "Mon 10:00 reported | 10:30 graded 2 | 13:30 patch",
        "FirstResponse Mon 10:00 due 16:00 running; EmergencyPatch Mon 10:30 met 13:30")]
    [InlineData("20", "Mon 09:00 reported | 09:30 resolved fix",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:30")]
    [InlineData("21", "Mon 09:00 reported | 09:30 reply | 10:00 resolved fix | Tue 12:00 reopened",
        "FirstResponse Mon 09:00 due Tue 09:00 met Mon 09:30; FirstResponse Tue 12:00 due Wed 12:00 running")]
    [InlineData("23", "Mon 07:00 reported | 07:00 graded 2 | 08:00 reply | Wed 00:00 reply",
        "FirstResponse Mon 07:00 due 13:00 met 08:00; EmergencyPatch Mon 07:00 owed; "
        + "PeriodicUpdate Mon 08:00 due 20:00 breached Wed 00:00 late PT28H missed 3; PeriodicUpdate Wed 00:00 due 12:00 running")]
    [InlineData("24", "Mon 10:00:00.25 reported",
        "FirstResponse Mon 10:00:00.25 due Tue 10:00:00.25 running")]
    [InlineData("24, a microsecond in time", "Mon 10:00:00.250001 reported | Tue 10:00:00.250001 reply",
        "FirstResponse Mon 10:00:00.250001 due Tue 10:00:00.250001 met 10:00:00.250001")]
    [InlineData("24, a microsecond late", "Mon 10:00:00.25 reported | Tue 10:00:00.250001 reply",
        "FirstResponse Mon 10:00:00.25 due Tue 10:00:00.25 breached 10:00:00.250001 late PT0.000001S")]
    public void By_the_default_policy(string row, string events, string clocks) => Check(row, events, clocks);

    [Theory]
    [InlineData("14", "NewYork", "Tue 15:00 reported | 15:00 asks",
        "FirstResponse Tue 15:00 due Wed 15:00 running; StatusRequest Tue 15:00 due Wed 15:00 running")]
    [InlineData("15", "NewYork", "Fri 16:00 reported | 16:00 asks",
        "FirstResponse Fri 16:00 due Sat 16:00 running; StatusRequest Fri 16:00 due Mon+1 16:00 running")]
    [InlineData("16", "NewYork", "Sat 11:00 reported | 11:00 asks",
        "FirstResponse Sat 11:00 due Sun 11:00 running; StatusRequest Sat 11:00 due Mon+1 17:00 running")]
    [InlineData("17", "NewYork", "Wed 18:30 reported | 18:30 asks",
        "FirstResponse Wed 18:30 due Thu 18:30 running; StatusRequest Wed 18:30 due Thu 17:00 running")]
    [InlineData("18", "NewYorkHoliday", "Fri 16:00 reported | 16:00 asks",
        "FirstResponse Fri 16:00 due Sat 16:00 running; StatusRequest Fri 16:00 due Tue+1 16:00 running")]
    [InlineData("19", "NewYork", "Tue 15:00 reported | 15:00 asks | Wed 10:00 asks | 14:59 reply",
        "FirstResponse Tue 15:00 due Wed 15:00 met 14:59; StatusRequest Tue 15:00 due Wed 15:00 met 14:59")]
    public void By_business_days_in_New_York(string row, string calendar, string events, string clocks) =>
        Check(row, events, clocks, $"* StatusRequest P1D on {calendar}", "America/New_York");

    [Fact]
    public void By_night_hours_as_clocks_go_forward() => Check("22",
        "2026-03-29 00:30 reported | 00:30 asks",
        "FirstResponse 2026-03-29 00:30 due 2026-03-30 01:30 running; StatusRequest 2026-03-29 00:30 due 05:30 running",
        "* StatusRequest P1D on BerlinNight",
        "Europe/Berlin");

    [Theory]
    [InlineData("25", "3 FirstResponse PT2H on Lunch", "Thu 11:30 reported",
        "FirstResponse Thu 11:30 due 14:30 running")]
    [InlineData("26", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10:05 waiting | 10:10:35 resumed",
        "FirstResponse Mon 10:00 due 11:00:30 running")]
    [InlineData("26, meanwhile", "3 FirstResponse PT1H pausing", "Mon 10:00 reported | 10:10:05 waiting | 10:10:20 now",
        "FirstResponse Mon 10:00 paused")]
    public void By_another_policy(string row, string policy, string events, string clocks) => Check(row, events, clocks, policy);

    private static void Check(string row, string events, string clocks, string policy = "", string zone = "UTC")
    {
        Assert.NotEmpty(row);
        History.AssertClocks(events, clocks, policy, zone);
    }
}
