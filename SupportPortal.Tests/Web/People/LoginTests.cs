using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;

namespace SupportPortal.Tests.Web.People;

public sealed class LoginTests
{
    [Theory]
    [InlineData(Role.Customer, "", "/requests")]
    [InlineData(Role.Agent, "", "/desk")]
    [InlineData(Role.Administrator, "", "/desk")]
    [InlineData(Role.Customer, "?returnUrl=%2Faccount%2Ftokens", "/account/tokens")]
    [InlineData(Role.Customer, "?returnUrl=%2F%2Fevil.example", "/requests")]
    [InlineData(Role.Agent, "?returnUrl=https%3A%2F%2Fevil.example", "/desk")]
    public async Task A_person_lands_where_they_were_going_or_where_their_work_lies(Role role, string query, string landing)
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(role);
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.PostFormAsync("/account/login" + query, "sign-in", ("Form.Email", person.Email!), ("Form.Password", PortalServer.Password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(landing, new Uri(client.BaseAddress!, answer.Headers.Location!).AbsolutePath);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_locked_account_get_the_same_answer()
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(Role.Agent);
        using var client = server.CreateClient();
        async Task<string> Try(string email, string password)
        {
            using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", email), ("Form.Password", password));
            return Alert(await answer.Content.ReadAsStringAsync());
        }

        var wrong = await Try(person.Email!, "wrong");
        Assert.NotEqual("", wrong);
        Assert.Equal(wrong, await Try("nobody@test.example", "wrong"));
        for (var tries = 0; tries < 5; tries++) await Try(person.Email!, "wrong");
        Assert.Equal(wrong, await Try(person.Email!, PortalServer.Password));
        Assert.NotEqual(wrong, await Try("", ""));
    }

    [Fact]
    public async Task An_old_cookie_is_checked_once_a_minute_and_ends_when_its_person_changes()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var person = await server.AddPersonAsync(Role.Agent);
        using var browser = server.CreateClient(new() { AllowAutoRedirect = false });
        using var signedIn = await browser.PostFormAsync("/account/login", "sign-in", ("Form.Email", person.Email!), ("Form.Password", PortalServer.Password));
        using var client = server.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.Contains("Identity", StringComparison.Ordinal)).Split(';')[0]);

        Assert.Equal((HttpStatusCode.OK, false), await VisitAsync());
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((HttpStatusCode.OK, true), await VisitAsync());
        Assert.Equal((HttpStatusCode.OK, false), await VisitAsync());

        using (var scope = server.Services.CreateScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            await people.UpdateSecurityStampAsync((await people.FindByIdAsync(person.Id))!);
        }

        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Found, (await VisitAsync()).Status);

        async Task<(HttpStatusCode Status, bool Renewed)> VisitAsync()
        {
            using var answer = await client.GetAsync(new Uri("/account/tokens", UriKind.Relative));
            return (answer.StatusCode, answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(c => c.Contains("Identity", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Who_is_refused_is_written_down_and_an_unknown_address_is_not()
    {
        await using var scene = await AccountScene.OpenAsync();
        using var client = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });
        async Task<string> TryAsync(string email, string password)
        {
            using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", email), ("Form.Password", password));
            return Alert(await answer.Content.ReadAsStringAsync());
        }

        var wrong = await TryAsync(scene.Person.Email!, "wrong");
        Assert.Equal(wrong, await TryAsync("nobody@secret.example", "wrong"));
        await using (var db = await scene.Portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync())
            await db.Users.Where(u => u.Id == scene.Person.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, scene.Clock.Now()));
        Assert.Equal(wrong, await TryAsync(scene.Person.Email!, PortalServer.Password));
        Assert.Equal(
            ["SignInRefused: Wrong password.", "SignInRefused: An address without an account. (nobody)", "SignInRefused: The account is deactivated."],
            await scene.AuditAsync(AuditAct.SignInRefused));
        await using var after = await scene.Portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.DoesNotContain(await after.Set<AuditEntry>().ToListAsync(), e => e.Detail.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Six_wrong_passwords_lock_and_a_good_one_before_that_forgets_them()
    {
        await using var scene = await AccountScene.OpenAsync();
        using var client = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });
        for (var tries = 0; tries < 5; tries++) (await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", scene.Person.Email!), ("Form.Password", "wrong"))).Dispose();
        (await scene.SignInAsync()).Dispose();
        for (var tries = 0; tries < 5; tries++) (await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", scene.Person.Email!), ("Form.Password", "wrong"))).Dispose();
        (await scene.SignInAsync()).Dispose();
    }

    [Fact]
    public async Task A_passkeys_options_need_the_forms_token_and_to_make_one_the_password()
    {
        await using var scene = await AccountScene.OpenAsync();
        using var visitor = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });
        using var person = await scene.SignInAsync();
        var (show, make) = (new Uri("/account/passkey-options/show", UriKind.Relative), new Uri("/account/passkey-options/make", UriKind.Relative));
        var (door, page) = (await AccountScene.ShowAsync(visitor, "/account/login"), await AccountScene.ShowAsync(person, "/account/passkeys"));

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync(show, new FormUrlEncodedContent([]))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostAsync(make, new FormUrlEncodedContent([]))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await visitor.PostAsync(make, Forms.Content(door, "add"))).StatusCode);
        using var shown = await visitor.PostAsync(show, Forms.Content(door, "passkey"));
        var options = await shown.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "application/json"), (shown.StatusCode, shown.Content.Headers.ContentType?.MediaType));
        Assert.Contains("\"userVerification\":\"required\"", options, StringComparison.Ordinal);
        Assert.DoesNotContain("\"allowCredentials\":[{", options, StringComparison.Ordinal); // Nobody is named, so that nobody is told apart.

        using var wrong = await person.PostAsync(make, Forms.Content(page, "add", ("Form.Name", "x"), ("Form.Present", "wrong")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var good = await person.PostAsync(make, Forms.Content(page, "add", ("Form.Name", "x"), ("Form.Present", PortalServer.Password)));
        Assert.Contains("\"residentKey\":\"required\"", await good.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        foreach (var credential in new[] { "", "{}", "nonsense", new string('x', 100_000) })
        {
            using var added = await person.PostAsync(new Uri("/account/passkeys", UriKind.Relative), Forms.Content(page, "add", ("Form.Name", "x"), ("Form.Credential", credential)));
            Assert.Contains("The passkey was not made", await added.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var opened = await visitor.PostAsync(new Uri("/account/login", UriKind.Relative), Forms.Content(door, "passkey", ("Passkey.Credential", credential)));
            Assert.NotEqual("", Alert(await opened.Content.ReadAsStringAsync()));
        }

        for (var tries = 0; tries < 20; tries++) (await visitor.PostAsync(show, Forms.Content(door, "passkey"))).Dispose();
        using var tooMany = await visitor.PostAsync(show, Forms.Content(door, "passkey"));
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.NotNull(tooMany.Headers.RetryAfter);
    }

    [Fact]
    public async Task Signing_out_needs_the_forms_token_and_ends_the_session()
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(Role.Agent);
        using var client = await server.SignedInClientAsync(person.Email!);
        var page = await client.GetStringAsync(new Uri("/account/tokens", UriKind.Relative));

        using var forged = await client.PostAsync(new Uri("/account/logout", UriKind.Relative), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var stays = await client.GetAsync(new Uri("/account/tokens", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);

        using var signedOut = await client.PostAsync(new Uri("/account/logout", UriKind.Relative), Forms.Content(page, "sign-out"));
        Assert.Equal("/", signedOut.Headers.Location?.ToString());
        using var asked = await client.GetAsync(new Uri("/account/tokens", UriKind.Relative));
        Assert.StartsWith("/account/login?returnUrl=", asked.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Demo_passwords_are_shown_in_development_only(string environment, bool shown)
    {
        await using var server = new PortalServer(environment: environment);
        using var client = server.CreateClient();
        var page = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative));
        Assert.Equal(shown, page.Contains("demo-portal-1", StringComparison.Ordinal));
        if (shown) (await server.SignedInClientAsync("customer@demo.example", "demo-portal-1")).Dispose();
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/requests/SUP-10001?x=1", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("requests", false)]
    public void Only_this_portals_addresses_are_followed(string? url, bool local) => Assert.Equal(local, ReturnUrl.IsLocal(url));

    private static string Alert(string page)
    {
        var at = page.IndexOf("role=\"alert\">", StringComparison.Ordinal);
        return at < 0 ? "" : page[at..page.IndexOf("</p>", at, StringComparison.Ordinal)];
    }
}
