using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>What comes back from an identity provider and is not what was asked for.</summary>
public sealed class SingleSignOnAttackTests(SingleSignOnPortal scene) : IClassFixture<SingleSignOnPortal>
{
    [Fact]
    public async Task An_answer_to_another_question_is_refused()
    {
        scene.Says("ann", ("groups", "agents"));
        using var client = scene.Visitor();

        // Begun in another browser: a state without its cookie.
        using var other = scene.Visitor();
        Assert.Equal("Invalid", await EndAsync(other, await AskAsync(client)));

        // A state that nobody made, and none at all.
        Assert.Equal("Invalid", await EndAsync(client, new Uri("/account/sso/acme/callback?code=x&state=y", UriKind.Relative)));
        Assert.Equal("Invalid", await EndAsync(client, new Uri("/account/sso/acme/callback", UriKind.Relative)));

        // A nonce that is not ours: the ID token was made for somebody else's sign-in.
        var forged = new Uri(Regex.Replace((await SingleSignOnPortal.LeaveAsync(client)).ToString(), "nonce=[^&]+", "nonce=stolen"));
        Assert.Equal("Invalid", await EndAsync(client, await SingleSignOnPortal.AtProviderAsync(forged, "ann")));

        // Another sign-in's code: its verifier is not ours.
        var (mine, theirs) = (await AskAsync(client), await AskAsync(client));
        Assert.Equal("Invalid", await EndAsync(client, new Uri(Regex.Replace(mine.ToString(), "code=[^&]+", Regex.Match(theirs.ToString(), "code=[^&]+").Value))));

        Assert.Equal("Cancelled", await EndAsync(client, await SingleSignOnPortal.AtProviderAsync(await SingleSignOnPortal.LeaveAsync(client), "nobody")));
        await using var db = await scene.OpenAsync();
        Assert.False(await db.Users.AnyAsync(u => u.Email == "ann@acme.example"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/desk")]
    public async Task A_return_address_of_another_host_is_not_followed(string wanted)
    {
        scene.Says("traveller", ("groups", "agents"));
        Assert.Equal("/desk", await scene.SignInAsync("traveller", wanted));
    }

    [Theory]
    [InlineData("10,000 roles")]
    [InlineData("600 claims")]
    [InlineData("a long claim")]
    [InlineData("a token too large")]
    [InlineData("an answer too large")]
    [InlineData("10,000 roles in the answer")]
    [InlineData("depth")]
    public async Task A_bomb_of_claims_is_refused_and_nothing_else_disturbed(string bomb)
    {
        Dictionary<string, object> says = new() { ["email"] = "bomber@acme.example", ["email_verified"] = true, ["groups"] = "agents" };
        Dictionary<string, object> answers = [];
        string[] values = [.. Enumerable.Range(0, 10_000).Select(i => $"role{i}")];
        switch (bomb)
        {
            case "10,000 roles": says["groups"] = values; break;
            case "600 claims": foreach (var value in values.Take(600)) says[value] = value; break;
            case "a long claim": says["about"] = new string('a', 20_000); break;
            case "a token too large": says["about"] = new string('a', 250_000); break;
            case "an answer too large": answers["about"] = new string('a', 1_000_000); break;
            case "10,000 roles in the answer": answers["groups"] = values; break;
            default: answers["about"] = JsonDocument.Parse(new string('[', 200) + new string(']', 200), new() { MaxDepth = 300 }).RootElement; break;
        }

        await using var db = await scene.OpenAsync();
        var before = await db.Set<AuditEntry>().CountAsync(e => e.Act == AuditAct.SignInRefused);
        scene.Provider.Add("bomber", says, answers);
        Assert.Contains(await scene.SignInAsync("bomber"), new[] { "TooMuch", "Invalid" });
        Assert.Equal(before + 1, await db.Set<AuditEntry>().CountAsync(e => e.Act == AuditAct.SignInRefused));
        Assert.False(await db.Users.AnyAsync(u => u.Email == "bomber@acme.example"));

        scene.Says("neighbour", ("groups", "agents"));
        Assert.Equal("/desk", await scene.SignInAsync("neighbour"));
    }

    [Fact]
    public async Task The_cookie_holds_the_portals_own_claims_only_and_is_kept_from_scripts()
    {
        scene.Says("plain", ("groups", "agents"), ("about", new string('a', 8_000)));
        using var client = scene.Visitor();
        var left = await SingleSignOnPortal.LeaveAsync(client);
        using var answer = await client.GetAsync(await SingleSignOnPortal.AtProviderAsync(left, "plain"));
        var kept = answer.Headers.GetValues("Set-Cookie").Where(c => !c.Contains("=;", StringComparison.Ordinal)).ToList();
        var cookie = Assert.Single(kept, c => c.StartsWith(".AspNetCore.Identity.", StringComparison.Ordinal));
        Assert.StartsWith(".AspNetCore.Identity.Application=", cookie, StringComparison.Ordinal);
        Assert.True(cookie.Length < 2_000, cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Leaving_needs_the_forms_token_and_is_counted()
    {
        using var client = scene.Visitor();
        using var forged = await client.PostAsync(new Uri("/account/sso/acme", UriKind.Relative), new FormUrlEncodedContent([new("_handler", "leave")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        await using var limited = new PortalServer().With("Portal:SignIn:TriesPerMinute", "1").WithProvider(scene.Provider);
        using var hasty = limited.CreateClient(new() { AllowAutoRedirect = false });
        await SingleSignOnPortal.LeaveAsync(hasty);
        using var refused = await hasty.PostFormAsync("/account/sso/acme", "leave");
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
    }

    private static async Task<Uri> AskAsync(HttpClient client) => await SingleSignOnPortal.AtProviderAsync(await SingleSignOnPortal.LeaveAsync(client), "ann");

    private static async Task<string> EndAsync(HttpClient client, Uri callback)
    {
        using var answer = await client.GetAsync(callback);
        return SingleSignOnPortal.Refusal(answer);
    }
}
