using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskFilterTests(Support.Browser browser)
{
    [Fact]
    public async Task Filters_are_chosen_kept_in_the_address_and_cleared()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var mail = await scene.ReportAsync("Mail is late", service: "Mail delivery");
        var reports = await scene.ReportAsync("Reports are empty", service: "Reporting");
        await scene.ReportAsync("A question");
        await scene.ActAsync(scene.Ada, reports, (ticket, _) => ticket.Take(scene.Ada.ToActor()));
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(Cards(page)).ToHaveCountAsync(3);

        await page.GetByLabel("Service").FocusAsync();
        await Expect(page.Locator("#open-services option")).ToHaveCountAsync(2);
        await Expect(page.Locator("#open-organisations option")).ToHaveAttributeAsync("value", "Northwind Traders");
        await page.GetByLabel("Service").FillAsync("Mail delivery");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Cards(page)).ToContainTextAsync(["Mail is late"]);
        await Expect(page.GetByText("1 of 3 open tickets shown")).ToBeVisibleAsync();
        await page.GetByLabel("Organisation").FillAsync("northwind traders");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Unassigned" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/desk\?show=unassigned&organisation=northwind%20traders&service=Mail%20delivery$"));
        await Expect(Cards(page)).ToContainTextAsync(["Mail is late"]);

        await page.ReloadAsync();
        await Expect(Cards(page)).ToContainTextAsync(["Mail is late"]);
        await Expect(page.GetByLabel("Service")).ToHaveValueAsync("Mail delivery");
        await scene.ActAsync(scene.Bob, mail, (ticket, _) => ticket.Take(scene.Bob.ToActor()));
        await Expect(page.GetByText("No open ticket fits these filters: 0 of 3 open tickets shown")).ToBeVisibleAsync();
        await scene.ReportAsync("Another");
        await Expect(page.GetByText("0 of 4 open tickets shown")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
        await Expect(Cards(page)).ToHaveCountAsync(4);
        await Expect(page.GetByLabel("Service")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_comes_to_be_due_appears_by_itself()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        await scene.ActAsync(scene.Bob, number, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.High, TicketDesk.Seal("Slow for all."), null, now)); // Due in six hours.
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await page.GetByLabel("Due").SelectOptionAsync("Due within 4 h");
        await Expect(page).ToHaveURLAsync(new Regex(@"/desk\?due=4h$"));
        await Expect(page.GetByText("0 of 1 open tickets shown")).ToBeVisibleAsync();

        scene.Clock.Advance(TimeSpan.FromHours(2));

        await Expect(Cards(page)).ToContainTextAsync(["Slow"]);
        await Expect(page.GetByText("1 of 1 open tickets shown")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("organisation=Nowhere")]
    [InlineData("organisation=99")]
    [InlineData("service=%3Cb%3E")]
    [InlineData("due=soon")]
    public async Task An_address_that_asks_for_what_there_is_not_shows_an_empty_board_in_words(string query)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk?{query}");

        await Expect(page.GetByText("No open ticket fits these filters: 0 of 1 open tickets shown")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Triage board" }).GetByText("Nothing here fits the filters.")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(Cards(page)).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_with_filters_open_and_set(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow", service: "Reporting");
        var page = await scene.OpenAsync(scene.Ada, "/desk?due=24h&service=Reporting", width, scheme);
        await Expect(page.GetByText("1 of 1 open tickets shown")).ToBeVisibleAsync();
        if (width < 700) await page.GetByRole(AriaRole.Button, new() { Name = "Filters 2 set" }).ClickAsync();
        await page.GetByLabel("Organisation").FocusAsync();
        await Expect(page.Locator("#open-organisations option")).ToHaveCountAsync(1);

        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
    }

    private static ILocator Cards(IPage page) => page.GetByRole(AriaRole.Article);
}
