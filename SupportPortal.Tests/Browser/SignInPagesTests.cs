using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Tests.Support;
using SupportPortal.Tests.Web.People;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>Passwords, second steps, passkeys and devices in a real browser.</summary>
public sealed class SignInPagesTests(Support.Browser browser)
{
    [Fact]
    public async Task A_person_switches_two_factor_on_and_signs_in_by_app_and_by_recovery_code()
    {
        await using var scene = await AccountScene.OpenOnKestrelAsync();
        var address = scene.Address;
        await using var context = (await browser.SignInAsync(address, scene.Person.Email!, "/account/two-factor")).Context;
        var page = context.Pages[0];
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        var key = (await page.Locator("#key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);

        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("12");
        await page.GetByLabel("Present password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the code that the app shows");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(scene.NextCode(key));
        await page.GetByLabel("Present password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Two-factor is on.");
        var codes = (await page.Locator("pre").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, codes.Length);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as a text file" }).ClickAsync());
        Assert.Contains(codes[9], await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);

        await using var another = (await FirstStepAsync(address, scene.Person)).Context;
        var door = another.Pages[0];
        await door.GetByLabel("Code").FillAsync("000000");
        await door.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(door.GetByRole(AriaRole.Alert)).ToContainTextAsync("the code is wrong");
        await door.GetByLabel("Code").FillAsync(scene.NextCode(key));
        await door.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(door).ToHaveURLAsync("/account/devices");
        await Expect(door.GetByText("This browser", new() { Exact = true })).ToBeVisibleAsync();

        await RecoverAsync(address, scene.Person, codes[0], page => Expect(page).ToHaveURLAsync("/account/devices"));
        await RecoverAsync(address, scene.Person, codes[0], page => Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This recovery code was used already"));
        Assert.Contains("SignInRefused: A recovery code that was used already.", await scene.AuditAsync(AuditAct.SignInRefused));
    }

    [Fact]
    public async Task A_passkey_is_added_and_opens_the_account_without_password_and_code()
    {
        await using var scene = await AccountScene.OpenOnKestrelAsync();
        var address = AtLocalhost(scene.Address);
        await using var context = (await browser.SignInAsync(address, scene.Person.Email!, "/account/passkeys")).Context;
        var page = context.Pages[0];
        var device = await VirtualAuthenticatorAsync(page);

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("My laptop");
        await page.GetByLabel("Present password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not your present password");
        Assert.Equal(0, await CredentialsAsync(device));
        await page.GetByLabel("Present password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is added.");
        var row = page.GetByRole(AriaRole.Row, new() { Name = "My laptop" });
        await Expect(row).ToContainTextAsync("never");
        Assert.Equal(1, await CredentialsAsync(device));

        // With a second step switched on, a passkey asks for none: it is two by itself.
        using (var client = await scene.SignInAsync()) await scene.SwitchOnAsync(client);
        await context.ClearCookiesAsync();
        await page.GotoAsync("/account/login?returnUrl=%2Faccount%2Fpasskeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page).ToHaveURLAsync("/account/passkeys");
        await Expect(row).Not.ToContainTextAsync("never");

        await page.GetByRole(AriaRole.Button, new() { Name = "Rename My laptop" }).Or(page.GetByText("Rename", new() { Exact = true })).First.ClickAsync();
        await page.GetByLabel("New name of My laptop").FillAsync("The old laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "The old laptop" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove The old laptop" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is removed.");

        await context.ClearCookiesAsync();
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "this passkey opens no account here" })).ToBeVisibleAsync();
        Assert.Equal(["PasskeyChanged: Added.", "SignedIn: By passkey.", "PasskeyChanged: Renamed.", "PasskeyChanged: Removed."],
            (await scene.AuditAsync(AuditAct.PasskeyChanged, AuditAct.SignedIn)).Where(e => e.Contains("asskey", StringComparison.Ordinal)));
        Assert.Equal(["SignInRefused: Wrong present password.", "SignInRefused: A passkey without an account, or damaged, or too late. (nobody)"], await scene.AuditAsync(AuditAct.SignInRefused));
    }

    [Fact]
    public async Task One_browser_signs_out_another_whose_open_page_ends_too()
    {
        await using var scene = await AccountScene.OpenOnKestrelAsync();
        var address = scene.Address;
        await using var context = (await browser.SignInAsync(address, scene.Person.Email!, "/desk")).Context;
        var desk = context.Pages[0];
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(1)); // The later one is seen last.
        await using var others = (await browser.SignInAsync(address, scene.Person.Email!, "/account/devices")).Context;
        var page = others.Pages[0];
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Chrome on Linux" })).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Sign out Chrome on Linux") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out within a minute");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Chrome on Linux" })).ToHaveCountAsync(1);

        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync(); // By itself.
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Where you are signed in" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_nothing_runs_out_of_the_page(int width, ColorScheme scheme)
    {
        await using var scene = await AccountScene.OpenOnKestrelAsync();
        var address = AtLocalhost(scene.Address);
        await using var context = (await browser.SignInAsync(address, scene.Person.Email!, "/account/passkeys", width, scheme)).Context;
        var page = context.Pages[0];
        await VirtualAuthenticatorAsync(page);
        await page.GetByLabel("Present password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await page.GetByText("Rename", new() { Exact = true }).ClickAsync();
        await CheckAsync(page, width);
        await page.GotoAsync("/account/devices");
        await CheckAsync(page, width);
        await page.GotoAsync("/account/two-factor");
        await CheckAsync(page, width);

        var key = (await page.Locator("#key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(scene.NextCode(key));
        await page.GetByLabel("Present password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await CheckAsync(page, width);

        await using var other = (await FirstStepAsync(address, scene.Person, width, scheme)).Context;
        await CheckAsync(other.Pages[0], width);
        await other.Pages[0].GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await CheckAsync(other.Pages[0], width);
    }

    private static async Task CheckAsync(IPage page, int width)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{page.Url} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.Equal((page.Url, width), (page.Url, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
    }

    private async Task<IPage> FirstStepAsync(Uri portal, PortalUser person, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.NewPageAsync(portal, width, scheme);
        await page.GotoAsync("/account/login?returnUrl=%2Faccount%2Fdevices");
        await page.GetByLabel("Email").FillAsync(person.Email!);
        await page.GetByLabel("Password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enter your code" })).ToBeVisibleAsync();
        return page;
    }

    private async Task RecoverAsync(Uri portal, PortalUser person, string code, Func<IPage, Task> expectAsync)
    {
        await using var context = (await FirstStepAsync(portal, person)).Context;
        var page = context.Pages[0];
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await page.GetByLabel("Recovery code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await expectAsync(page);
    }

    /// <summary>Passkeys need a name: an address in digits has none.</summary>
    private static Uri AtLocalhost(Uri address) => new UriBuilder(address) { Host = "localhost" }.Uri;

    /// <summary>A phone or laptop that always says yes, with a finger.</summary>
    private static async Task<(ICDPSession Session, string Id)> VirtualAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (session, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task<int> CredentialsAsync((ICDPSession Session, string Id) device) =>
        (await device.Session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = device.Id }))!.Value.GetProperty("credentials").GetArrayLength();
}
