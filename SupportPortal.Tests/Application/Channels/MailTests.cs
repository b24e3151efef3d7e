using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Channels;

/// <summary>The requester is told by mail, over a real SMTP conversation.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public MailTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task The_requester_is_told_of_receipt_reply_and_resolution_and_of_nothing_internal()
    {
        var (customer, agent) = (await _portal.AddPersonAsync(Role.Customer, "ada@test.example", "Ada"), await _portal.AddPersonAsync(Role.Agent));
        var id = await OpenAsync(customer.ToActor());
        var receipt = await _smtp.NextAsync();
        Assert.Equal(("[SUP-10001] Export stops", "\"Ada\" <ada@test.example>", "SUP-10001.1@portal.example"), (receipt.Subject, receipt.To.ToString(), receipt.MessageId));
        Assert.Equal("We received your request. Support will assess it.\n\nAt 99 %.\n\nFollow it here: https://portal.example/requests/SUP-10001\n", Text(receipt));

        await ActAsync(agent.ToActor(), id, ticket => Ticket.AddNote(agent.ToActor(), TicketDesk.Seal("between us")));
        await ActAsync(customer.ToActor(), id, ticket => ticket.Reply(customer.ToActor(), TicketDesk.Seal("and now?")));
        await ActAsync(agent.ToActor(), id, ticket => ticket.Reply(agent.ToActor(), TicketDesk.Seal("Try again, please.")));
        Assert.Contains("Try again, please.", Text(await _smtp.NextAsync()), StringComparison.Ordinal);
        await ActAsync(agent.ToActor(), id, ticket => ticket.Resolve(agent.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Repaired.")));
        var resolved = await _smtp.NextAsync();
        Assert.Equal(("SUP-10001.5@portal.example", "SUP-10001.1@portal.example"), (resolved.MessageId, resolved.InReplyTo));
        Assert.Equal(0, _smtp.Waiting);
    }

    [Fact]
    public async Task A_mail_that_was_turned_away_is_tried_again_later_and_sent_once()
    {
        _smtp.Refusal = "451 Try later";
        var customer = await _portal.AddPersonAsync(Role.Customer);
        await OpenAsync(customer.ToActor());
        await UntilAsync(mail => mail is { Attempts: 1, Failure: not null });

        _smtp.Refusal = null;
        Assert.Equal(0, await Dispatcher.SendDueAsync(CancellationToken.None));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Dispatcher.SendDueAsync(CancellationToken.None);
        Assert.Contains("Export stops", (await _smtp.NextAsync()).Subject, StringComparison.Ordinal);
        await UntilAsync(mail => mail is { NextAttemptAt: null, SentAt: not null, Failure: null });
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Dispatcher.SendDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Two_dispatchers_do_not_send_one_mail_twice()
    {
        _smtp.Refusal = "451 Not yet";
        await OpenAsync((await _portal.AddPersonAsync(Role.Customer)).ToActor());
        await UntilAsync(mail => mail.Attempts == 1);
        _smtp.Refusal = null;
        _clock.Advance(TimeSpan.FromHours(1));
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Dispatcher.SendDueAsync(CancellationToken.None)));
        await _smtp.NextAsync();
        Assert.InRange(sent.Sum(), 0, 1); // None where the portal's own loop was the first of the five.
        await UntilAsync(mail => mail is { SentAt: not null, Attempts: 2 }); // The one turned away and one more, whoever made it.
        Assert.Equal(0, _smtp.Waiting);
    }

    [Theory]
    [InlineData("Export stops\r\nBcc: eve@evil.example")]
    [InlineData("Export stops\nX-Evil: yes\n\nAnother body")]
    public async Task A_subject_or_a_name_of_several_lines_is_refused(string subject)
    {
        var (_, refused) = await _portal.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", Role.Customer, "Ada\r\nBcc: eve@evil.example"));
        Assert.Equal("name", refused?.Field);
        var customer = await _portal.AddPersonAsync(Role.Customer, "ada@test.example", "Ada");
        var answer = await _portal.Get<TicketDesk>().OpenAsync(customer.ToActor(), new IncomingRequest(subject, "At 99 %.", Channel.Portal));
        Assert.Equal(["subject"], Assert.IsType<DeskAnswer.Refused>(answer).Refusals.Select(refusal => refusal.Field));
    }

    private MailDispatcher Dispatcher => _portal.Get<MailDispatcher>();

    private async Task<long> OpenAsync(Actor customer) =>
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(customer, new IncomingRequest("Export stops", "At 99 %.", Channel.Portal))).History.Ticket.Id;

    private async Task ActAsync(Actor actor, long id, Func<Ticket, Decision> decide) =>
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().ActAsync(actor, id, (ticket, _) => decide(ticket)));

    private async Task UntilAsync(Func<OutgoingMail, bool> reached)
    {
        for (var patience = 0; patience < 400; patience++)
        {
            await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            if (reached(await db.Set<OutgoingMail>().SingleAsync())) return;
            await Task.Delay(25);
        }

        Assert.Fail("The mail never got that far.");
    }

    private static string Text(MimeKit.MimeMessage mail) => mail.TextBody!.ReplaceLineEndings("\n");

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
