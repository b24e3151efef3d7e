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
