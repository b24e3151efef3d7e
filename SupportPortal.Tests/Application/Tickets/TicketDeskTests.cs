using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class TicketDeskTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_ticket_comes_back_from_the_store_as_it_went_in(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = Done(await desk.Desk.OpenAsync(Casey, new IncomingRequest("Grüße — “quotes” 🔥", "Line 1\nLine 2", Channel.Chat)
        {
            Service = "Billing",
            Impact = Impact.DataLoss,
            Workaround = Workaround.ShortTerm,
            Tags = ["a", "b c"],
        }));
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(7));
        await desk.GradeAsync(Ada, opened, Severity.Critical);
        await desk.ActAsync(Ada, opened, ticket => ticket.Take(Ada));
        var written = await desk.ReplyAsync(Ada, opened, "Out.");

        var read = await desk.Desk.FindAsync(Cora, opened.Ticket.Id);
        Assert.Equal(written.Happened.Select(e => (e.Version, e.At, e.By)), read!.Happened.Select(e => (e.Version, e.At, e.By)));
        Assert.Equal(written.Events.Select(e => e.Hash), read.Events.Select(e => e.Hash));
        Assert.Equal(["reported", "severityChanged", "assigned", "workStarted", "staffReply"], read.Happened.Select(e => FactJson.TypeOf(e.Fact)));
        Assert.Equal(("Grüße — “quotes” 🔥", "Line 1\nLine 2", "Out."),
            (read.Ticket.Report.Subject.Text, read.Ticket.Report.Description.Text, ((StaffReplied)read.Happened.Last().Fact).Body.Text));
        Assert.Equal((Severity.High, Severity.Critical, TicketStatus.InProgress, "ada", 1), (read.Ticket.Report.Claimed, read.Ticket.Severity, read.Ticket.Status, read.Ticket.AssigneeId, read.Ticket.OrganisationId));
        Assert.Equal(["a", "b c"], read.Ticket.Report.Tags);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Numbers_begin_at_10001_and_have_no_gap_however_many_come_at_once(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (i % 2 == 0 ? desk : other).OpenAsync($"No. {i}", key: new("casey", $"key {i / 3}", "same")))));
        Assert.Equal(Enumerable.Range(10001, 20).Select(n => (long)n), opened.Select(o => o.Ticket.Id).Distinct().Order());
        Assert.Equal(10021, (await desk.OpenAsync()).Ticket.Id);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Everybody_who_acts_on_one_ticket_at_once_is_kept(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 4) switch
        {
            0 => desk.ReplyAsync(Casey, opened, $"Customer {i}"),
            1 => desk.ReplyAsync(Ada, opened, $"Staff {i}"),
            2 => desk.ActAsync(Max, opened, _ => Ticket.AddNote(Max, TicketDesk.Seal($"Note {i}"))),
            _ => desk.ActAsync(Ada, opened, ticket => ticket.Grade(Ada, ticket.Severity == Severity.High ? Severity.Critical : Severity.High, TicketDesk.Seal($"Grade {i}"), null, ticket.ChangedAt)),
        })));

        var read = await desk.Desk.FindAsync(Ada, opened.Ticket.Id);
        Assert.Equal(41, read!.Ticket.Version);
        Assert.Equal(40, read.Happened.Skip(1).SelectMany(e => e.Fact.Texts).Select(t => t.Text.Text).Distinct().Count());
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_servers_that_act_on_one_ticket_at_once_lose_neither_act(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await desk.OpenAsync();
        await Task.WhenAll(new[] { desk, other }.SelectMany(server => Enumerable.Range(0, 10).Select(i => Task.Run(() => server.ReplyAsync(Ada, opened, $"{server.GetHashCode()} {i}")))));
        Assert.Equal(21, (await desk.Desk.FindAsync(Ada, opened.Ticket.Id))!.Ticket.Version);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_act_on_an_older_version_than_the_last_is_told_so_and_nothing_is_written(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        await desk.ReplyAsync(Ada, opened, "First.");
        var answer = await desk.Desk.ActAsync(Max, opened.Ticket.Id, (ticket, _) => ticket.Take(Max), seenVersion: 1);
        Assert.Equal(new DeskAnswer.ChangedMeanwhile(2), answer);
        Assert.Equal(2, (await desk.Desk.FindAsync(Ada, opened.Ticket.Id))!.Ticket.Version);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_key_used_again_is_answered_with_the_ticket_as_it_was_then(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var key = new IdempotencyKey("casey", "once", "digest");
        var opened = await desk.OpenAsync(key: key);
        await desk.ReplyAsync(Ada, opened, "Since then.");

        var again = Assert.IsType<DeskAnswer.Done>(await desk.Desk.OpenAsync(Casey, new IncomingRequest("Other", "Other", Channel.Api), key));
        Assert.Equal((true, opened.Ticket.Id, 1), (again.Replayed, again.History.Ticket.Id, again.History.Ticket.Version));
        Assert.IsType<DeskAnswer.KeyReused>(await desk.Desk.OpenAsync(Casey, new IncomingRequest("Other", "Other", Channel.Api), key with { RequestHash = "another" }));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Another_organisations_ticket_is_not_found_and_cannot_be_acted_on(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        Assert.Null(await desk.Desk.FindAsync(Stranger, opened.Ticket.Id));
        Assert.Null(await desk.Queries.FindAsync(Stranger, opened.Ticket.Id));
        Assert.Null(await desk.Database.Get<TicketReader>().FindAsync(Stranger, opened.Ticket.Id));
        Assert.Null(await desk.Database.Get<TicketReader>().EventsAsync(Stranger, opened.Ticket.Id, 0, 10));
        Assert.IsType<DeskAnswer.NotFound>(await desk.Desk.ActAsync(Stranger, opened.Ticket.Id, (ticket, _) => ticket.RequestStatus(Stranger)));
        Assert.IsType<DeskAnswer.NotFound>(await desk.Desk.ActAsync(Stranger, 99999, (ticket, _) => ticket.RequestStatus(Stranger)));
        Assert.NotNull(await desk.Desk.FindAsync(Cora, opened.Ticket.Id));
        Assert.Null(await desk.Desk.FindAsync(Cora with { SeesOrganisation = false }, opened.Ticket.Id));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_refusal_writes_nothing(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var refused = Assert.IsType<DeskAnswer.Refused>(await desk.Desk.OpenAsync(Casey, new IncomingRequest(" ", "", Channel.Portal), new("casey", "k", "d")));
        Assert.Equal(["subject", "description"], refused.Refusals.Select(r => r.Field));
        await using var db = await desk.Database.OpenAsync();
        Assert.Equal((0, 0), (await db.Set<EventRow>().CountAsync(), await db.Set<IdempotencyRow>().CountAsync()));
    }
}
