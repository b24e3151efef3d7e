using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Tests.Support;

/// <summary>
/// A portal and a real identity provider, known to it under several keys: <c>acme</c> gives roles of the staff too, <c>customers</c> speaks for
/// customers at acme.example only, <c>invited</c> makes no accounts, <c>only</c> is the only way in, <c>down</c> does not answer.
/// </summary>
public sealed partial class SingleSignOnPortal : IAsyncLifetime
{
    public IdentityProvider Provider { get; private set; } = null!;

    public PortalServer Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync();
        Portal = new PortalServer().With("Portal:SignIn:TriesPerMinute", "0").WithProvider(Provider)
            .WithProvider(Provider, "customers", staff: false).With("Portal:SingleSignOn:customers:Domains:0", "acme.example")
            .WithProvider(Provider, "invited").With("Portal:SingleSignOn:invited:AddsPeople", "false")
            .WithProvider(Provider, "only").With("Portal:SingleSignOn:only:IsOnlyWay", "true")
            .WithProvider(Provider, "down").With("Portal:SingleSignOn:down:Authority", $"http://127.0.0.1:{Programs.FreePort()}");
    }

    public HttpClient Visitor() => Portal.CreateClient(new() { AllowAutoRedirect = false });

    public async Task<PortalDb> OpenAsync() => await Portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    /// <summary>The provider says this of a person: a verified address, and more.</summary>
    public void Says(string subject, params (string Name, object Value)[] more)
    {
        Dictionary<string, object> says = new() { ["email"] = $"{subject}@acme.example", ["email_verified"] = true };
        foreach (var (name, value) in more) says[name] = value;
        Provider.Add(subject, says);
    }

    /// <summary>The whole way in a new browser; answers where it ends, or the reason of a refusal.</summary>
    public async Task<string> SignInAsync(string subject, string? wanted = null, string key = "acme")
    {
        using var client = Visitor();
        using var answer = await client.GetAsync(await AtProviderAsync(await LeaveAsync(client, wanted, key), subject));
        var to = answer.Headers.Location!.ToString();
        return to.Contains("refused=", StringComparison.Ordinal) ? Refusal(answer) : new Uri(client.BaseAddress!, to).PathAndQuery;
    }

    /// <summary>Posts the sign-in page's form; answers where the portal sends the browser.</summary>
    public static async Task<Uri> LeaveAsync(HttpClient client, string? wanted = null, string key = "acme")
    {
        var page = await client.GetStringAsync(new Uri("/account/login" + (wanted is null ? "" : $"?returnUrl={Uri.EscapeDataString(wanted)}"), UriKind.Relative));
        var action = Regex.Match(page, $"action=\"(/account/sso/{key}[^\"]*)\"").Groups[1].Value;
        using var answer = await client.PostAsync(new Uri(WebUtility.HtmlDecode(action), UriKind.Relative), Forms.Content(page, "leave"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Uri(answer.Headers.GetValues("Refresh").Single()["0;url=".Length..]);
    }

    /// <summary>Signs in at the provider; answers the portal's address to which it sends the browser back.</summary>
    public static async Task<Uri> AtProviderAsync(Uri asked, string subject)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(new Uri($"{asked}&as={subject}"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>The reason with which the portal sends the browser back to its sign-in page.</summary>
    public static string Refusal(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return Refused().Match(answer.Headers.Location!.ToString()).Groups[1].Value;
    }

    [GeneratedRegex("^(?:http://localhost)?/account/login\\?provider=[a-z]+&refused=(\\w+)$")]
    private static partial Regex Refused();

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
