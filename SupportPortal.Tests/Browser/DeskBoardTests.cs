using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskBoardTests(Support.Browser browser)
{
    [Fact]
    public async Task A_customers_request_appears_without_a_reload_with_what_it_is_owed()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Triage board" })).ToContainTextAsync("Every request has been assessed.");

        var number = await scene.ReportAsync("Nobody can sign in", Impact.ProductionStopped);

        var card = Lane(page, "Triage").GetByRole(AriaRole.Article, new() { Name = $"{number}" });
        await Expect(card).ToContainTextAsync("Nobody can sign in");
        await Expect(card).ToContainTextAsync("Northwind Traders · Casey Customer");
        await Expect(card).ToContainTextAsync("Claims Critical");
        await Expect(card.Locator("sla-countdown")).ToHaveAttributeAsync("due", "2030-01-08T09:00:00Z");
    }

    [Fact]
    public async Task A_card_is_dragged_to_Severity_1_with_a_reason_and_its_effect_shown_before()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Nobody can sign in");
        scene.Clock.Advance(TimeSpan.FromMinutes(20));
        var (page, other) = (await scene.OpenAsync(scene.Ada, "/desk"), await scene.OpenAsync(scene.Bob, "/desk"));

        await Card(page, number).DragToAsync(Lane(page, "Severity 1 – Critical"));

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change severity" });
        await Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = "Severity 1 – Critical" })).ToBeCheckedAsync();
        await Expect(dialog).ToContainTextAsync("First response: due Tue 8 Jan, 10:00 → 11:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Give the reason");
        await dialog.GetByLabel("Reason").FillAsync("Nobody at Northwind can sign in.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();

        await Expect(Lane(other, "Severity 1 – Critical").GetByRole(AriaRole.Article)).ToContainTextAsync($"{number}");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Card(page, number)).ToBeFocusedAsync();
        var ticket = (await scene.HistoryAsync(number)).Ticket;
        Assert.Equal((Severity.Critical, true), (ticket.Severity, ticket.IsAssessed));
    }

    [Fact]
    public async Task Keys_go_from_card_to_card_and_confirm_Severity_3_without_a_reason()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        await scene.ReportAsync("First");
        var second = await scene.ReportAsync("Second");
        var page = await scene.OpenAsync(scene.Ada, "/desk");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync(); // Blazor leads the focus there once the page is drawn.
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Article).First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Card(page, second)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("3");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change severity" });
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Card(page, second)).ToBeFocusedAsync();

        await Card(page, second).GetByRole(AriaRole.Button, new() { Name = $"Move {second}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();

        await Expect(Lane(page, "Severity 3 – Normal").GetByRole(AriaRole.Article)).ToContainTextAsync("Second");
        Assert.IsType<SeverityConfirmed>((await scene.HistoryAsync(second)).Events[^1].Event.Fact);

        await Expect(Card(page, second)).ToBeFocusedAsync(); // The card may come before the dialog goes.
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/desk/tickets/{second}$"));
    }

    [Fact]
    public async Task Whoever_was_overtaken_is_told_and_keeps_what_they_typed()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Card(page, number).FocusAsync();
        await page.Keyboard.PressAsync("2");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change severity" });
        await dialog.GetByLabel("Reason").FillAsync("Slow for all.");

        await scene.ActAsync(scene.Bob, number, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.Critical, TicketDesk.Seal("Down."), null, now));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed this ticket meanwhile. It is now New, Severity 1 – Critical.");
        await Expect(dialog.GetByLabel("Reason")).ToHaveValueAsync("Slow for all.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();
        await Expect(Lane(page, "Severity 2 – High").GetByRole(AriaRole.Article)).ToContainTextAsync("Slow");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Nobody can sign in", Impact.DataLoss);
        await scene.ReportAsync("Slow", Impact.MajorFeatureDegraded);
        await scene.ActAsync(scene.Ada, number, (ticket, now) => ticket.Grade(scene.Ada.ToActor(), Severity.High, TicketDesk.Seal("Bad."), null, now));
        var page = await scene.OpenAsync(scene.Ada, "/desk", width, scheme);
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
        Assert.Equal([], Names(await page.RunAxe()));

        await Card(page, number).FocusAsync();
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal([], Names(await page.RunAxe()));
    }

    private static IEnumerable<string> Names(Deque.AxeCore.Commons.AxeResult found) =>
        found.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}");

    private static ILocator Lane(IPage page, string title) => page.GetByRole(AriaRole.List, new() { Name = title, Exact = true });

    private static ILocator Card(IPage page, TicketNumber number) => page.GetByRole(AriaRole.Article, new() { Name = $"{number}" });
}
