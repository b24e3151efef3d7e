using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Reminders;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>Reminders by mail, for whoever chose so, over a real SMTP conversation.</summary>
public sealed class ReminderMailTests : IAsyncDisposable
{
    private static readonly Actor Root = new("root", Role.Administrator);

    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public ReminderMailTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task A_reminder_goes_by_mail_to_those_whom_it_is_for_and_who_chose_so()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "cora@test.example");
        await _portal.AddPersonAsync(Role.Agent, "never@test.example");
        await ChooseAsync("always@test.example", ReminderMail.Always);
        await ChooseAsync("breaches@test.example", ReminderMail.Breaches);
        var request = new IncomingRequest("Export stops", "At 99 %.", Channel.Portal);
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(customer.ToActor(), request));
        Assert.Equal("cora@test.example", To(await _smtp.NextAsync())); // The receipt.

        _clock.Advance(TimeSpan.FromHours(12));
        var half = await _smtp.NextAsync();
        Assert.Equal(("always@test.example", "[SUP-10001] First response: half the time is left: Export stops"), (To(half), half.Subject));
        Assert.Equal(
            "First response: half the time is left. Severity 3 – Normal.\n\nDue: 2030-01-08 09:00 UTC.\n\n" +
            "Acknowledge the request, say what you understood and what happens next.\n\nOpen it here: https://portal.example/desk/tickets/SUP-10001\n",
            half.TextBody!.ReplaceLineEndings("\n"));

        _clock.Advance(TimeSpan.FromHours(13));
        var broken = new[] { await _smtp.NextAsync(), await _smtp.NextAsync() };
        Assert.Equal(["always@test.example", "breaches@test.example"], broken.Select(To).Order());
        Assert.All(broken, mail => Assert.Contains("This comes late", mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(2, broken.Select(mail => mail.MessageId).Distinct().Count());
        await NothingFollowsAsync();
    }

    [Fact]
    public async Task What_somebody_put_off_goes_to_them_by_mail_only_when_the_promise_is_broken()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "cora@test.example");
        var (ann, _) = (await ChooseAsync("ann@test.example", ReminderMail.Always), await ChooseAsync("bob@test.example", ReminderMail.Always));
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(customer.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal)));
        await _smtp.NextAsync(); // The receipt.
        _clock.Advance(TimeSpan.FromHours(12));
        for (var i = 0; i < 2; i++) await _smtp.NextAsync();

        Assert.Null(await _portal.Get<ReminderDesk>().SnoozeAsync(ann, 1, _clock.Now() + Duration.FromHours(20)));
        _clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal("bob@test.example", To(await _smtp.NextAsync())); // A quarter is left.
        _clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal(["ann@test.example", "bob@test.example"], new[] { To(await _smtp.NextAsync()), To(await _smtp.NextAsync()) }.Order());
        await NothingFollowsAsync();
    }

    [Fact]
    public async Task Whoever_is_handed_a_ticket_that_nobody_acknowledged_is_written_to_once()
    {
        var customer = await _portal.AddPersonAsync(Role.Customer, "cora@test.example");
        var (ann, bob) = (await ChooseAsync("ann@test.example", ReminderMail.Always), await ChooseAsync("bob@test.example", ReminderMail.Always));
        Assert.Empty((await _portal.Get<OnCallStore>().SaveAsync(Root, SomeRota.Spec($"Mon 09:00-Mon 09:00 {bob.Id}"), 0)).Refusals);
        var escalation = new EscalationRule([Told.Assignee], 0.25m) { ReassignWhenUnacknowledged = true };
        var policy = SlaPolicy.Commitment with { Severities = [.. SlaPolicy.Commitment.Severities.Select(s => s with { Escalation = [escalation] })] };
        Assert.Empty((await _portal.Get<PolicyStore>().PublishAsync(Root, policy)).Refusals);

        var tickets = _portal.Get<TicketDesk>();
        Assert.IsType<DeskAnswer.Done>(await tickets.OpenAsync(customer.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal)));
        Assert.Equal("cora@test.example", To(await _smtp.NextAsync())); // The receipt.
        Assert.IsType<DeskAnswer.Done>(await tickets.ActAsync(ann, 10001, (ticket, _) => ticket.Assign(ann, ann.Id)));

        _clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal("ann@test.example", To(await _smtp.NextAsync()));
        _clock.Advance(TimeSpan.FromHours(6));
        var told = new[] { await _smtp.NextAsync(), await _smtp.NextAsync() };
        Assert.Equal(["ann@test.example", "bob@test.example"], told.Select(To).Order());
        Assert.All(told, mail => Assert.Equal("[SUP-10001] First response: a quarter of the time is left: Export stops", mail.Subject));
        await NothingFollowsAsync();
    }

    private async Task<Actor> ChooseAsync(string email, ReminderMail mail)
    {
        var person = (await _portal.AddPersonAsync(Role.Agent, email)).ToActor();
        await _portal.Get<ReminderDesk>().ChooseMailAsync(person, mail);
        return person;
    }

    private async Task NothingFollowsAsync()
    {
        await _portal.MailIsSentAsync();
        Assert.Equal(0, _smtp.Waiting);
    }

    private static string To(MimeKit.MimeMessage mail) => mail.To.Mailboxes.Single().Address;

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
