using System.Net;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;
using static SupportPortal.Tests.Web.People.AccountScene;

namespace SupportPortal.Tests.Web.People;

/// <summary>The browsers in which a person is signed in.</summary>
public sealed class DevicesTests(PrivatePostgres postgres)
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    [Fact]
    public async Task One_browser_signs_out_another_and_stays_signed_in_itself()
    {
        await using var scene = await OpenAsync();
        using var here = await SignInAsync(scene, Firefox);
        using var phone = await SignInAsync(scene, Phone);
        using var third = await scene.SignInAsync();

        var page = WebUtility.HtmlDecode(await ShowAsync(here, "/account/devices"));
        Assert.Contains("Firefox on Windows", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("This browser<").Length - 1);
        var device = (await scene.Portal.Get<Devices>().ListAsync(scene.Person.Id, CancellationToken.None)).Single(d => d.Agent == Phone);
        using var ended = await here.PostFormAsync("/account/devices", $"end-{device.Id}");
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        Assert.DoesNotContain("iPhone", await ShowAsync(here, "/account/devices"), StringComparison.Ordinal);
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.OK), (await StatusAsync(here), await StatusAsync(phone), await StatusAsync(third)));
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here)); // The renewed cookie carries its device on.
        Assert.Equal(["SessionsEnded: One browser."], await scene.AuditAsync(AuditAct.SessionsEnded));
    }

    [Fact]
    public async Task A_browser_that_was_signed_out_is_out_although_another_of_the_same_person_was_just_found()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        using var other = await scene.SignInAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        var device = (await scene.Portal.Get<Devices>().ListAsync(scene.Person.Id, CancellationToken.None))[0];
        await scene.Portal.Get<Devices>().EndAsync(scene.Person.ToActor(), device.Id, Client.None, CancellationToken.None);
        var found = new[] { await StatusAsync(here), await StatusAsync(other), await StatusAsync(here), await StatusAsync(other) };
        Assert.Equal(2, found.Count(status => status is HttpStatusCode.Found));
        Assert.Equal(found[..2], found[2..]);
    }

    [Fact]
    public async Task Nobody_signs_out_somebody_elses_browser()
    {
        await using var scene = await OpenAsync();
        using var theirs = await scene.SignInAsync();
        var eve = await scene.Portal.AddPersonAsync(SupportPortal.Domain.People.Role.Administrator);
        using var hers = await scene.Portal.SignedInClientAsync(eve.Email!);
        var device = (await scene.Portal.Get<Devices>().ListAsync(scene.Person.Id, CancellationToken.None)).Single();
        Assert.DoesNotContain(device.Id, await ShowAsync(hers, "/account/devices"), StringComparison.Ordinal);
        Assert.False(await scene.Portal.Get<Devices>().EndAsync(eve.ToActor(), device.Id, Client.None, CancellationToken.None));
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(theirs));
    }

    [Fact]
    public async Task Signing_out_ends_the_device_and_is_written_down()
    {
        await using var scene = await OpenAsync();
        using var client = await scene.SignInAsync();
        var page = await ShowAsync(client, "/account");
        using var out1 = await client.PostAsync(new Uri("/account/logout", UriKind.Relative), Forms.Content(page, "sign-out"));
        Assert.Empty(await scene.Portal.Get<Devices>().ListAsync(scene.Person.Id, CancellationToken.None));
        Assert.Equal(["SignedIn: By password.", "SignedOut: Here."], await scene.AuditAsync(AuditAct.SignedIn, AuditAct.SignedOut));
    }

    [Fact]
    public async Task Another_password_ends_the_other_devices()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        using var elsewhere = await scene.SignInAsync();
        using var changed = await here.PostFormAsync("/account", "password", ("Form.Present", PortalServer.Password), ("Form.Password", "another horse and battery"), ("Form.Again", "another horse and battery"));
        Assert.Single(await scene.Portal.Get<Devices>().ListAsync(scene.Person.Id, CancellationToken.None));
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("This browser<", await ShowAsync(here, "/account/devices"), StringComparison.Ordinal);
        Assert.Equal(["PasswordChanged: Changed by its owner."], await scene.AuditAsync(AuditAct.PasswordChanged));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_tampered_cookie_is_a_visitors_and_disturbs_nobody(string cookie)
    {
        await using var scene = await OpenAsync();
        using var good = await scene.SignInAsync();
        using var client = scene.Portal.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        foreach (var name in new[] { ".AspNetCore.Identity.Application", "Identity.TwoFactorUserId" }) client.DefaultRequestHeaders.Add("Cookie", $"{name}={cookie}");
        using var account = await client.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.StartsWith("/account/login", account.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
        foreach (var open in new[] { "/", "/account/login", "/severity" })
        {
            using var answer = await client.GetAsync(new Uri(open, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(good));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task When_a_browser_was_seen_is_written_now_and_then_and_old_ones_are_cleaned(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var ada = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", SupportPortal.Domain.People.Role.Agent))).Added!;
        var (devices, signIns, clock) = (database.Get<Devices>(), database.Get<SignIns>(), database.Clock);
        foreach (var id in new[] { "one", "two", "old", "ended" }) await signIns.NoteAsync(ada, "pwd", id, new Client("::1", new string('x', 1000)));
        await signIns.NoteSignOutAsync(ada.ToActor(), new Client("::1", DeviceId: "ended"));
        var start = clock.Now();

        await devices.NoteSeenAsync("one");
        clock.Advance(TimeSpan.FromMinutes(1));
        await devices.NoteSeenAsync("two");
        Assert.Equal(start, (await devices.FindAsync("two"))!.SeenAt); // Not yet in the store …
        Assert.Equal(clock.Now(), (await devices.ListAsync(ada.Id, CancellationToken.None))[0].SeenAt); // … but known.
        clock.Advance(TimeSpan.FromMinutes(5));
        await devices.NoteSeenAsync("one");
        Assert.Equal((clock.Now(), clock.Now() - NodaTime.Duration.FromMinutes(5)), ((await devices.FindAsync("one"))!.SeenAt, (await devices.FindAsync("two"))!.SeenAt));
        Assert.Null(await devices.FindAsync("ended"));

        clock.Advance(TimeSpan.FromDays(15.5));
        await devices.NoteSeenAsync("two");
        Assert.Equal(["two"], (await devices.ListAsync(ada.Id, CancellationToken.None)).Select(d => d.Id));
        await using var db = await database.OpenAsync();
        Assert.Equal(["two"], await db.Set<Device>().Select(d => d.Id).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Open_pages_learn_of_stamp_and_devices_by_one_question(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var ada = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", SupportPortal.Domain.People.Role.Agent))).Added!;
        foreach (var id in new[] { "one", "two" }) await database.Get<SignIns>().NoteAsync(ada, "pwd", id, Client.None);
        var stamps = new SecurityStamps(database.Factory, database.Clock);
        var standing = (await stamps.FindAsync(ada.Id))!;
        Assert.Equal(ada.SecurityStamp, standing.Stamp);
        Assert.Equal(["one", "two"], standing.Devices.Order());
        await database.Get<Devices>().EndAsync(ada.ToActor(), "one", Client.None, CancellationToken.None);
        Assert.Same(standing, await stamps.FindAsync(ada.Id));
        database.Clock.Advance(SecurityStamps.Freshness);
        Assert.Equal(["two"], (await stamps.FindAsync(ada.Id))!.Devices);
    }

    [Theory]
    [InlineData(Firefox, "Firefox on Windows")]
    [InlineData(Phone, "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Mac")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("", "A browser that does not say what it is")]
    public void A_browser_is_named_in_words(string agent, string words) => Assert.Equal(words, BrowserWords.Say(agent));

    private static async Task<HttpClient> SignInAsync(AccountScene scene, string agent)
    {
        var client = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", scene.Person.Email!), ("Form.Password", PortalServer.Password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }
}
