using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reminders;

public sealed class AlarmRaiserTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Every_threshold_is_raised_once_and_takes_the_place_of_the_one_before(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.OpenAsync();
        Assert.Empty(await RaiseAsync(desk));
        Assert.Equal(["FirstResponse Approaching 0.5"], await AfterAsync(desk, 12));
        Assert.Equal(["FirstResponse Approaching 0.25"], await AfterAsync(desk, 6));
        Assert.Equal(["FirstResponse Due"], await AfterAsync(desk, 6));
        Assert.Equal(["FirstResponse Overdue 1 for managers"], await AfterAsync(desk, 12)); // The breach itself was jumped over: managers hear of it now.
        Assert.Equal(["FirstResponse Overdue 2"], await AfterAsync(desk, 12));
        Assert.Equal([1, 2, 3, 4, 5], (await RemindersAsync(desk)).Select(r => r.Id));
        Assert.Equal(5, (await RemindersAsync(desk)).Single(r => r.EndedAt is null).Id);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task At_the_due_instant_it_is_due_and_a_microsecond_later_it_is_broken()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.OpenAsync();
        Assert.Equal(["FirstResponse Due"], await AfterAsync(desk, 24));
        desk.Database.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(["FirstResponse Breached for managers"], await RaiseAsync(desk));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_reminder_ends_when_its_clock_stops(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        await AfterAsync(desk, 12);
        await desk.ReplyAsync(Casey, opened, "Anybody?");
        Assert.Null((await RemindersAsync(desk)).Single().EndedAt);
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.ReplyAsync(Ada, opened, "We are on it.");
        Assert.Equal(Instant.FromDateTimeOffset(desk.Database.Clock.GetUtcNow()), (await RemindersAsync(desk)).Single().EndedAt);
        Assert.Empty(await AfterAsync(desk, 48));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task What_fell_due_while_the_portal_was_down_is_raised_once_and_marked_late()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.OpenAsync();
        Assert.Equal(["FirstResponse Breached late for managers"], await AfterAsync(desk, 30));
        await using var restarted = await desk.OpenAgainAsync();
        Assert.Empty(await RaiseAsync(restarted));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task It_is_late_though_the_ticket_changed_before_it_could_be_raised()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        desk.Database.Clock.Advance(TimeSpan.FromHours(13));
        await desk.ReplyAsync(Casey, opened, "Anybody?");
        Assert.Equal(["FirstResponse Approaching 0.5 late"], await RaiseAsync(desk));
    }

    [Fact]
    public async Task A_clock_set_back_repeats_nothing()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        await AfterAsync(desk, 12);
        desk.Database.Clock.AdjustTime(desk.Database.Clock.GetUtcNow().AddHours(-3));
        await desk.ReplyAsync(Casey, opened, "Hello?"); // Projects its clocks anew.
        Assert.Empty(await RaiseAsync(desk));
        Assert.Empty(await AfterAsync(desk, 3));
        Assert.Equal(["FirstResponse Approaching 0.25"], await AfterAsync(desk, 6));
    }

    [Fact]
    public async Task A_regrade_that_jumps_over_several_thresholds_raises_the_latest_and_is_not_late()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(50));
        await desk.GradeAsync(Ada, opened, Severity.Critical);
        Assert.Equal(["FirstResponse Approaching 0.25"], await RaiseAsync(desk));
    }

    [Fact]
    public async Task A_regrade_takes_the_reminder_of_the_old_due_instant_along_and_brings_it_back_untold_when_it_holds_again()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        await AfterAsync(desk, 12); // Half is left of the day that Severity 3 has.
        await desk.GradeAsync(Ada, opened, Severity.High);
        Assert.Equal(["FirstResponse Overdue 2 for managers"], await RaiseAsync(desk));
        Assert.Equal(2, (await RemindersAsync(desk)).Single(r => r.EndedAt is null).Id);

        var other = await desk.OpenAsync();
        await desk.ActAsync(Ada, other, ticket => ticket.Grade(Ada, Severity.Critical, TicketDesk.Seal("Down."), null, ticket.ChangedAt));
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(31));
        await RaiseAsync(desk);
        Assert.Equal(Severity.Critical, (await RemindersAsync(desk)).Single(r => r.TicketId == other.Ticket.Id && r.EndedAt is null).Severity);
        await desk.GradeAsync(Ada, other, Severity.Normal);
        await RaiseAsync(desk);
        Assert.DoesNotContain(await RemindersAsync(desk), r => r.TicketId == other.Ticket.Id && r.EndedAt is null); // Due tomorrow: nobody need be reminded.
        await desk.GradeAsync(Ada, other, Severity.Critical);
        Assert.Empty(await RaiseAsync(desk));
        Assert.Single(await RemindersAsync(desk), r => r.TicketId == other.Ticket.Id && r.EndedAt is null);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task A_patch_that_is_owed_is_named_once_a_day()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        await desk.GradeAsync(Ada, opened, Severity.High);
        await desk.ReplyAsync(Ada, opened, "Looking.");
        Assert.Equal(["PeriodicUpdate Overdue 2 for managers", "EmergencyPatch Owed 1"], await AfterAsync(desk, 24));
        Assert.Empty(await RaiseAsync(desk));
        Assert.Contains("EmergencyPatch Owed 2", await AfterAsync(desk, 24));
    }

    [Fact]
    public async Task A_ticket_that_cannot_be_read_keeps_no_other_ones_reminders_back()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.OpenAsync("Damaged");
        await desk.OpenAsync("Whole");
        await desk.TamperAsync("UPDATE \"Events\" SET \"Data\" = '{{' WHERE \"TicketId\" = 10001");
        Assert.Equal(["FirstResponse Approaching 0.5"], await AfterAsync(desk, 12));
        Assert.Equal(10002, (await RemindersAsync(desk)).Single().TicketId);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_servers_share_the_work_and_double_nothing(DatabaseProvider provider)
    {
        await using var one = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await one.OpenAgainAsync();
        for (var i = 0; i < 250; i++) await one.OpenAsync();
        one.Database.Clock.Advance(TimeSpan.FromHours(12));
        await Task.WhenAll(RaiseAllAsync(one), RaiseAllAsync(other), RaiseAllAsync(one), RaiseAllAsync(other));
        var reminders = await RemindersAsync(one);
        Assert.Equal(Enumerable.Range(1, 250).Select(id => (long)id), reminders.Select(r => r.Id));
        Assert.Equal(250, reminders.Select(r => r.TicketId).Distinct().Count());
        Assert.Empty(await one.DifferencesAsync());
    }

    [Fact]
    public async Task At_severity_1_every_update_that_is_owed_is_reminded_of_anew()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        await desk.GradeAsync(Ada, opened, Severity.Critical);
        await desk.ReplyAsync(Ada, opened, "We are on it.");
        await desk.ActAsync(Ada, opened, ticket => ticket.Take(Ada));
        Assert.Equal(["PeriodicUpdate Approaching 0.5"], await AfterAsync(desk, minutes: 15));
        await desk.ReplyAsync(Ada, opened, "Still looking."); // The next update is owed half an hour from here.
        Assert.DoesNotContain(await RemindersAsync(desk), r => r.EndedAt is null);
        Assert.Empty(await AfterAsync(desk, minutes: 14));
        Assert.Equal(["PeriodicUpdate Approaching 0.5"], await AfterAsync(desk, minutes: 1));
        Assert.Equal(["PeriodicUpdate Due"], await AfterAsync(desk, minutes: 15));
        Assert.Equal(["PeriodicUpdate Overdue 1 for managers"], await AfterAsync(desk, minutes: 15));
        await desk.GradeAsync(Ada, opened, Severity.Normal); // Updates are promised no longer.
        Assert.Empty(await AfterAsync(desk, minutes: 60));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task A_status_request_is_reminded_of_in_business_time()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await desk.OpenAsync();
        await desk.ReplyAsync(Ada, opened, "We are on it.");
        await desk.ActAsync(Casey, opened, ticket => ticket.RequestStatus(Casey)); // Monday 09:00; a business day has eight hours.
        Assert.Empty(await AfterAsync(desk, minutes: 239));
        Assert.Equal(["StatusRequest Approaching 0.5"], await AfterAsync(desk, minutes: 1));
        Assert.Equal(["StatusRequest Approaching 0.25"], await AfterAsync(desk, hours: 2));
        Assert.Equal(["StatusRequest Due"], await AfterAsync(desk, hours: 2));
        Assert.Equal(["StatusRequest Breached for managers"], await AfterAsync(desk, seconds: 1));
        Assert.Empty(await AfterAsync(desk, seconds: 20 * 3600 - 2)); // Half a business day later is Tuesday 13:00.
        Assert.Equal(["StatusRequest Overdue 1"], await AfterAsync(desk, seconds: 1));
        await desk.ReplyAsync(Ada, opened, "It stands so.");
        Assert.Empty(await AfterAsync(desk, hours: 48));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task While_alarms_are_raised_people_answer_and_neither_undoes_the_other(DatabaseProvider provider)
    {
        await using var one = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await one.OpenAgainAsync();
        var tickets = new List<TicketHistory>();
        for (var i = 0; i < 120; i++) tickets.Add(await one.OpenAsync());
        one.Database.Clock.Advance(TimeSpan.FromHours(12));
        var answering = Task.WhenAll(tickets.Where((_, i) => i % 2 == 0).Select(ticket => other.ReplyAsync(Ada, ticket, "We are on it.")));
        await Task.WhenAll(RaiseAllAsync(one), RaiseAllAsync(other), answering);
        await RaiseAllAsync(one);

        var live = (await RemindersAsync(one)).Where(r => r.EndedAt is null).Select(r => r.TicketId).Order();
        Assert.Equal(tickets.Where((_, i) => i % 2 == 1).Select(ticket => ticket.Ticket.Id), live);
        foreach (var ticket in tickets) Assert.Equal(tickets.IndexOf(ticket) % 2 == 0 ? 2 : 1, (await one.Desk.FindAsync(Ada, ticket.Ticket.Id))!.Happened.Count());
        Assert.Empty(await one.DifferencesAsync());
    }

    [Fact]
    public async Task What_a_server_held_that_died_is_raised_by_the_next()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Postgres, postgres);
        for (var i = 0; i < 60; i++) await desk.OpenAsync();
        desk.Database.Clock.Advance(TimeSpan.FromHours(12));
        await using (var dying = await desk.Database.OpenAsync())
        {
            await using var claim = await dying.Database.BeginTransactionAsync();
            await dying.Database.ExecuteSqlRawAsync("SELECT * FROM \"Clocks\" WHERE \"TicketId\" <= 10050 FOR UPDATE");
            await RaiseAllAsync(desk);
            Assert.Equal(Enumerable.Range(10051, 10), (await RemindersAsync(desk)).Select(r => (int)r.TicketId));
        }

        await RaiseAllAsync(desk);
        Assert.Equal(Enumerable.Range(10001, 60), (await RemindersAsync(desk)).Select(r => (int)r.TicketId).Order());
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [InlineData("DELETE FROM \"Reminders\"", "clock 1 (FirstResponse): its alarm at 2030-01-07T21:00:00Z was not raised")]
    [InlineData("UPDATE \"Clocks\" SET \"AlarmAt\" = NULL", "clock 1 (FirstResponse): no alarm is set, and one follows from the events at 2030-01-07T21:00:00Z")]
    [InlineData("UPDATE \"Clocks\" SET \"AlarmAt\" = \"AlarmAt\" - 1", "clock 1 (FirstResponse): an alarm is set for 2030-01-08T02:59:59.999999Z, where its policy has none")]
    [InlineData("UPDATE \"Clocks\" SET \"AlarmAt\" = \"AlarmAt\" + 1", "clock 1 (FirstResponse): its alarm at 2030-01-08T03:00:00Z was not raised")]
    [InlineData("UPDATE \"Reminders\" SET \"Ordinal\" = 7", "a reminder is of clock 8, which follows from no event")]
    public async Task Verification_finds_an_alarm_that_was_lost(string tampering, string difference)
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.OpenAsync();
        await AfterAsync(desk, 12);
        Assert.Empty(await desk.DifferencesAsync());
        await desk.TamperAsync(tampering);
        Assert.Contains($"SUP-10001: {difference}", await desk.DifferencesAsync());
    }

    /// <summary>What is raised when so much time has passed.</summary>
    private static Task<string[]> AfterAsync(SomeDesk desk, int hours = 0, int minutes = 0, int seconds = 0)
    {
        desk.Database.Clock.Advance(new TimeSpan(hours, minutes, seconds));
        return RaiseAsync(desk);
    }

    private static async Task<string[]> RaiseAsync(SomeDesk desk)
    {
        var before = (await RemindersAsync(desk)).Count;
        await RaiseAllAsync(desk);
        return [.. (await RemindersAsync(desk)).Skip(before).Select(Told)];
    }

    private static async Task RaiseAllAsync(SomeDesk desk)
    {
        while (await desk.Database.Get<AlarmRaiser>().RaiseDueAsync(CancellationToken.None))
        {
            // Until nothing is due.
        }
    }

    private static async Task<List<Reminder>> RemindersAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return await db.Set<Reminder>().OrderBy(r => r.Id).ToListAsync();
    }

    private static string Told(Reminder reminder) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{reminder.Metric} {reminder.Step}{(reminder.Left > 0 ? $" {reminder.Left:0.##}" : "")}{(reminder.Count > 0 ? $" {reminder.Count}" : "")}{(reminder.IsLate ? " late" : "")}{(reminder.IsFirstBreach ? " for managers" : "")}");
}
