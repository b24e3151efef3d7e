using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>The administration of people in a real browser.</summary>
public sealed partial class PeoplePagesTests(Support.Browser browser)
{
    [Fact]
    public async Task Somebody_is_invited_by_mail_comes_in_is_deactivated_and_loses_the_desk()
    {
        await using var smtp = new SmtpServer();
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var portal = new PortalServer(clock)
            .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{smtp.Port}").With("Portal:Mail:Security", "None")
            .With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:PublicUrl", "https://portal.example/");
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/people/invite")).Context;
        var page = context.Pages[0];

        await page.GetByLabel("E-mail addresses").FillAsync($"{root.Email}, ada@test.example");
        await page.GetByLabel("Role").SelectOptionAsync("Agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send invitations" }).ClickAsync();
        await Expect(page.GetByText($"{root.Email}: There is already an account with this e-mail address.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Expect(page.GetByLabel("E-mail addresses")).ToHaveValueAsync(root.Email!); // The others went through.
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Invited" })).ToContainTextAsync("One person was invited. The mail is on its way.");

        var mail = await smtp.NextAsync();
        Assert.StartsWith("Rosa Root has made an account for you at the Support Portal, https://portal.example.", mail.TextBody, StringComparison.Ordinal);
        await using var hers = (await browser.NewPageAsync(address)).Context;
        var ada = hers.Pages[0];
        await ada.GotoAsync(new Uri(Link().Match(mail.TextBody!).Value).PathAndQuery);
        await ada.GetByLabel("New password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await ada.GetByLabel("New password again").FillAsync(PortalServer.Password);
        await ada.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await ada.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await ada.GetByLabel("Email").FillAsync("ada@test.example");
        await ada.GetByLabel("Password").FillAsync(PortalServer.Password);
        await ada.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(ada.GetByRole(AriaRole.Region, new() { Name = "Triage board" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to people" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Rosa Root", Exact = true })).ToBeVisibleAsync(); // The list is there.
        await page.GetByLabel("Role").SelectOptionAsync("Agent");
        await Expect(page).ToHaveURLAsync("/admin/people?role=agent");
        await page.GetByRole(AriaRole.Link, new() { Name = "ada", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Deactivate ada?" }).GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(page.GetByText("Deactivated. Whatever they have open ends within a minute.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Person deactivated" })).ToContainTextAsync("Rosa Root");

        clock.Advance(TimeSpan.FromSeconds(61));
        await Expect(ada).ToHaveURLAsync(new Regex("/account/login\\?")); // By itself: the page was open.
    }

    [Fact]
    public async Task A_person_is_changed_refused_at_the_field_and_the_last_administrator_stays()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        var casey = await portal.AddPersonAsync(Role.Customer, name: "Casey Customer", organisation: "Acme");
        await using var context = (await browser.SignInAsync(address, root.Email!, $"/admin/people/{casey.Id}")).Context;
        var page = context.Pages[0];

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Casey Jones");
        await page.GetByLabel("Email").FillAsync(root.Email!);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Organisation" }).FillAsync("Contoso");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("There is already an account with this e-mail address.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Email")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Organisation" })).ToHaveValueAsync("Contoso");
        await page.GetByLabel("Email").FillAsync("jones@test.example");
        await page.GetByLabel("Sees all of the organisation's requests").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Casey Jones" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Name changed. E-mail address changed. Organisation changed. Sees own requests only.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Show a link to set a password" }).ClickAsync();
        await Expect(page.GetByText("/account/set-password?person=")).ToBeVisibleAsync();

        await page.GotoAsync($"/admin/people/{root.Id}");
        await page.GetByLabel("Role").SelectOptionAsync("Manager");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#person-role-error")).ToHaveTextAsync("This is the last administrator who can sign in. Make somebody else one first.");

        await page.GotoAsync("/admin/people/nobody");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such person" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_log_says_what_it_cannot_follow_and_tokens_are_revoked()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        var ada = await portal.AddPersonAsync(Role.Agent, name: "Ada Agent");
        await portal.Get<ApiTokens>().MakeAsync(ada.ToActor(), ada.Id, "build server", null, TokenScope.All, CancellationToken.None);
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/tokens")).Context;
        var page = context.Pages[0];

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke build server of Ada Agent" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(page.GetByText("build server opens nothing any more.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await page.GetByLabel("What").SelectOptionAsync("Token revoked");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Token revoked" })).ToContainTextAsync("Ada Agent");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Contains("TokenRevoked", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        foreach (var (query, note) in new[]
        {
            ("act=Dance", "'Dance' is nothing that the log tells of."),
            ("from=2030-01-08&until=2030-01-07", "The period ends before it begins."),
            ("until=9999-12-31", "'9999-12-31' is not a date such as 2030-01-07."),
            ("person=nobody", "There is nobody with the id or e-mail address 'nobody'."),
        })
        {
            await page.GotoAsync($"/admin/audit?{query}");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(note);
        }

        await page.GotoAsync("/admin/audit?after=nonsense&q=zzz");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No entry fits" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_nothing_runs_out_of_the_page(int width, ColorScheme scheme)
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        var casey = await portal.AddPersonAsync(Role.Customer, "a-rather-long-address-for-a-person@some-department.of-a-company.example", "Casey Customer", "The Rather Long Named Company of Somewhere");
        await portal.Get<ApiTokens>().MakeAsync(casey.ToActor(), casey.Id, "build server", null, TokenScope.All, CancellationToken.None);
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin", width, scheme)).Context;
        var page = context.Pages[0];
        foreach (var path in (string[])["/admin", "/admin/people", "/admin/people/invite", $"/admin/people/{casey.Id}", "/admin/audit", "/admin/tokens"])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
            Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{path} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
            Assert.Equal((path, width), (path, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        }
    }

    [GeneratedRegex("https://portal\\.example/account\\S+")]
    private static partial Regex Link();
}
