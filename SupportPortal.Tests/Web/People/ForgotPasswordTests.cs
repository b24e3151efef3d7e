using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>A forgotten password, over a real SMTP conversation.</summary>
public sealed partial class ForgotPasswordTests : IAsyncDisposable
{
    private const string NewPassword = "another horse and battery";

    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public ForgotPasswordTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None")
        .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");

    [Fact]
    public async Task A_link_comes_by_mail_and_sets_the_password_once()
    {
        var person = await _portal.AddPersonAsync(Role.Agent, "ann@test.example");
        await AskAsync(" ANN@test.example ");
        var link = LinkIn(await _smtp.NextAsync(), "ann@test.example");

        Assert.Contains("Passwords must be at least 12 characters", await SetAsync(link, "short"), StringComparison.Ordinal); // The link is still good.
        Assert.Contains("Your password is set", await SetAsync(link, NewPassword), StringComparison.Ordinal);
        Assert.Contains("used or has expired", await SetAsync(link, "yet another password"), StringComparison.Ordinal);
        using var signedIn = await _portal.SignedInClientAsync(person.Email!, NewPassword);
        Assert.DoesNotContain("key=", await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_an_account_gets_the_same_answer_and_no_mail()
    {
        await _portal.AddPersonAsync(Role.Agent, "ann@test.example");
        var unknown = await AskAsync("nobody@test.example");
        Assert.Equal(await AskAsync("ann@test.example"), unknown);
        LinkIn(await _smtp.NextAsync(), "ann@test.example");

        await _portal.MailIsSentAsync();
        Assert.Equal(0, _smtp.Waiting);
        Assert.DoesNotContain("@test.example", await StoredAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("ann@test.example\r\nBcc: eve@evil.example")]
    [InlineData("ann@test.example, eve@evil.example")]
    public async Task What_is_no_address_is_refused_and_kept_in_the_field(string typed)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync("/account/forgot-password", "forgot-password", ("Form.Email", typed));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Enter an e-mail address", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal("", await StoredAsync());
    }

    [Fact]
    public async Task Too_many_tries_from_one_network_wait_for_the_next_minute()
    {
        using var client = _portal.CreateClient();
        var page = await client.GetStringAsync(new Uri("/account/forgot-password", UriKind.Relative));
        async Task<HttpResponseMessage> AskOnceAsync() => await client.PostAsync(new Uri("/account/forgot-password", UriKind.Relative), Forms.Content(page, "forgot-password", ("Form.Email", "ann@test.example")));

        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await AskOnceAsync()).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(20));
        using var refused = await AskOnceAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(40)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value));
        Assert.Contains("too many tries from your network", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var signIn = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", "ann@test.example"), ("Form.Password", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, signIn.StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, (await AskOnceAsync()).StatusCode);
    }

    [Fact]
    public async Task A_portal_without_mail_says_so()
    {
        await using var portal = new PortalServer(_clock);
        using var client = portal.CreateClient();
        using var answer = await client.PostFormAsync("/account/forgot-password", "forgot-password", ("Form.Email", "ann@test.example"));
        Assert.Contains("This portal sends no mail", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Asks on the page; answers what it says then, without what differs between any two pages.</summary>
    private async Task<string> AskAsync(string email)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync("/account/forgot-password", "forgot-password", ("Form.Email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Regex.Match(await answer.Content.ReadAsStringAsync(), "<p[^>]*role=\"status\">.*?</p>").Value;
    }

    private async Task<string> SetAsync(string link, string password)
    {
        using var client = _portal.CreateClient();
        using var answer = await client.PostFormAsync(new Uri(link).PathAndQuery, "set-password", ("Form.Password", password), ("Form.Again", password));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string LinkIn(MimeMessage mail, string to)
    {
        Assert.Equal((to, "Set a new password"), (mail.To.Mailboxes.Single().Address, mail.Subject));
        var link = Link().Match(mail.TextBody!).Value;
        Assert.StartsWith("https://portal.example/account/set-password?", link, StringComparison.Ordinal);
        return link;
    }

    /// <summary>All that the outbox holds.</summary>
    private async Task<string> StoredAsync()
    {
        await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return string.Join('\n', (await db.Set<OutgoingMail>().Where(m => m.Letter != null).ToListAsync()).Select(m => JsonSerializer.Serialize(m)));
    }

    [GeneratedRegex("https://\\S+")]
    private static partial Regex Link();

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }
}
