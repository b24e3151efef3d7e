using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class RequestPageTests(Support.Browser browser)
{
    [Fact]
    public async Task What_staff_do_appears_without_a_reload_and_typed_text_stays()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Nobody can sign in");
        var page = await OpenAsync(scene, number);
        await Expect(Owed(page)).ToContainTextAsync("First response due in 24 h 0 min");
        await page.GetByLabel("Reply").FillAsync("I am still typing");

        var ada = scene.Ada.ToActor();
        await scene.ActAsync(scene.Ada, number, (ticket, now) => ticket.Grade(ada, Severity.Critical, TicketDesk.Seal("All are locked out."), null, now));
        await Expect(Owed(page)).ToContainTextAsync("First response due in 1 h 0 min");
        await Expect(Story(page)).ToContainTextAsync("changed the severity from Severity 3 – Normal to Severity 1 – Critical");
        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Reply(ada, TicketDesk.Seal("We are **on it**.")));
        await scene.ActAsync(scene.Ada, number, (ticket, _) => Ticket.AddNote(ada, TicketDesk.Seal("A secret between us.")));
        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Take(ada));

        await Expect(Story(page).Locator("strong", new() { HasText = "on it" })).ToBeVisibleAsync();
        await Expect(Owed(page)).ToContainTextAsync("Next update due in 30 min");
        await Expect(page.GetByText("In progress").First).ToBeVisibleAsync();
        await Expect(page.GetByText("A secret between us.")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("I am still typing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).DblClickAsync();
        await Expect(page.GetByText("Sent. Support has it now.")).ToBeVisibleAsync();
        await Expect(Story(page).GetByText("I am still typing")).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("");
        Assert.Single((await scene.HistoryAsync(number)).Happened, e => e.Fact is CustomerReplied);
    }

    [Fact]
    public async Task The_countdown_ticks_and_turns_overdue_when_time_passes()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        await page.Clock.InstallAsync(new() { TimeDate = scene.Clock.GetUtcNow().UtcDateTime });
        await page.GotoAsync($"/requests/{number}");
        await Expect(Owed(page)).ToContainTextAsync("First response due in 24 h 0 min");

        await page.Clock.FastForwardAsync("23:50:30");
        await Expect(Owed(page)).ToContainTextAsync("First response due in 9:30");
        await page.Clock.FastForwardAsync("00:01");
        await Expect(Owed(page)).ToContainTextAsync("First response due in 9:29");
        scene.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(3));
        await page.Clock.FastForwardAsync("12:29");
        await Expect(Owed(page)).ToContainTextAsync("First response overdue by 3 min");
        await page.ReloadAsync();
        await Expect(Owed(page)).ToContainTextAsync("First response overdue by 3 min");
    }

    [Fact]
    public async Task A_status_is_requested_once_and_answered()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await OpenAsync(scene, number);
        var ask = page.GetByRole(AriaRole.Button, new() { Name = "Request status" });
        await ask.ClickAsync();
        await Expect(page.GetByText("Support owes you an answer.")).ToBeVisibleAsync();
        await Expect(ask).ToBeDisabledAsync();
        await Expect(Owed(page)).ToContainTextAsync("Status request due in 8 h 0 min");

        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Reply(scene.Ada.ToActor(), TicketDesk.Seal("Half done.")));
        await Expect(ask).ToBeEnabledAsync();
        await Expect(Owed(page)).ToContainTextAsync("Updates as available");
    }

    [Fact]
    public async Task A_proposed_resolution_is_rejected_then_accepted_rated_and_reopened()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await OpenAsync(scene, number);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reject resolution" })).ToHaveCountAsync(0);

        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Resolve(scene.Ada.ToActor(), ResolutionKind.Agreed, TicketDesk.Seal("Buy a faster one.")));
        await Expect(page.GetByText("Buy a faster one.")).ToBeVisibleAsync();
        await page.GetByLabel("Comment").FillAsync("No.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject resolution" }).ClickAsync();
        await Expect(Story(page)).ToContainTextAsync("rejected the resolution");
        await Expect(Status(page)).ToHaveTextAsync("In progress");

        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Resolve(scene.Ada.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Made it fast.")));
        await Expect(Status(page)).ToHaveTextAsync("Resolved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept resolution" }).ClickAsync();
        await Expect(Status(page)).ToHaveTextAsync("Closed");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Accept resolution" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Request status" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Radio, new() { Name = "4 of 5" }).CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send rating" }).ClickAsync();
        await Expect(page.GetByText("You rated the help 4 of 5. Thank you.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(page.GetByText("Say what is still wrong.")).ToBeVisibleAsync();
        await page.GetByLabel("Reason").FillAsync("Slow again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(Status(page)).ToHaveTextAsync("New");
        await Expect(Owed(page)).ToContainTextAsync("First response due in 24 h 0 min");
        Assert.Equal(
            [typeof(Reported), typeof(ResolutionProposed), typeof(ResolutionRejected), typeof(Resolved), typeof(ResolutionAccepted), typeof(Rated), typeof(Reopened)],
            (await scene.HistoryAsync(number)).Happened.Select(e => e.Fact.GetType()));
    }

    [Fact]
    public async Task The_list_changes_live_filters_and_finds()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is open" })).ToBeVisibleAsync();
        var first = await scene.ReportAsync("First trouble");
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await scene.ReportAsync("Second trouble");
        await Expect(List(page).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Second trouble");
        await scene.ActAsync(scene.Ada, first, (ticket, _) => ticket.Resolve(scene.Ada.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Done.")));
        await Expect(List(page).GetByRole(AriaRole.Listitem).Nth(1)).ToContainTextAsync("Resolved");

        await page.ReloadAsync();
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "All", Exact = true }).ClickAsync();
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("first");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?]show=all&q=first$"));
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "First trouble" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{first} First trouble");
    }

    [Fact]
    public async Task What_was_typed_into_the_search_before_the_page_was_live_is_searched_for()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("First trouble");
        await scene.ReportAsync("Second trouble");
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        var isTyped = false;
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await page.GetByRole(AriaRole.Searchbox).FillAsync("first");
            isTyped = true;
            await route.ContinueAsync();
        });
        await page.ReloadAsync();
        await Expect(page.Locator("main[data-live]")).ToBeVisibleAsync();
        Assert.True(isTyped);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("first");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?]q=first$"));
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("A subject that is rather long, as subjects tend to be when people are in a hurry", Impact.DataLoss);
        var page = await scene.OpenAsync(scene.Casey, $"/requests/{number}", width, scheme);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send reply" })).ToBeEnabledAsync();
        Assert.Equal([], await FaultsAsync(page));
        await scene.ActAsync(scene.Ada, number, (ticket, now) => ticket.Grade(scene.Ada.ToActor(), Severity.High, TicketDesk.Seal("Bad."), null, now));
        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Resolve(scene.Ada.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Fixed.")));
        await page.GotoAsync($"/requests/{number}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reopen" })).ToBeEnabledAsync();
        Assert.Equal([], await FaultsAsync(page));
        await scene.ReportAsync("Another");
        await page.GotoAsync("/requests?show=all");
        await Expect(List(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        Assert.Equal([], await FaultsAsync(page));
    }

    private static async Task<IPage> OpenAsync(DeskScene scene, TicketNumber number)
    {
        var page = await scene.OpenAsync(scene.Casey, $"/requests/{number}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send reply" })).ToBeEnabledAsync();
        return page;
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Support Portal$")); // Absent for a moment when the circuit takes over.
        var faults = RequestSubmissionTests.Names(await page.RunAxe()).ToList();
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")) faults.Add("wider than the window");
        return faults;
    }

    private static ILocator Owed(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "What is owed next" });

    private static ILocator Story(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "What happened" });

    private static ILocator Status(IPage page) => page.Locator("header .status");

    private static ILocator List(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Requests" });
}
