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
