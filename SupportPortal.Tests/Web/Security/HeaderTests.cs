using System.Text.RegularExpressions;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Security;

/// <summary>Headers and cookies as a browser gets them.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("/", "script-src 'self';")]
    [InlineData("/account/login", "script-src 'self';")]
    [InlineData("/error", "script-src 'self';")]
    [InlineData("/api/v1/tickets", "default-src 'none';")]
    [InlineData("/api/nothing", "default-src 'none';")]
    public async Task Every_answer_says_what_a_browser_may_not_do_with_it(string path, string policy)
    {
        await using var portal = new PortalServer();
        using var answer = await portal.CreateClient().GetAsync(new Uri(path, UriKind.Relative));
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        Assert.Equal(("nosniff", "same-origin", "strict-origin-when-cross-origin"), (Header("X-Content-Type-Options"), Header("Cross-Origin-Opener-Policy"), Header("Referrer-Policy")));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains(policy, Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_reference_page_runs_its_own_script_only_marked_anew_each_time()
    {
        await using var portal = new PortalServer();
        using var client = portal.CreateClient();
        var first = await ReadAsync();
        Assert.NotEqual(first, await ReadAsync());

        async Task<string> ReadAsync()
        {
            using var answer = await client.GetAsync(new Uri("/api/docs/", UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            var nonce = Regex.Match(policy, "'nonce-([^']+)'").Groups[1].Value;
            Assert.Contains($"nonce=\"{nonce}\"", System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
            return nonce;
        }
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task In_production_a_browser_that_came_by_https_stays_with_it(string environment, bool told)
    {
        await using var portal = new PortalServer(environment: environment);
        using var client = portal.CreateClient(new() { BaseAddress = new Uri("https://portal.example") });
        using var answer = await client.GetAsync(new Uri("/severity", UriKind.Relative));
        Assert.Equal(told ? "max-age=31536000; includeSubDomains" : null, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }

    [Theory]
    [InlineData(null, ".AspNetCore.Identity.Application", false)]
    [InlineData("https://portal.example", "__Host-portal", true)]
    public async Task The_session_is_out_of_scripts_reach_and_by_TLS_only_where_people_come_by_it(string? url, string name, bool secure)
    {
        await using var portal = new PortalServer();
        if (url is not null) portal.With("Portal:PublicUrl", url);
        var person = await portal.AddPersonAsync(Role.Customer);
        using var client = portal.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri(url ?? "http://localhost") });
        using var page = await client.GetAsync(new Uri("/account/login", UriKind.Relative));
        var antiforgery = Assert.Single(page.Headers.GetValues("Set-Cookie"), c => c.Contains("Antiforgery", StringComparison.Ordinal));
        using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", person.Email!), ("Form.Password", PortalServer.Password));
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith(name + "=", StringComparison.Ordinal));
        Assert.EndsWith(secure ? "; path=/; secure; samesite=lax; httponly" : "; path=/; samesite=lax; httponly", session, StringComparison.Ordinal);
        Assert.EndsWith(secure ? "; path=/; secure; samesite=strict; httponly" : "; path=/; samesite=strict; httponly", antiforgery, StringComparison.Ordinal);

        var (start, middle) = (session.IndexOf('=', StringComparison.Ordinal) + 1, session.Length / 3);
        using var tampered = portal.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = client.BaseAddress! });
        tampered.DefaultRequestHeaders.Add("Cookie", $"{name}={session[start..middle]}{(session[middle] == 'x' ? 'y' : 'x')}{session[(middle + 1)..].Split(';')[0]}");
        using var refused = await tampered.GetAsync(new Uri("/requests", UriKind.Relative));
        Assert.StartsWith("/account/login", refused.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }
}
