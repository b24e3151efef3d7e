using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskQueueTests(Support.Browser browser)
{
    [Fact]
    public async Task The_address_keeps_what_was_chosen_and_rows_come_and_go_live()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var slow = await scene.ReportAsync("Slow");
        await scene.ReportAsync("A question");
        await scene.ActAsync(scene.Bob, slow, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.High, TicketDesk.Seal("Slow for all."), null, now));
        var page = await scene.OpenAsync(scene.Ada, "/desk/queue");
        await Expect(Rows(page)).ToHaveCountAsync(2);

        await page.GetByLabel("Severity").SelectOptionAsync("Severity 2 – High");
        await Expect(page).ToHaveURLAsync(new Regex("[?&]severity=2"));
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Expect(Rows(page)).ToContainTextAsync(["Slow"]);

        await scene.ActAsync(scene.Bob, slow, (ticket, _) => ticket.Take(scene.Bob.ToActor()));
        await Expect(Rows(page)).ToContainTextAsync(["Bob Beside"]);
        await scene.ActAsync(scene.Bob, slow, (ticket, _) => ticket.Resolve(scene.Bob.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Done.")));
        await Expect(page.GetByText("No ticket fits")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_view_is_saved_by_name_gone_back_to_and_deleted()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, "/desk/queue");
        var views = page.GetByRole(AriaRole.Navigation, new() { Name = "Views" });
        await Expect(views.GetByRole(AriaRole.Link)).ToHaveTextAsync(["All open", "Mine", "Unassigned"]);
        await Expect(views.GetByRole(AriaRole.Link, new() { Name = "All open" })).ToHaveAttributeAsync("aria-current", "page");

        await page.GetByLabel("Severity").SelectOptionAsync("Severity 1 – Critical");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(page.GetByLabel("Name of the view")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Give the view a name.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the view").FillAsync("All open");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Everybody has a view of this name.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the view").FillAsync("Outages");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Delete view" })).ToBeFocusedAsync();
        await Expect(views.GetByRole(AriaRole.Link, new() { Name = "Outages" })).ToHaveAttributeAsync("aria-current", "page");

        await views.GetByRole(AriaRole.Link, new() { Name = "All open" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await views.GetByRole(AriaRole.Link, new() { Name = "Outages" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("[?&]severity=1$"));
        await Expect(page.GetByLabel("Severity")).ToHaveValueAsync("1");
        await Expect(page.GetByText("No ticket fits")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete view" }).ClickAsync();
        await Expect(views.GetByRole(AriaRole.Link)).ToHaveTextAsync(["All open", "Mine", "Unassigned"]);
    }

    [Fact]
    public async Task Counts_in_the_navigation_stay_true_from_page_to_page()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Ada, "/desk/queue");
        var board = page.GetByRole(AriaRole.Link, new() { Name = "Desk" });
        await Expect(page.GetByText("No ticket fits")).ToBeVisibleAsync();

        await scene.ReportAsync("First");
        await Expect(board).ToHaveAccessibleNameAsync("Desk 1 not yet assessed");
        await board.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Expect(board).ToHaveAccessibleNameAsync("Desk 1 not yet assessed");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, "/desk/queue", width, scheme);
        await Expect(page.GetByText("Slow")).ToBeVisibleAsync();
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
    }

    private static ILocator Rows(IPage page) => page.Locator("tbody tr");
}
