using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskRemindersTests(Support.Browser browser)
{
    [Fact]
    public async Task A_reminder_appears_in_open_browsers_once_a_person_and_what_one_tab_does_clears_the_others()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Nobody can sign in");
        var first = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(Bell(first)).ToBeVisibleAsync();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/desk/reminders");
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Nothing is due" })).ToBeVisibleAsync();
        await first.BringToFrontAsync();
        await first.EvaluateAsync("window.dispatchEvent(new Event('focus'))"); // Without a window nothing gets the focus by itself.
        var bob = await scene.OpenAsync(scene.Bob, "/desk");
        await Expect(Bell(bob)).ToBeVisibleAsync();

        scene.Clock.Advance(TimeSpan.FromHours(12));
        foreach (var page in new[] { first, second, bob }) await Expect(Bell(page)).ToContainTextAsync("1 due reminders");
        await Expect(second.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true })).ToContainTextAsync($"{number} Nobody can sign in");
        foreach (var page in new[] { first, bob }) await Expect(page.Locator(".toast")).ToContainTextAsync("First response: half the time is left");
        await Expect(second.Locator(".toast")).ToHaveCountAsync(0); // It stands in the list.

        await second.GetByRole(AriaRole.Button, new() { Name = $"Done with {number}" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Nothing is due" })).ToBeVisibleAsync();
        foreach (var page in new[] { first, second })
        {
            await Expect(Bell(page)).Not.ToContainTextAsync("due reminders");
            await Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        }

        await Expect(Bell(bob)).ToContainTextAsync("1 due reminders");
        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Reply(scene.Ada.ToActor(), TicketDesk.Seal("We are on it.")));
        await Expect(Bell(bob)).Not.ToContainTextAsync("due reminders");
        await Expect(bob.Locator(".toast")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_fell_due_waits_for_a_closed_browser_and_is_put_off_until_a_time()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        scene.Clock.Advance(TimeSpan.FromHours(12));
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(page.Locator(".toast")).ToContainTextAsync("Slow");
        await Bell(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true })).ToContainTextAsync("Acknowledge the request");

        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze until later" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Choose a day and a time.")).ToBeVisibleAsync();
        await page.GetByLabel("Remind me again at").FillAsync("2030-01-07T20:00"); // It is 22:00 in Berlin.
        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await Expect(page.GetByText("That moment has passed: choose a later one.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Remind me again at")).ToHaveValueAsync("2030-01-07T20:00");
        await page.GetByLabel("Remind me again at").FillAsync("2030-01-07T22:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is due" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Snoozed 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Snoozed" })).ToContainTextAsync("comes back 22:30");
        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is snoozed" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Due 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true })).ToContainTextAsync($"{number} Slow");
    }

    [Fact]
    public async Task One_press_puts_a_reminder_off_for_15_minutes_for_an_hour_or_until_it_is_due()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow");
        scene.Clock.Advance(TimeSpan.FromHours(12)); // It is 22:00 in Berlin, and due at 10:00.
        var page = await scene.OpenAsync(scene.Ada, "/desk/reminders");
        var (due, snoozed) = (page.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true }), page.GetByRole(AriaRole.List, new() { Name = "Snoozed" }));
        foreach (var (press, back) in new[] { ("15 min", "22:15"), ("1 h", "23:00"), ("until due", "10:00") })
        {
            await due.GetByRole(AriaRole.Button, new() { NameRegex = new($"^Snooze (for )?{press}$") }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Snoozed 1" }).ClickAsync();
            await Expect(snoozed).ToContainTextAsync(new Regex($"comes back .*{back}"));
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Bring back") }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Due 1" }).ClickAsync();
        }
    }

    [Fact]
    public async Task What_was_raised_late_says_so()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow");
        scene.Clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromMinutes(7)); // As if the portal had been down for that long.
        var page = await scene.OpenAsync(scene.Ada, "/desk/reminders");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true })).ToContainTextAsync("This came late: it fell due at 22:00 and was raised at 22:07.");
    }

    [Fact]
    public async Task A_sound_and_a_desktop_notification_come_where_they_were_allowed_and_only_there()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Ada, "/desk/reminders");
        await page.Context.GrantPermissionsAsync(["notifications"]);
        // What Chromium is asked for is written down beside: nobody hears or sees it here.
        await page.Context.AddInitScriptAsync("""
            const note = what => document.documentElement.dataset.asked = `${document.documentElement.dataset.asked ?? ""}${what}; `;
            window.Notification = class extends Notification { constructor(title, options) { super(title, options); note(`${title} | ${options.body}`); } };
            window.AudioContext = class extends AudioContext { constructor() { super(); note("sound"); } };
            """);
        await page.ReloadAsync();
        await page.GetByLabel("A sound in this browser").CheckAsync();
        await page.GetByLabel("Desktop notifications in this browser").CheckAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-asked", "sound; "); // So that one knows it.
        await page.ReloadAsync();
        await Expect(page.GetByLabel("A sound in this browser")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Desktop notifications in this browser")).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is due" })).ToBeVisibleAsync();

        var bob = await scene.OpenAsync(scene.Bob, "/desk"); // Another browser, in which nothing was allowed.
        await bob.EvaluateAsync("() => { for (const name of ['Notification', 'AudioContext']) window[name] = class { constructor() { document.documentElement.dataset.asked = name; } static permission = 'granted'; }; }");
        await Expect(Bell(bob)).ToBeVisibleAsync();
        var number = await scene.ReportAsync("Nobody can sign in");
        scene.Clock.Advance(TimeSpan.FromHours(12));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-asked", $"sound; First response: half the time is left | {number} Nobody can sign in; ");
        await Expect(bob.Locator(".toast")).ToContainTextAsync("Nobody can sign in");
        Assert.Null(await bob.Locator("html").GetAttributeAsync("data-asked"));
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("A subject that is rather long, as subjects tend to be when people are in a hurry", Impact.DataLoss);
        scene.Clock.Advance(TimeSpan.FromHours(13));
        await scene.ReportAsync("Another");
        scene.Clock.Advance(TimeSpan.FromHours(12));
        var page = await scene.OpenAsync(scene.Ada, "/desk", width, scheme);
        await Expect(page.Locator(".toast")).ToHaveCountAsync(2);
        await Bell(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Due", Exact = true })).ToBeVisibleAsync();
        var faults = RequestSubmissionTests.Names(await page.RunAxe()).ToList();
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")) faults.Add("wider than the window");
        Assert.Equal([], faults);
    }

    private static ILocator Bell(IPage page) => page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Reminders") });
}
