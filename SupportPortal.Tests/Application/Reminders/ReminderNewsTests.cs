using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>Who hears of a reminder though it is not new: from another server, by being given its ticket, by looking at what they put off.</summary>
public sealed class ReminderNewsTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task None_is_shown_before_one_that_another_server_raised_earlier(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres, rings: false);
        await using var other = await server.Desk.OpenAgainAsync();
        await server.Desk.OpenAsync("Raised there");
        server.Advance(Duration.FromMinutes(10));
        await server.Desk.OpenAsync("Raised here");
        server.Advance(Duration.FromHours(12) - Duration.FromMinutes(10));

        var gaps = new List<long>();
        using var watch = server.Live.Watch(batch =>
        {
            if (batch.After.Find(1) is null && batch.After.Find(2) is not null) gaps.Add(batch.After.LastId);
            return true;
        });
        await RaiseAsync(other);
        server.Advance(Duration.FromMinutes(10));
        await RaiseAsync(server.Desk);
        await server.UntilAsync(s => s.Find(2) is not null);
        Assert.Empty(gaps);
        Assert.Equal([1, 2], (await server.Claims.ClaimAsync(server.Ann)).Select(one => one.Reminder.Id).Order());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task One_that_another_server_brings_back_is_found(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres, rings: false);
        var opened = await server.Desk.OpenAsync();
        await server.Desk.GradeAsync(Ada, opened, Severity.Critical);
        server.Advance(Duration.FromMinutes(31));
        await RaiseAsync(server.Desk);
        await server.UntilAsync(s => s.Count == 1);
        await server.Desk.GradeAsync(Ada, opened, Severity.Normal);
        await server.UntilAsync(s => s.Count == 0);

        await using var other = await server.Desk.OpenAgainAsync();
        await other.GradeAsync(Ada, opened, Severity.Critical);
        await RaiseAsync(other);
        await server.UntilAsync(s => s.Find(1) is not null);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_is_given_a_ticket_is_told_of_its_reminders_and_whoever_takes_it_is_not(DatabaseProvider provider)
    {
        await using var server = await RemindingServer.MakeAsync(provider, postgres);
        var (given, taken) = (await server.Desk.OpenAsync("Given"), await server.Desk.OpenAsync("Taken"));
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 2);
        foreach (var person in server.Everybody) await server.Claims.ClaimAsync(person);

        await server.Desk.ActAsync(server.Ann, given, ticket => ticket.Assign(server.Ann, server.Ben.Id));
        await server.Desk.ActAsync(server.Ben, taken, ticket => ticket.Assign(server.Ben, server.Ben.Id));
        await server.UntilAsync(s => s.WokenFor(server.Ben).Any() && s.CountFor(server.Ann) == 0);
        Assert.Equal(["Given"], (await server.Claims.ClaimAsync(server.Ben)).Select(one => one.Ticket.Subject));
        Assert.Empty(await server.Claims.ClaimAsync(server.Ben));
        Assert.Empty(await server.Claims.ClaimAsync(server.Ann));
    }

    [Fact]
    public async Task Whoever_put_a_reminder_off_is_left_in_peace_when_given_its_ticket()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var opened = await server.Desk.OpenAsync();
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 1);
        Assert.Null(await server.Reminders.SnoozeAsync(server.Ben, 1, server.Now + Duration.FromHours(1)));
        await server.Desk.ActAsync(server.Ann, opened, ticket => ticket.Assign(server.Ann, server.Ben.Id));
        await server.UntilAsync(s => s.CountFor(server.Ann) == 0 && s.MarkOf(server.Ben, 1) is not null);
        Assert.Empty(await server.Claims.ClaimAsync(server.Ben));
        Assert.Single(server.Live.Snapshot.SnoozedBy(server.Ben, server.Now));
    }

    [Fact]
    public async Task Whoever_looks_at_what_they_put_off_sees_it_end_and_go_to_somebody_else()
    {
        await using var server = await RemindingServer.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (answered, passed) = (await server.Desk.OpenAsync("Answered"), await server.Desk.OpenAsync("Passed on"));
        foreach (var ticket in new[] { answered, passed }) await server.Desk.ActAsync(server.Ann, ticket, t => t.Assign(server.Ann, server.Ann.Id));
        server.Advance(Duration.FromHours(12));
        await server.UntilAsync(s => s.Count == 2);
        foreach (var id in new[] { 1, 2 }) Assert.Null(await server.Reminders.SnoozeAsync(server.Ann, id, server.Now + Duration.FromHours(1)));
        await server.UntilAsync(s => s.SnoozedBy(server.Ann, server.Now).Count() == 2);

        var left = new List<int>();
        using var watch = server.Live.Watch(batch =>
        {
            if (batch.Concerns(server.Ann)) left.Add(batch.After.SnoozedBy(server.Ann, server.Now).Count());
            return true;
        });
        await server.Desk.ReplyAsync(server.Ben, answered, "Done.");
        await server.UntilAsync(s => s.SnoozedBy(server.Ann, server.Now).Count() == 1);
        await server.Desk.ActAsync(server.Ben, passed, ticket => ticket.Assign(server.Ben, server.Ben.Id));
        await server.UntilAsync(s => !s.SnoozedBy(server.Ann, server.Now).Any());
        Assert.Equal([1, 0], left.Distinct());
    }

    private static async Task RaiseAsync(SomeDesk desk)
    {
        while (await desk.Database.Get<AlarmRaiser>().RaiseDueAsync(CancellationToken.None))
        {
            // Until nothing is due.
        }
    }
}
