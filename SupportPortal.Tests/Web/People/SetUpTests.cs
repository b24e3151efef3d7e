using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>The first start: no password that everybody knows, but a link on the console.</summary>
public sealed partial class SetUpTests
{
    [Fact]
    public async Task Whoever_holds_the_key_becomes_the_first_administrator_and_nobody_a_second()
    {
        await using var portal = new PortalServer();
        var (one, other) = (portal.Get<FirstAdministrator>().OfferKey(), portal.Get<FirstAdministrator>().OfferKey());

        Assert.Contains("Enter a password", await PostAsync(portal, one, "root@test.example", ""), StringComparison.Ordinal);
        Assert.Contains("passwords differ", await PostAsync(portal, one, "root@test.example", PortalServer.Password, "something else"), StringComparison.Ordinal);
        Assert.Contains("not an e-mail address", await PostAsync(portal, one, "root", PortalServer.Password), StringComparison.Ordinal);
        Assert.Contains("first administrator", await PostAsync(portal, one, "root@test.example", PortalServer.Password), StringComparison.Ordinal);
        using var signedIn = await portal.SignedInClientAsync("root@test.example");
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync(new Uri("/admin/policy", UriKind.Relative))).StatusCode);

        foreach (var key in new[] { one, other }) Assert.Contains("used or has expired", await ShowAsync(portal, key), StringComparison.Ordinal);
        Assert.NotNull(await portal.Get<FirstAdministrator>().BecomeAsync(other, "eve@test.example", null, PortalServer.Password, CancellationToken.None));
        Assert.Null(await portal.Get<PeopleDesk>().FindByEmailAsync("eve@test.example"));
    }

    [Fact]
    public async Task Two_who_open_the_link_at_once_make_one_administrator()
    {
        await using var portal = new PortalServer();
        var first = portal.Get<FirstAdministrator>();
        var key = first.OfferKey();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => first.BecomeAsync(key, $"root{i}@test.example", null, PortalServer.Password, CancellationToken.None)));
        Assert.Single(outcomes, refused => refused is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("guess")]
    public async Task A_key_that_was_not_offered_opens_nothing(string key)
    {
        await using var portal = new PortalServer();
        await using var another = new PortalServer();
        foreach (var wrong in new[] { key, another.Get<FirstAdministrator>().OfferKey(), portal.Get<FirstAdministrator>().OfferKey() + "A" })
        {
            Assert.Contains("used or has expired", await ShowAsync(portal, wrong), StringComparison.Ordinal);
            Assert.NotNull(await portal.Get<FirstAdministrator>().BecomeAsync(wrong, "eve@test.example", null, PortalServer.Password, CancellationToken.None));
        }
    }

    [Fact]
    public async Task The_console_shows_the_link_while_nobody_administers_the_portal()
    {
        var data = Directory.CreateTempSubdirectory("portal-");
        try
        {
            var settings = new Dictionary<string, string?> { ["Portal:DataDirectory"] = data.FullName, ["Portal:PublicUrl"] = "https://portal.example", ["Logging:LogLevel:Default"] = "Warning" };
            Assert.Matches(SetUpAddress(), await PortalProgram.ServeUntilReadyAsync(settings));
            await PortalProgram.RunAsync(settings, PortalServer.Password, "user", "add", "root@test.example", "--role", "Administrator");
            Assert.DoesNotMatch(SetUpAddress(), await PortalProgram.ServeUntilReadyAsync(settings));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> ShowAsync(PortalServer portal, string key)
    {
        using var client = portal.CreateClient();
        return await client.GetStringAsync(new Uri($"/account/set-up?key={Uri.EscapeDataString(key)}", UriKind.Relative));
    }

    private static async Task<string> PostAsync(PortalServer portal, string key, string email, string password, string? again = null)
    {
        using var client = portal.CreateClient();
        using var answer = await client.PostFormAsync($"/account/set-up?key={Uri.EscapeDataString(key)}", "set-up", ("Form.Email", email), ("Form.Password", password), ("Form.Again", again ?? password));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("https://portal\\.example/account/set-up\\?key=\\S{40,}")]
    private static partial Regex SetUpAddress();
}
