using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Channels;

/// <summary>Whoever follows a ticket is told by mail why, and how to end it; over a real SMTP conversation.</summary>
public sealed class FollowerMailTests : IAsyncDisposable
{
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public FollowerMailTests() => _portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday))
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task Watchers_and_copies_are_told_what_the_requester_is_told_but_nobody_of_what_they_did()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", "Casey", "Northwind");
        var colleague = await _portal.AddPersonAsync(Role.Customer, "cora@test.example", "Cora", "Northwind");
        var agent = await _portal.AddPersonAsync(Role.Agent, "ada@test.example", "Ada");
        var id = await OpenAsync(customer);
        await _smtp.NextAsync();
        await AddAsync(customer, id, "cora@test.example");
        await AddAsync(customer, id, "cc@elsewhere.example");
        await ActAsync(agent, id, ticket => ticket.Watch(agent.ToActor()));

        await ActAsync(agent, id, ticket => ticket.Reply(agent.ToActor(), TicketDesk.Seal("Try again.")));
        var mails = await MailsAsync(3);
        Assert.Equal(["casey@test.example", "cc@elsewhere.example", "cora@test.example"], mails.Keys.Order());
        Assert.Equal("Support replied to your request.\n\nTry again.\n\nFollow it here: https://portal.example/requests/SUP-10001\n", Text(mails["casey@test.example"]));
        Assert.Equal("Support replied to the request.\n\nTry again.\n\nYou get this mail because you watch this request. Follow it, or stop watching, here: https://portal.example/requests/SUP-10001\n", Text(mails["cora@test.example"]));
        var copy = mails["cc@elsewhere.example"];
        Assert.StartsWith("Support replied to the request.\n\nTry again.\n\nYou get this mail because copies for this request go to your address. Stop them here: https://portal.example/requests/SUP-10001/copies/stop?key=", Text(copy), StringComparison.Ordinal);
        Assert.Equal(3, mails.Values.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal($"<{StopLink(copy)}>", copy.Headers[HeaderId.ListUnsubscribe]);

        await ActAsync(agent, id, ticket => Ticket.AddNote(agent.ToActor(), TicketDesk.Seal("between us")));
        await ActAsync(colleague, id, ticket => ticket.Reply(colleague.ToActor(), TicketDesk.Seal("and now?")));
        await ActAsync(customer, id, ticket => ticket.Reply(customer.ToActor(), TicketDesk.Seal("and now?")));
        await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.Equal(4, await db.Set<OutgoingMail>().CountAsync());
    }

    [Fact]
    public async Task The_link_of_a_copy_ends_it_after_asking_and_nothing_else_does()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", "Casey");
        var agent = await _portal.AddPersonAsync(Role.Agent);
        var id = await OpenAsync(customer);
        await AddAsync(customer, id, "cc@elsewhere.example");
        await ActAsync(agent, id, ticket => ticket.Reply(agent.ToActor(), TicketDesk.Seal("One.")));
        var link = StopLink((await MailsAsync(3))["cc@elsewhere.example"]).PathAndQuery;
        using var visitor = _portal.CreateClient(new() { AllowAutoRedirect = false });

        foreach (var wrong in new[] { "/requests/SUP-10001/copies/stop", "/requests/SUP-10001/copies/stop?key=made-up", link.Replace("10001", "10002", StringComparison.Ordinal), link[..^4] })
        {
            Assert.Contains("This link does not work", await visitor.GetStringAsync(new Uri(wrong, UriKind.Relative)), StringComparison.Ordinal);
        }

        Assert.Contains("cc@elsewhere.example", await visitor.GetStringAsync(new Uri(link, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Single(await CopiesAsync(customer, id)); // To look ends nothing: scanners of mail follow every link.
        using var stopped = await visitor.PostFormAsync(link, "stop-copies");
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Contains("No more copies", await stopped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await CopiesAsync(customer, id));
        Assert.Contains("No more copies", await visitor.GetStringAsync(new Uri(link, UriKind.Relative)), StringComparison.Ordinal);

        await ActAsync(agent, id, ticket => ticket.Reply(agent.ToActor(), TicketDesk.Seal("Two.")));
        Assert.Contains("Two.", Text((await MailsAsync(1))["casey@test.example"]), StringComparison.Ordinal);
        Assert.Equal(0, _smtp.Waiting);
    }

    [Fact]
    public async Task A_mail_that_waits_is_not_sent_to_who_follows_no_longer()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", "Casey", "Northwind");
        var agent = await _portal.AddPersonAsync(Role.Agent);
        await _portal.AddPersonAsync(Role.Customer, "cora@test.example", "Cora", "Northwind");
        var id = await OpenAsync(customer);
        await _smtp.NextAsync();
        await AddAsync(customer, id, "cora@test.example");
        await AddAsync(customer, id, "cc@elsewhere.example");
        var history = (await _portal.Get<TicketDesk>().FindAsync(customer.ToActor(), id))!;
        var owed = OutgoingMail.ForFollowers(new TicketEvent(1, history.Ticket.ReportedAt, new EventAuthor("ada", Role.Agent), 1, new StaffReplied(TicketDesk.Seal("Hello."))), history.Ticket).ToList();
        Assert.Equal(["cora", "cc"], owed.Select(mail => mail.Address is null ? "cora" : "cc"));
        Assert.All(await Task.WhenAll(owed.Select(mail => _portal.Get<OwedMail>().MessageAsync(mail, CancellationToken.None))), Assert.NotNull);

        foreach (var watcher in history.Ticket.Watchers) await ActAsync(agent, id, ticket => ticket.RemoveWatcher(agent.ToActor(), watcher));
        foreach (var copy in history.Ticket.Copies) await ActAsync(agent, id, ticket => ticket.RemoveCopy(agent.ToActor(), copy.Version));
        Assert.All(await Task.WhenAll(owed.Select(mail => _portal.Get<OwedMail>().MessageAsync(mail, CancellationToken.None))), Assert.Null);
    }

    [Fact]
    public async Task The_portals_own_address_follows_nothing_and_a_copy_holds_up_no_letter()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", "Casey");
        var id = await OpenAsync(customer);
        var refused = Assert.IsType<DeskAnswer.Refused>(await _portal.Get<Followers>().AddAsync(customer.ToActor(), id, "Support@portal.example"));
        Assert.Equal("This is the address of the portal itself.", Assert.Single(refused.Refusals).Message);

        await _smtp.NextAsync();
        _smtp.Refusal = "451 Try later";
        var other = await _portal.AddPersonAsync(Role.Customer, "robin@test.example", "Robin");
        var agent = await _portal.AddPersonAsync(Role.Agent);
        await AddAsync(customer, id, "robin@test.example");
        await ActAsync(agent, id, ticket => ticket.Reply(agent.ToActor(), TicketDesk.Seal("One.")));
        Assert.Null(await _portal.Get<AccountLetters>().SendAsync(AccountLetter.NewPassword, other.Email!, CancellationToken.None));
        await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.Equal(1, await db.Set<OutgoingMail>().CountAsync(mail => mail.Letter != null));
    }

    private async Task<long> OpenAsync(PortalUser customer) =>
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(customer.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal))).History.Ticket.Id;

    private async Task AddAsync(PortalUser by, long id, string address) => Assert.IsType<DeskAnswer.Done>(await _portal.Get<Followers>().AddAsync(by.ToActor(), id, address));

    private async Task ActAsync(PortalUser by, long id, Func<Ticket, Decision> decide) =>
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().ActAsync(by.ToActor(), id, (ticket, _) => decide(ticket)));

    private async Task<IReadOnlyList<TicketCopy>> CopiesAsync(PortalUser by, long id) => (await _portal.Get<TicketDesk>().FindAsync(by.ToActor(), id))!.Ticket.Copies;

    private async Task<Dictionary<string, MimeMessage>> MailsAsync(int count)
    {
        var mails = new Dictionary<string, MimeMessage>();
        for (var i = 0; i < count; i++)
        {
            var mail = await _smtp.NextAsync();
            mails[mail.To.Mailboxes.Single().Address] = mail;
        }

        return mails;
    }

    private static Uri StopLink(MimeMessage mail) => new(Text(mail).Split("Stop them here: ")[1].Trim());

    private static string Text(MimeMessage mail) => mail.TextBody!.ReplaceLineEndings("\n");

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
