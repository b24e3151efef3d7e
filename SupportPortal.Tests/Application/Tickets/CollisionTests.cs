using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

/// <summary>Two members of staff answer one request at the same time.</summary>
public sealed class CollisionTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_answer_that_another_server_committed_between_the_look_and_the_write_stops_the_reply(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await desk.OpenAsync();
        var tries = 0;

        var answer = await desk.Desk.ActAsync(Ada, opened.Ticket.Id, (ticket, _) =>
        {
            if (++tries == 1) Wait(other.ReplyAsync(Max, opened, "Max was first."));
            return ticket.Reply(Ada, TicketDesk.Seal("And Ada?"), seen: 1);
        });

        var told = Assert.IsType<AnsweredMeanwhile>(Assert.Single(Assert.IsType<DeskAnswer.Refused>(answer).Refusals));
        Assert.Equal(("max", 2, "Max was first."), (told.Answer.By.Id, told.Answer.Version, ((StaffReplied)told.Answer.Fact).Body.Text));
        Assert.Equal((2, 2), (tries, (await desk.Desk.FindAsync(Ada, opened.Ticket.Id))!.Ticket.Version));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_who_answer_at_once_from_two_servers_one_is_heard_and_the_other_is_told(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await desk.OpenAsync();
        var answers = await Task.WhenAll(new[] { (Desk: desk, By: Ada), (Desk: other, By: Max) }.SelectMany(person => Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => SendAsync(person.Desk, person.By, opened, $"No. {i}")))));

        var history = await desk.Desk.FindAsync(Ada, opened.Ticket.Id);
        var heard = Assert.Single(history!.Happened.Skip(1).Select(e => e.By.Id).Distinct());
        var told = answers.OfType<DeskAnswer.Refused>().SelectMany(refused => refused.Refusals).Cast<AnsweredMeanwhile>().ToList();
        Assert.Equal((8, 8), (told.Count, history.Ticket.Version - 1));
        Assert.All(told, t => Assert.Equal(heard, t.Answer.By.Id));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_reply_that_was_sent_already_is_sent_again_without_a_word_whoever_answered_since(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        var key = new IdempotencyKey("ada", "page:1", "digest");
        Done(await SendAsync(desk, Ada, opened, "On it.", key));
        await desk.ReplyAsync(Max, opened, "Done.");

        Assert.True(Assert.IsType<DeskAnswer.Done>(await SendAsync(desk, Ada, opened, "On it.", key)).Replayed);
        Assert.IsType<DeskAnswer.Refused>(await SendAsync(desk, Ada, opened, "On it.", key with { Key = "page:2" }));
        Assert.Equal(3, (await desk.Desk.FindAsync(Ada, opened.Ticket.Id))!.Ticket.Version);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_reply_that_another_server_sends_at_the_same_moment_is_not_told_of_what_came_after_it(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await desk.OpenAsync();
        var key = new IdempotencyKey("ada", "page:1", "digest");

        // Nobody had used the key when this call began, and the other server has when it looks at the ticket.
        var answer = await desk.Desk.ActAsync(Ada, opened.Ticket.Id, (_, _) =>
        {
            Wait(SendAsync(other, Ada, opened, "On it.", key));
            var since = Wait(other.ReplyAsync(Max, opened, "Done."));
            return since.Ticket.Reply(Ada, TicketDesk.Seal("On it."), seen: 1);
        }, key: key);

        Assert.True(Assert.IsType<DeskAnswer.Done>(answer).Replayed);
        Assert.Equal(3, (await desk.Desk.FindAsync(Ada, opened.Ticket.Id))!.Ticket.Version);
    }

    private static Task<DeskAnswer> SendAsync(SomeDesk desk, Actor by, TicketHistory on, string text, IdempotencyKey? key = null) =>
        desk.Desk.ActAsync(by, on.Ticket.Id, (ticket, _) => ticket.Reply(by, TicketDesk.Seal(text), seen: 1), key: key);

    // A decision is taken at once: what comes between it and the write has to be waited for here.
    private static T Wait<T>(Task<T> other) => other.GetAwaiter().GetResult();
}
