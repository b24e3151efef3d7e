using Microsoft.EntityFrameworkCore;
using NodaTime;
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
using SupportPortal.Tests.Domain.Reminders;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>Who is told at which threshold, as the policy says, and what goes to the person on call.</summary>
public sealed class EscalatedReminderTests(PrivatePostgres postgres)
{
    private static readonly Actor Root = new("root", Role.Administrator);

    [Fact]
    public async Task The_policy_says_who_is_told_at_which_threshold()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (ann, bob) = await OnCallAsync(desk, new EscalationRule([Told.Assignee, Told.OnCall], 0.25m), new EscalationRule([Told.Managers]));
        var opened = await desk.OpenAsync();
        await desk.ActAsync(ann, opened, ticket => ticket.Assign(ann, ann.Id));
        Assert.Equal((ReminderAudience.Assignee, bob.Id), await AfterAsync(desk, 12));
        Assert.Equal((ReminderAudience.Assignee | ReminderAudience.OnCall, bob.Id), await AfterAsync(desk, 6));
        Assert.Equal((ReminderAudience.Managers, bob.Id), await AfterAsync(desk, 7));

        var reminder = (await RemindersAsync(desk))[1];
        Assert.True(reminder.IsFor(bob, ann.Id));
        Assert.True(reminder.IsFor(ann, ann.Id));
        Assert.False(reminder.IsFor(SomeDesk.Max, ann.Id));
    }

    [Fact]
    public async Task A_ticket_of_somebody_who_has_left_reminds_the_desk()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (ann, _) = await OnCallAsync(desk);
        var (anns, gone) = (await desk.OpenAsync("Ann's"), await desk.OpenAsync("Of somebody who has left"));
        await desk.ActAsync(ann, anns, ticket => ticket.Assign(ann, ann.Id));
        await desk.ActAsync(ann, gone, ticket => ticket.Assign(ann, "left-long-ago"));
        await AfterAsync(desk, 12);
        Assert.Equal([ReminderAudience.Assignee, ReminderAudience.Desk], (await RemindersAsync(desk)).OrderBy(r => r.TicketId).Select(r => r.Audience));
    }

    [Fact]
    public async Task Where_nobody_is_on_call_the_desk_is_told_in_their_place()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await PublishAsync(desk, new EscalationRule([Told.OnCall], 0.5m) { ReassignWhenUnacknowledged = true });
        await desk.OpenAsync();
        Assert.Equal((ReminderAudience.Desk, null), await AfterAsync(desk, 12));
        await HandOverAsync(desk);
        Assert.Null((await desk.Desk.FindAsync(SomeDesk.Ada, 10001))!.Ticket.AssigneeId);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_nobody_acknowledged_goes_to_the_person_on_call_once(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (ann, bob) = await OnCallAsync(desk, new EscalationRule([Told.Assignee], 0.25m) { ReassignWhenUnacknowledged = true });
        var (ignored, seen) = (await desk.OpenAsync("Ignored"), await desk.OpenAsync("Seen"));
        await AfterAsync(desk, 12);
        Assert.Null(await desk.Database.Get<ReminderDesk>().DoneAsync(ann, (await RemindersAsync(desk)).Single(r => r.TicketId == seen.Ticket.Id).Id));
        await AfterAsync(desk, 6);
        await HandOverAsync(desk);
        Assert.Equal((bob.Id, null), (await AssigneeAsync(desk, ignored), await AssigneeAsync(desk, seen)));

        // Died after the act and before it was noted: nothing is done twice, though somebody else has it by now.
        await desk.ActAsync(ann, ignored, ticket => ticket.Assign(ann, ann.Id));
        await desk.TamperAsync($"UPDATE \"Reminders\" SET \"HandOverTo\" = '{bob.Id}' WHERE \"TicketId\" = {ignored.Ticket.Id} AND \"EndedAt\" IS NULL");
        await HandOverAsync(desk);
        Assert.Equal(ann.Id, await AssigneeAsync(desk, ignored));
        Assert.DoesNotContain(await RemindersAsync(desk), r => r.HandOverTo is not null);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task Whoever_put_it_off_has_acknowledged_what_comes_in_its_place_too()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (ann, _) = await OnCallAsync(desk, new EscalationRule([Told.Assignee], 0m) { ReassignWhenUnacknowledged = true });
        var opened = await desk.OpenAsync();
        await desk.ActAsync(ann, opened, ticket => ticket.Assign(ann, ann.Id));
        await AfterAsync(desk, 12);
        Assert.Null(await desk.Database.Get<ReminderDesk>().SnoozeAsync(ann, 1, desk.Database.Clock.Now() + Duration.FromHours(12)));
        await AfterAsync(desk, 6); // A quarter is left: put off along with it.
        await AfterAsync(desk, 6);
        Assert.Equal(3, (await RemindersAsync(desk)).Count);
        await HandOverAsync(desk);
        Assert.Equal(ann.Id, await AssigneeAsync(desk, opened));
    }

    [Fact]
    public async Task Who_put_it_off_before_somebody_else_had_the_ticket_has_acknowledged_nothing_for_them()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (ann, bob) = await OnCallAsync(desk, new EscalationRule([Told.Assignee], 0m) { ReassignWhenUnacknowledged = true });
        var carl = (await desk.Database.Get<PeopleDesk>().AddAsync(new NewPerson("carl@test.example", Role.Agent, "Carl", null, "correct horse battery"))).Added!.ToActor();
        var opened = await desk.OpenAsync();
        await desk.ActAsync(ann, opened, ticket => ticket.Assign(ann, ann.Id));
        await AfterAsync(desk, 12);
        Assert.Null(await desk.Database.Get<ReminderDesk>().SnoozeAsync(ann, 1, desk.Database.Clock.Now() + Duration.FromHours(20)));
        await desk.ActAsync(ann, opened, ticket => ticket.Assign(ann, carl.Id));
        await AfterAsync(desk, 6);
        await AfterAsync(desk, 6);
        await HandOverAsync(desk);
        Assert.Equal(bob.Id, await AssigneeAsync(desk, opened));
    }

    [Fact]
    public async Task Whoever_is_handed_a_ticket_is_told_of_it_again_and_nobody_else_is()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres, rings: false);
        Assert.Empty((await server.Desk.Database.Get<OnCallStore>().SaveAsync(Root, SomeRota.Spec($"Mon 09:00-Mon 09:00 {server.Ben.Id}"), 0)).Refusals);
        await PublishAsync(server.Desk, new EscalationRule([Told.Desk], 0.25m) { ReassignWhenUnacknowledged = true });
        await server.Desk.OpenAsync("Ignored");
        await AfterAsync(server.Desk, 12);
        await AfterAsync(server.Desk, 6);
        await server.UntilAsync(s => s.Find(2) is not null);
        foreach (var person in server.Everybody) Assert.Single(await server.Claims.ClaimAsync(person));

        await HandOverAsync(server.Desk);
        await server.UntilAsync(s => s.MarkOf(server.Ben, 2)?.WokeAt is not null);
        Assert.Equal("Ignored", Assert.Single(await server.Claims.ClaimAsync(server.Ben)).Ticket.Subject);
        foreach (var person in server.Everybody) Assert.Empty(await server.Claims.ClaimAsync(person));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_ticket_that_changes_meanwhile_is_handed_over_all_the_same_and_keeps_what_was_done(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (ann, bob) = await OnCallAsync(desk, new EscalationRule([Told.Assignee], 0.25m) { ReassignWhenUnacknowledged = true });
        var opened = await desk.OpenAsync();
        await AfterAsync(desk, 12);
        await AfterAsync(desk, 6);
        await Task.WhenAll([HandOverAsync(desk), .. Enumerable.Range(0, 20).Select(i => desk.ReplyAsync(SomeDesk.Casey, opened, $"Hello? {i}"))]);
        Assert.Equal(bob.Id, await AssigneeAsync(desk, opened));
        Assert.Equal(22, (await desk.Desk.FindAsync(ann, opened.Ticket.Id))!.Happened.Count());
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task Tickets_that_cannot_be_read_keep_no_other_from_being_handed_over_and_follow_when_they_can()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (_, bob) = await OnCallAsync(desk, new EscalationRule([Told.Assignee], 0.25m) { ReassignWhenUnacknowledged = true });
        var damaged = new List<TicketHistory>();
        for (var i = 0; i < 25; i++) damaged.Add(await desk.OpenAsync("Damaged"));
        var whole = await desk.OpenAsync("Whole");
        await AfterAsync(desk, 12);
        await AfterAsync(desk, 6);
        await desk.TamperAsync($"UPDATE \"Events\" SET \"Data\" = '!' || \"Data\" WHERE \"TicketId\" < {whole.Ticket.Id}");
        await using var next = await desk.OpenAgainAsync(); // A process that has none of them in memory.
        while (await HandOverAsync(next))
        {
            // All that wait are tried.
        }

        Assert.Equal(bob.Id, await AssigneeAsync(next, whole));
        await desk.TamperAsync("UPDATE \"Events\" SET \"Data\" = substr(\"Data\", 2) WHERE \"Data\" LIKE '!%'");
        while (await HandOverAsync(next))
        {
            // The same once more.
        }

        foreach (var ticket in damaged) Assert.Equal(bob.Id, await AssigneeAsync(next, ticket));
    }

    /// <summary>A rota that always names Bob, and a policy with these rules at Severity 3.</summary>
    private static async Task<(Actor Ann, Actor Bob)> OnCallAsync(SomeDesk desk, params EscalationRule[] rules)
    {
        var people = desk.Database.Get<PeopleDesk>();
        var ann = (await people.AddAsync(new NewPerson("ann@test.example", Role.Agent, "Ann", null, "correct horse battery"))).Added!.ToActor();
        var bob = (await people.AddAsync(new NewPerson("bob@test.example", Role.Agent, "Bob", null, "correct horse battery"))).Added!.ToActor();
        Assert.Empty((await desk.Database.Get<OnCallStore>().SaveAsync(Root, SomeRota.Spec($"Mon 09:00-Mon 09:00 {bob.Id}"), 0)).Refusals);
        await PublishAsync(desk, rules);
        return (ann, bob);
    }

    private static async Task PublishAsync(SomeDesk desk, params EscalationRule[] rules)
    {
        var commitment = SlaPolicy.Commitment;
        var policy = commitment with { Severities = [.. commitment.Severities.Select(s => s.Severity == Severity.Normal ? s with { Escalation = rules } : s)] };
        Assert.Empty((await desk.Database.Get<PolicyStore>().PublishAsync(Root, policy)).Refusals);
    }

    /// <summary>Whom the last reminder is for that is raised when so many hours have passed.</summary>
    private static async Task<(ReminderAudience, string?)> AfterAsync(SomeDesk desk, int hours)
    {
        desk.Database.Clock.Advance(TimeSpan.FromHours(hours));
        while (await desk.Database.Get<AlarmRaiser>().RaiseDueAsync(CancellationToken.None))
        {
            // Until nothing is due.
        }

        var last = (await RemindersAsync(desk))[^1];
        return (last.Audience, last.OnCallId);
    }

    private static Task<bool> HandOverAsync(SomeDesk desk) => desk.Database.Get<OnCallHandover>().HandOverAsync(CancellationToken.None);

    private static async Task<string?> AssigneeAsync(SomeDesk desk, TicketHistory ticket) => (await desk.Desk.FindAsync(SomeDesk.Ada, ticket.Ticket.Id))!.Ticket.AssigneeId;

    private static async Task<List<Reminder>> RemindersAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return await db.Set<Reminder>().AsNoTracking().OrderBy(r => r.Id).ToListAsync();
    }
}
