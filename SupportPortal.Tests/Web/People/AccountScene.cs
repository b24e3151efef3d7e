using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>A portal with one person, what they do on their account's pages, and what the audit log says of it.</summary>
internal sealed partial class AccountScene : IAsyncDisposable
{
    public FakeTimeProvider Clock { get; }

    public PortalServer Portal { get; }

    public PortalUser Person { get; private set; } = null!;

    /// <summary>Where a browser reaches it, after <see cref="OpenOnKestrelAsync"/>.</summary>
    public Uri Address => Portal.ClientOptions.BaseAddress;

    public static Task<AccountScene> OpenAsync() => AddPersonAsync(new AccountScene(new FakeTimeProvider(TestDatabase.Monday)));

    public static Task<AccountScene> OpenOnKestrelAsync()
    {
        var scene = new AccountScene(new FakeTimeProvider(TestDatabase.Monday));
        scene.Portal.StartOnKestrel();
        return AddPersonAsync(scene);
    }

    private static async Task<AccountScene> AddPersonAsync(AccountScene scene)
    {
        scene.Person = await scene.Portal.AddPersonAsync(Role.Agent, name: "Ada Agent");
        return scene;
    }

    private AccountScene(FakeTimeProvider clock) => (Clock, Portal) = (clock, new PortalServer(clock));

    public Task<HttpClient> SignInAsync() => Portal.SignedInClientAsync(Person.Email!);

    /// <summary>What the app shows for a key now. Each is good once: the clock moves on to the next.</summary>
    public string NextCode(string key)
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        return Totp.Code(key, Totp.StepAt(Clock.Now()));
    }

    /// <summary>Switches the second step on, on its page; answers the key and the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Codes)> SwitchOnAsync(HttpClient client)
    {
        var page = await ShowAsync(client, "/account/two-factor");
        var key = KeyIn(page);
        using var answer = await client.PostAsync(new Uri("/account/two-factor", UriKind.Relative), Forms.Content(page, "on",
            ("On.Offer", OfferIn(page)), ("On.Code", NextCode(key)), ("On.Present", PortalServer.Password)));
        var done = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Two-factor is on", done, StringComparison.Ordinal);
        return (key, CodesIn(done));
    }

    /// <summary>A browser that has done the first step, and is asked for the second.</summary>
    public async Task<HttpClient> HalfSignedInAsync()
    {
        var client = Portal.CreateClient(new() { AllowAutoRedirect = false });
        using var first = await client.PostFormAsync("/account/login?returnUrl=%2Fdesk%2Fqueue", "sign-in", ("Form.Email", Person.Email!), ("Form.Password", PortalServer.Password));
        Assert.Equal("/account/two-factor-code?returnUrl=%2Fdesk%2Fqueue", new Uri(client.BaseAddress!, first.Headers.Location!).PathAndQuery);
        return client;
    }

    /// <summary>What an entry of the audit log says: the act, and the detail.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync(params AuditAct[] acts)
    {
        await using var db = await Portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return [.. (await db.Set<AuditEntry>().OrderBy(e => e.Id).ToListAsync()).Where(e => acts.Contains(e.Act)).Select(e => $"{e.Act}: {e.Detail}{(e.PersonId == Person.Id ? "" : " (nobody)")}")];
    }

    public static async Task<string> ShowAsync(HttpClient client, string page) => await client.GetStringAsync(new Uri(page, UriKind.Relative));

    public static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/account", UriKind.Relative));
        return answer.StatusCode;
    }

    public static string Alert(string page) => WebUtility.HtmlDecode(AlertText().Match(page).Groups[1].Value);

    public static string KeyIn(string page) => KeyText().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    public static string OfferIn(string page) => WebUtility.HtmlDecode(OfferText().Match(page).Groups[1].Value);

    public static IReadOnlyList<string> CodesIn(string page) => [.. WebUtility.HtmlDecode(CodesText().Match(page).Groups[1].Value).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    [GeneratedRegex("role=\"alert\"[^>]*>([^<]+)<")]
    private static partial Regex AlertText();

    [GeneratedRegex("id=\"key\"[^>]*>([A-Z2-7 ]+)<")]
    private static partial Regex KeyText();

    [GeneratedRegex("name=\"On.Offer\" value=\"([^\"]+)\"")]
    private static partial Regex OfferText();

    [GeneratedRegex("<pre[^>]*>([^<]+)</pre>")]
    private static partial Regex CodesText();
}
