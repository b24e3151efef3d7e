using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>Registration by the domain of an organisation, over a real SMTP conversation.</summary>
public sealed partial class RegisterTests : IAsyncDisposable
{
    private const string NewPassword = "another horse and battery";

    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public RegisterTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task An_address_at_an_open_domain_makes_an_account_of_its_organisation()
    {
        var acme = await AddOrganisationAsync("Acme", "acme.example");
        await AskAsync(" Ann@ACME.example ");
        var mail = await _smtp.NextAsync();
        Assert.Equal(("Ann@ACME.example", "Finish your registration"), (mail.To.Mailboxes.Single().Address, mail.Subject));
        var link = LinkIn(mail);

        Assert.Contains("Enter your name.", await ConfirmAsync(link, " ", NewPassword, NewPassword), StringComparison.Ordinal);
        Assert.Contains("The two passwords differ.", await ConfirmAsync(link, "Ann", NewPassword, "something else"), StringComparison.Ordinal);
        Assert.Contains("at least 12 characters", await ConfirmAsync(link, "Ann", "short", "short"), StringComparison.Ordinal);
        Assert.Contains("value=\"Ann\"", await ConfirmAsync(link, "Ann", "short", "short"), StringComparison.Ordinal); // Nothing typed is lost, but for passwords.
        Assert.Contains("Your account is ready.", await ConfirmAsync(link, "Ann", NewPassword, NewPassword), StringComparison.Ordinal);
        Assert.Contains("There is already an account", await ConfirmAsync(link, "Eve", NewPassword, NewPassword), StringComparison.Ordinal);

        var ann = (await _portal.Get<PeopleDesk>().FindByEmailAsync("ann@acme.example"))!;
        Assert.Equal((Role.Customer, acme, true, "Ann"), (ann.Role, ann.OrganisationId, ann.EmailConfirmed, ann.Name));
        using var signedIn = await _portal.SignedInClientAsync("ann@acme.example", NewPassword);
        await using var db = await OpenAsync();
        Assert.Equal(("Registered by the domain of the address.", null, acme), await db.Set<AuditEntry>().Where(e => e.PersonId == ann.Id && e.Act == AuditAct.PersonAdded).Select(e => new ValueTuple<string, string?, int?>(e.Detail, e.ActorId, e.OrganisationId)).SingleAsync());
    }

    [Fact]
    public async Task Who_asks_learns_nothing_and_only_the_owner_of_an_account_is_told_of_it()
    {
        await AddOrganisationAsync("Acme", "acme.example");
        await AddOrganisationAsync("Closed", "closed.example", isOpen: false);
        await _portal.AddPersonAsync(Role.Agent, "ann@test.example", "Ann");
        string[] answers = [await AskAsync("eve@unknown.example"), await AskAsync("eve@closed.example"), await AskAsync("eve@sub.acme.example"), await AskAsync("eve@acme.example"), await AskAsync("ann@test.example")];
        Assert.Single(answers.Distinct());

        MimeMessage[] mails = [await _smtp.NextAsync(), await _smtp.NextAsync()];
        var known = mails.Single(mail => mail.To.Mailboxes.Single().Address == "ann@test.example");
        Assert.Equal("You have an account already", known.Subject);
        Assert.Contains("https://portal.example/account/login", known.TextBody, StringComparison.Ordinal);
        Assert.Single(mails, mail => mail.To.Mailboxes.Single().Address == "eve@acme.example");
        await _portal.MailIsSentAsync();
        Assert.Equal(0, _smtp.Waiting);
    }

    [Fact]
    public async Task A_link_opens_nothing_when_it_is_old_altered_or_its_organisation_was_closed_meanwhile()
    {
        var acme = await AddOrganisationAsync("Acme", "acme.example");
        await AskAsync("ann@acme.example");
        var link = LinkIn(await _smtp.NextAsync());
        using var client = _portal.CreateClient();
        Assert.Contains("This link has expired", await client.GetStringAsync(new Uri("/account/register/confirm?key=abc", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("This link has expired", await client.GetStringAsync(new Uri("/account/register/confirm", UriKind.Relative)), StringComparison.Ordinal);

        var shown = await client.GetStringAsync(new Uri(link).PathAndQuery);
        await using (var db = await OpenAsync()) await db.Organisations.Where(o => o.Id == acme).ExecuteUpdateAsync(set => set.SetProperty(o => o.IsOpenToItsDomains, false));
        using var refused = await client.PostAsync(new Uri(link).PathAndQuery, Forms.Content(shown, "register-confirm", ("Form.Name", "Ann"), ("Form.Password", NewPassword), ("Form.Again", NewPassword)));
        Assert.Contains("no longer takes registrations", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await _portal.Get<PeopleDesk>().FindByEmailAsync("ann@acme.example"));

        await using (var db = await OpenAsync()) await db.Organisations.Where(o => o.Id == acme).ExecuteUpdateAsync(set => set.SetProperty(o => o.IsOpenToItsDomains, true));
        Assert.Contains("Make my account", await client.GetStringAsync(new Uri(link).PathAndQuery), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromDays(3));
        Assert.Contains("This link has expired", await client.GetStringAsync(new Uri(link).PathAndQuery), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_in_its_own_letters_is_the_one_of_the_network()
    {
        await AddOrganisationAsync("Müller", "xn--mller-kva.example");
        Assert.NotNull(await _portal.Get<Registrations>().OrganisationForAsync("ann@MÜLLER.example", CancellationToken.None));
        Assert.NotNull(await _portal.Get<Registrations>().OrganisationForAsync("ann@xn--mller-kva.example", CancellationToken.None));
        Assert.Null(await _portal.Get<Registrations>().OrganisationForAsync("ann@..", CancellationToken.None));
        Assert.Null(await _portal.Get<Registrations>().OrganisationForAsync("no address", CancellationToken.None));
    }

    [Fact]
    public async Task The_sign_in_page_offers_it_once_an_organisation_is_open()
    {
        using var client = _portal.CreateClient();
        Assert.DoesNotContain("/account/register", await client.GetStringAsync(new Uri("/account/login", UriKind.Relative)), StringComparison.Ordinal);
        await AddOrganisationAsync("Acme", "acme.example");
        _clock.Advance(Registrations.Freshness);
        Assert.Contains("/account/register", await client.GetStringAsync(new Uri("/account/login", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("ann@acme.example\r\nBcc: eve@evil.example")]
    public async Task What_is_no_address_is_refused_and_kept_in_the_field(string typed)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync("/account/register", "register", ("Form.Email", typed));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("Enter an e-mail address", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_tries_wait_and_a_portal_without_mail_says_so()
    {
        await using var portal = new PortalServer(_clock).With("Portal:SignIn:TriesPerMinute", "1");
        using var client = portal.CreateClient();
        using var first = await client.PostFormAsync("/account/register", "register", ("Form.Email", "ann@acme.example"));
        Assert.Contains("This portal sends no mail", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var second = await client.PostFormAsync("/account/register", "register", ("Form.Email", "ann@acme.example"));
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (second.StatusCode, second.Headers.RetryAfter is not null));
    }

    private async Task<int> AddOrganisationAsync(string name, string domain, bool isOpen = true)
    {
        await using var db = await OpenAsync();
        var organisation = Organisation.Named(name);
        organisation.IsOpenToItsDomains = isOpen;
        db.Add(organisation);
        await db.SaveChangesAsync();
        db.Add(new OrganisationDomain { Domain = domain, OrganisationId = organisation.Id });
        await db.SaveChangesAsync();
        return organisation.Id;
    }

    /// <summary>Asks on the page; answers what it says then, without what differs between any two pages.</summary>
    private async Task<string> AskAsync(string email)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync("/account/register", "register", ("Form.Email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Regex.Match(await answer.Content.ReadAsStringAsync(), "<p[^>]*role=\"status\">.*?</p>").Value;
    }

    private async Task<string> ConfirmAsync(string link, string name, string password, string again)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync(new Uri(link).PathAndQuery, "register-confirm", ("Form.Name", name), ("Form.Password", password), ("Form.Again", again));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Value;

    private Task<PortalDb> OpenAsync() => _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    [GeneratedRegex("https://portal\\.example/account\\S+")]
    private static partial Regex Link();

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
