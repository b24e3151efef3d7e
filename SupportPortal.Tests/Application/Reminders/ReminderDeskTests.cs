using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>Who is reminded of what, on a server whose alarm clock runs.</summary>
public sealed class ReminderDeskTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Nobodys_ticket_reminds_the_whole_desk_and_a_taken_one_its_assignee(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres);
        var opened = await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Equal([1, 1, 1], server.Counts);

        await server.Desk.ActAsync(server.Ann, opened, ticket => ticket.Assign(server.Ann, server.Ann.Id));
        await server.UntilAsync(s => s.CountFor(server.Ben) == 0);
        Assert.Equal([1, 0, 0], server.Counts);
        Assert.Equal(0, server.Live.Snapshot.CountFor(Casey));
    }

    [Fact]
    public async Task Managers_are_told_of_a_breach_once_and_keep_it_in_their_list()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await server.Desk.OpenAsync();
        await server.Desk.ActAsync(server.Ann, opened, ticket => ticket.Assign(server.Ann, server.Ann.Id));
        server.Advance(Duration.FromHours(24) + Duration.FromTicks(10));
        await server.UntilAsync(s => s.Count == 1 && s.CountFor(server.Ben) == 0); // The assignment may arrive after the reminder.
        Assert.Equal([1, 0, 1], server.Counts);
        Assert.Single(await server.Claims.ClaimAsync(server.Mia));

        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Find(2) is not null);
        Assert.Equal([1, 0, 1], server.Counts);
        Assert.Empty(await server.Claims.ClaimAsync(server.Mia));
        Assert.Equal([2], (await server.Claims.ClaimAsync(server.Ann)).Select(told => told.Reminder.Id));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Each_is_told_to_a_person_once_however_many_tabs_ask(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres);
        for (var i = 0; i < 3; i++) await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 3);
        Actor[] tabs = [server.Ann, server.Mia, server.Ann, server.Mia, server.Ann];
        var told = (await Task.WhenAll(tabs.Select(async person => (person, those: await server.Claims.ClaimAsync(person))))).ToLookup(tab => tab.person, tab => tab.those);
        foreach (var person in tabs.Distinct()) Assert.Equal([1, 2, 3], told[person].SelectMany(tab => tab).Select(one => one.Reminder.Id).Order());
        Assert.Empty(await server.Claims.ClaimAsync(server.Ann));
        Assert.Equal(3, (await server.Claims.ClaimAsync(server.Ben)).Count); // Closed until now: they waited.
    }

    [Fact]
    public async Task A_snoozed_one_is_out_of_sight_until_then_and_told_again()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        await server.Claims.ClaimAsync(server.Ann);

        Assert.Null(await server.Reminders.SnoozeAsync(server.Ann, 1, server.Now + Duration.FromMinutes(15)));
        await server.UntilAsync(s => s.CountFor(server.Ann) == 0);
        Assert.True(Assert.Single(server.Live.Snapshot.SnoozedBy(server.Ann, server.Now)).SnoozedUntil > server.Now);
        Assert.Equal(1, server.Live.Snapshot.CountFor(server.Ben));

        server.Advance(Duration.FromMinutes(15));
        await server.UntilAsync(s => s.CountFor(server.Ann) == 1);
        Assert.Equal([1], (await server.Claims.ClaimAsync(server.Ann)).Select(told => told.Reminder.Id));
        await server.UntilAsync(s => s.MarkOf(server.Ann, 1)?.WokeAt is null);
        Assert.Empty(await server.Claims.ClaimAsync(server.Ann));
    }

    [Theory]
    [InlineData(0, "That moment has passed: choose a later one.")]
    [InlineData(-60, "That moment has passed: choose a later one.")]
    [InlineData(60 * 24 * 31, "A reminder can be put off for at most 30 days, or until it is due.")]
    public async Task A_snooze_that_makes_no_sense_is_refused_at_its_field(int minutes, string why)
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Equal(new Refusal("until", why), await server.Reminders.SnoozeAsync(server.Ann, 1, server.Now + Duration.FromMinutes(minutes)));
        Assert.Equal(1, server.Live.Snapshot.CountFor(server.Ann));
    }

    [Fact]
    public async Task What_was_put_off_until_due_comes_back_as_what_is_due()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        await server.Claims.ClaimAsync(server.Ann);
        var due = server.Live.Snapshot.Find(1)!.Reminder.DueAt!.Value;
        Assert.Null(await server.Reminders.SnoozeAsync(server.Ann, 1, due));
        server.Advance(Duration.FromHours(6));
        await server.UntilAsync(s => s.Find(2) is not null);
        Assert.Empty(await server.Claims.ClaimAsync(server.Ann));

        server.Advance(Duration.FromHours(6));
        await server.UntilAsync(s => s.Find(3) is not null);
        Assert.Equal([3], (await server.Claims.ClaimAsync(server.Ann)).Select(told => told.Reminder.Id));
        Assert.Equal([1, 1, 1], server.Counts);
    }

    [Fact]
    public async Task One_that_is_due_in_more_than_thirty_days_can_be_put_off_until_then()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var commitment = SlaPolicy.Commitment;
        var long90 = new SlaTarget(SlaMetric.Resolution, TargetLength.Hours(90 * 24));
        Assert.Empty((await server.Desk.Database.Get<PolicyStore>().PublishAsync(new Actor("root", Role.Administrator), commitment with { Severities = [.. commitment.Severities.Select(s => s with { Targets = [long90] })] })).Refusals);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromDays(45));
        await server.UntilAsync(s => s.Count == 1);
        var due = server.Live.Snapshot.Find(1)!.Reminder.DueAt!.Value;
        Assert.Null(await server.Reminders.SnoozeAsync(server.Ann, 1, due));
        Assert.NotNull(await server.Reminders.SnoozeAsync(server.Ann, 1, due + Duration.FromHours(1)));
    }

    [Fact]
    public async Task What_one_is_done_with_is_gone_until_the_next_threshold()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Null(await server.Reminders.DoneAsync(server.Ann, 1));
        await server.UntilAsync(s => s.CountFor(server.Ann) == 0);
        Assert.Empty(server.Live.Snapshot.For(server.Ann));
        Assert.Single(server.Live.Snapshot.For(server.Ben));
        server.Advance(Duration.FromHours(6));
        await server.UntilAsync(s => s.CountFor(server.Ann) == 1);
        Assert.Equal(2, server.Live.Snapshot.For(server.Ann).Single().Reminder.Id);
    }

    [Fact]
    public async Task What_was_put_off_stays_put_off_at_the_next_threshold_and_not_at_the_breach()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Null(await server.Reminders.SnoozeAsync(server.Ann, 1, server.Now + Duration.FromHours(20)));
        server.Advance(Duration.FromHours(6));
        await server.UntilAsync(s => s.Find(2) is not null);
        Assert.Equal([0, 1, 1], server.Counts);
        server.Advance(Duration.FromHours(7));
        await server.UntilAsync(s => s.Find(3) is not null);
        Assert.Equal([1, 1, 1], server.Counts);
    }

    [Fact]
    public async Task Nobody_marks_what_is_not_theirs_or_has_ended()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await server.Desk.OpenAsync();
        await server.Desk.ActAsync(server.Ann, opened, ticket => ticket.Assign(server.Ann, server.Ann.Id));
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Equal(RefusalKind.NotAllowed, (await server.Reminders.DoneAsync(server.Ben, 1))?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await server.Reminders.SnoozeAsync(server.Ben, 1, server.Now + Duration.FromHours(1)))?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await server.Reminders.WakeAsync(server.Ben, 1))?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await server.Reminders.DoneAsync(Casey, 1))?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await server.Reminders.DoneAsync(server.Ann, 77))?.Kind);
        await server.Desk.ReplyAsync(server.Ann, opened, "Here we are.");
        Assert.Equal(RefusalKind.NotNow, (await server.Reminders.DoneAsync(server.Ann, 1))?.Kind);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_answer_ends_it_everywhere_and_what_another_server_did_arrives(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres);
        await using var other = await server.OpenAgainAsync();
        var (one, two) = (await server.Desk.OpenAsync(), await server.Desk.OpenAsync());
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 2);
        await other.UntilAsync(s => s.Count == 2);

        await other.Desk.ReplyAsync(server.Ann, one, "Here we are.");
        await server.UntilAsync(s => s.Count == 1);
        await other.Reminders.DoneAsync(server.Ann, server.Live.Snapshot.For(server.Ann).Single().Reminder.Id);
        await server.UntilAsync(s => s.CountFor(server.Ann) == 0);
        Assert.Equal(1, server.Live.Snapshot.CountFor(server.Ben));
        await server.Desk.ReplyAsync(server.Ann, two, "Here too.");
        await other.UntilAsync(s => s.Count == 0);
    }

    [Fact]
    public async Task A_change_that_makes_an_alarm_due_at_once_wakes_the_clock()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await server.Desk.OpenAsync();
        server.Advance(Duration.FromMinutes(40));
        await server.Desk.GradeAsync(server.Ann, opened, Severity.Critical); // No time passes after it.
        await server.UntilAsync(s => s.Count == 1);
        Assert.Equal(0.5m, server.Live.Snapshot.For(server.Ann).Single().Reminder.Left);
    }
}
