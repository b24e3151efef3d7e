using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>Mails that administrators' acts owe, over a real SMTP conversation.</summary>
public sealed class AccountLetterTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public AccountLetterTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task The_address_before_is_told_of_a_change_and_not_which_one_is_next()
    {
        var (people, root) = (_portal.Get<PeopleAdministration>(), (await _portal.AddPersonAsync(Role.Administrator)).ToActor());
        var ann = await _portal.AddPersonAsync(Role.Agent, "ann@test.example", "Ann");
        Assert.Null(await people.ChangeAsync(root, ann.Id, new PersonChange("Ann", "next@test.example", Role.Agent, null, SeesOrganisation: true)));
        var mail = await _smtp.NextAsync();
        Assert.Equal(("ann@test.example", "Your account has another address"), (mail.To.Mailboxes.Single().Address, mail.Subject));
        Assert.DoesNotContain("next@", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_can_be_sent_again_until_they_are_in()
    {
        var (people, root) = (_portal.Get<PeopleAdministration>(), (await _portal.AddPersonAsync(Role.Administrator, name: "Rosa Root")).ToActor());
        var invited = await people.InviteAsync(root, new NewPerson("ann@test.example", Role.Agent, "Ann"));
        Assert.Equal((null, null), (invited.Link, invited.Refused));
        Assert.Equal("Your account at the Support Portal", (await _smtp.NextAsync()).Subject);
        await SentAsync();
        Assert.Null((await people.SendLinkAsync(root, invited.Person!.Id)).Refused);
        var again = await _smtp.NextAsync();
        Assert.Contains("Rosa Root has made an account for you", again.TextBody, StringComparison.Ordinal);
        await SentAsync();

        var desk = _portal.Get<PeopleDesk>();
        Assert.Null(await desk.SetPasswordAsync(invited.Person.Id, await desk.OfferPasswordAsync(invited.Person), PortalServer.Password));
        Assert.Null((await people.SendLinkAsync(root, invited.Person.Id)).Refused);
        Assert.Equal("Set a new password", (await _smtp.NextAsync()).Subject);
    }

    [Fact]
    public async Task While_a_mail_is_on_its_way_no_second_one_is_owed()
    {
        _smtp.Refusal = "451 Try later";
        var (people, root) = (_portal.Get<PeopleAdministration>(), (await _portal.AddPersonAsync(Role.Administrator)).ToActor());
        var invited = await people.InviteAsync(root, new NewPerson("ann@test.example", Role.Agent, "Ann"));
        Assert.Equal("A mail to this address is on its way already.", (await people.SendLinkAsync(root, invited.Person!.Id)).Refused?.Message);
    }

    [Fact]
    public async Task Whoever_is_deactivated_gets_no_link()
    {
        var (people, root) = (_portal.Get<PeopleAdministration>(), (await _portal.AddPersonAsync(Role.Administrator)).ToActor());
        var ann = await _portal.AddPersonAsync(Role.Agent, "ann@test.example");
        Assert.Null(await people.DeactivateAsync(root, ann.Id));
        foreach (var letter in (AccountLetter[])[AccountLetter.NewPassword, AccountLetter.Registration])
        {
            Assert.Null(await _portal.Get<AccountLetters>().SendAsync(letter, "ann@test.example", CancellationToken.None));
            await SentAsync();
        }

        Assert.Equal(0, _smtp.Waiting);
    }

    private async Task SentAsync()
    {
        await _portal.MailIsSentAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
