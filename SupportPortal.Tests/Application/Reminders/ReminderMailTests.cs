using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>Reminders by mail, for whoever chose so, over a real SMTP conversation.</summary>
public sealed class ReminderMailTests : IAsyncDisposable
{
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
        Assert.Equal(0, _smtp.Waiting);
    }

    private async Task ChooseAsync(string email, ReminderMail mail) =>
        await _portal.Get<ReminderDesk>().ChooseMailAsync((await _portal.AddPersonAsync(Role.Agent, email)).ToActor(), mail);

    private static string To(MimeKit.MimeMessage mail) => mail.To.Mailboxes.Single().Address;

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
