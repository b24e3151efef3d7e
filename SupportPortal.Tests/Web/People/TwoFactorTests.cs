using System.Net;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Web.People.AccountScene;

namespace SupportPortal.Tests.Web.People;

/// <summary>The second step of a sign-in: switched on, asked for, used up, switched off.</summary>
public sealed class TwoFactorTests
{
    [Fact]
    public async Task A_sign_in_asks_for_the_apps_code_and_takes_each_once()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        var (key, _) = await scene.SwitchOnAsync(here);

        var code = scene.NextCode(key);
        using var one = await scene.HalfSignedInAsync();
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(one)); // The password alone opens nothing.
        using var done = await one.PostFormAsync("/account/two-factor-code?returnUrl=%2Fdesk%2Fqueue", "second-step", ("Form.Code", $" {code[..3]} {code[3..]} "));
        Assert.Equal("/desk/queue", new Uri(one.BaseAddress!, done.Headers.Location!).AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(one));

        using var other = await scene.HalfSignedInAsync();
        using var refused = await other.PostFormAsync("/account/two-factor-code", "second-step", ("Form.Code", code));
        Assert.Contains("the code is wrong or was used already", Alert(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(other));
        Assert.Equal(
            ["SignedIn: By password.", "SecondFactorChanged: Switched on.", "SignedIn: By a second step with a code.", "SignInRefused: Wrong code, or one that was used."],
            await scene.AuditAsync(AuditAct.SignedIn, AuditAct.SecondFactorChanged, AuditAct.SignInRefused));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_is_refused_clearly_after_that()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        var (_, codes) = await scene.SwitchOnAsync(here);
        Assert.Equal((10, 10), (codes.Count, codes.Distinct().Count()));

        using var one = await scene.HalfSignedInAsync();
        using var done = await one.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", codes[3].ToLowerInvariant().Replace('-', ' ')));
        Assert.Equal("/desk", new Uri(one.BaseAddress!, done.Headers.Location!).AbsolutePath);
        Assert.Contains("9 recovery codes left", await ShowAsync(one, "/account/two-factor"), StringComparison.Ordinal);

        using var again = await scene.HalfSignedInAsync();
        using var refused = await again.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", codes[3]));
        Assert.Contains("was used already", Alert(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var wrong = await again.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", "BBBBB-BBBBB-BBBBB"));
        Assert.Contains("the code is wrong", Alert(await wrong.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(again));
        Assert.Equal(["SignInRefused: A recovery code that was used already.", "SignInRefused: Wrong recovery code."], await scene.AuditAsync(AuditAct.SignInRefused));
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_as_wrong_passwords_do()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        var (key, codes) = await scene.SwitchOnAsync(here);
        using var client = await scene.HalfSignedInAsync();
        var wrong = "";
        for (var tries = 0; tries < 6; tries++)
        {
            using var refused = await client.PostFormAsync("/account/two-factor-code", "second-step", ("Form.Code", "000000"));
            wrong = Alert(await refused.Content.ReadAsStringAsync());
        }

        using var right = await client.PostFormAsync("/account/two-factor-code", "second-step", ("Form.Code", scene.NextCode(key)));
        Assert.Equal(wrong, Alert(await right.Content.ReadAsStringAsync()));
        using var recovery = await client.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", codes[0]));
        Assert.Equal(wrong, Alert(await recovery.Content.ReadAsStringAsync()));
        Assert.Equal(2, (await scene.AuditAsync(AuditAct.SignInRefused)).Count(e => e == "SignInRefused: The account waits after wrong tries."));
    }

    [Theory]
    [InlineData("wrong", null, "That is not your present password.")]
    [InlineData("", null, "Enter your present password.")]
    [InlineData(PortalServer.Password, "000000", "That is not the code that the app shows")]
    [InlineData(PortalServer.Password, "", "That is not the code that the app shows")]
    public async Task It_is_not_switched_on_without_password_and_code(string present, string? code, string why)
    {
        await using var scene = await OpenAsync();
        using var client = await scene.SignInAsync();
        var page = await ShowAsync(client, "/account/two-factor");
        var key = KeyIn(page);
        using var refused = await client.PostAsync(new Uri("/account/two-factor", UriKind.Relative), Forms.Content(page, "on",
            ("On.Offer", OfferIn(page)), ("On.Code", code ?? scene.NextCode(key)), ("On.Present", present)));
        var shown = await refused.Content.ReadAsStringAsync();
        Assert.Contains(why, Alert(shown), StringComparison.Ordinal);
        Assert.Equal(key, KeyIn(shown)); // The app that scanned it is still right.
        (await scene.SignInAsync()).Dispose();
    }

    [Fact]
    public async Task A_key_that_was_offered_to_somebody_else_or_long_ago_is_not_taken()
    {
        await using var scene = await OpenAsync();
        using var client = await scene.SignInAsync();
        var page = await ShowAsync(client, "/account/two-factor");
        foreach (var offer in new[] { "", "nonsense", scene.Portal.Get<SupportPortal.Application.People.SecondFactors>().OfferKey("somebody").Offer })
        {
            using var refused = await client.PostAsync(new Uri("/account/two-factor", UriKind.Relative), Forms.Content(page, "on",
                ("On.Offer", offer), ("On.Code", scene.NextCode(KeyIn(page))), ("On.Present", PortalServer.Password)));
            var shown = await refused.Content.ReadAsStringAsync();
            Assert.Contains("Here is a new key", Alert(shown), StringComparison.Ordinal);
            Assert.NotEqual(KeyIn(page), KeyIn(shown));
        }
    }

    [Fact]
    public async Task Neither_the_key_nor_a_code_lies_readable_in_the_store()
    {
        await using var scene = await OpenAsync();
        using var client = await scene.SignInAsync();
        var (key, codes) = await scene.SwitchOnAsync(client);
        await using var db = await scene.Portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var kept = string.Join('\n', await db.UserTokens.Select(t => t.Value).ToListAsync());
        Assert.NotEqual("", kept);
        Assert.All(codes.Append(key), secret => Assert.DoesNotContain(secret, kept, StringComparison.OrdinalIgnoreCase));
        Assert.All(codes, secret => Assert.DoesNotContain(secret.Replace("-", "", StringComparison.Ordinal), kept, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task New_codes_and_switching_off_ask_for_the_password_and_end_other_sessions()
    {
        await using var scene = await OpenAsync();
        using var here = await scene.SignInAsync();
        var (_, old) = await scene.SwitchOnAsync(here);
        using var elsewhere = await scene.HalfSignedInAsync();
        (await elsewhere.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", old[0]))).Dispose();

        using var refused = await here.PostFormAsync("/account/two-factor", "change", ("Change.Act", "codes"), ("Change.Present", "wrong"));
        Assert.Contains("not your present password", Alert(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var made = await here.PostFormAsync("/account/two-factor", "change", ("Change.Act", "codes"), ("Change.Present", PortalServer.Password));
        var codes = CodesIn(await made.Content.ReadAsStringAsync());
        using (var client = await scene.HalfSignedInAsync())
        {
            using var spent = await client.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", old[1]));
            Assert.NotEqual("", Alert(await spent.Content.ReadAsStringAsync()));
            using var good = await client.PostFormAsync("/account/recovery-code", "second-step", ("Form.Code", codes[0]));
            Assert.Equal(HttpStatusCode.Found, good.StatusCode);
        }

        using var off = await here.PostFormAsync("/account/two-factor", "change", ("Change.Act", "off"), ("Change.Present", PortalServer.Password));
        Assert.Contains("Two-factor is off", await off.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (await StatusAsync(here), await StatusAsync(elsewhere)));
        (await scene.SignInAsync()).Dispose(); // By password alone.
        Assert.Equal(["SecondFactorChanged: Switched on.", "SecondFactorChanged: Recovery codes made anew.", "SecondFactorChanged: Switched off."], await scene.AuditAsync(AuditAct.SecondFactorChanged));
    }

    [Theory]
    [InlineData("/account/two-factor-code")]
    [InlineData("/account/recovery-code")]
    public async Task Whoever_did_not_do_the_first_step_is_sent_to_it(string path)
    {
        await using var scene = await OpenAsync();
        using var client = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(path + "?returnUrl=%2Fdesk", UriKind.Relative));
        Assert.Equal("/account/login?returnUrl=%2Fdesk", new Uri(client.BaseAddress!, answer.Headers.Location!).PathAndQuery);

        using var late = await scene.SignInAsync();
        await scene.SwitchOnAsync(late);
        using var half = await scene.HalfSignedInAsync();
        var page = await ShowAsync(half, path);
        scene.Clock.Advance(TimeSpan.FromMinutes(6));
        using var posted = await half.PostAsync(new Uri(path, UriKind.Relative), Forms.Content(page, "second-step", ("Form.Code", "123456")));
        Assert.Equal("/account/login", new Uri(half.BaseAddress!, posted.Headers.Location!).AbsolutePath);
    }
}
