using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskLanesTests(Support.Browser browser)
{
    private const int Many = 400;

    [Fact]
    public async Task Far_down_a_lane_its_cards_are_there_and_changes_above_do_not_move_what_is_read()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var numbers = await ReportManyAsync(scene);
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(Card(page, numbers[0])).ToBeVisibleAsync();
        Assert.InRange(await page.GetByRole(AriaRole.Article).CountAsync(), 7, 60);

        await Triage(page).EvaluateAsync("list => list.scrollTop = 200.5 * list.querySelector('li').getBoundingClientRect().height");
        var read = Card(page, numbers[203]);
        await Expect(read).ToBeInViewportAsync();
        await Expect(Row(read)).ToHaveAttributeAsync("aria-posinset", "204");
        await Expect(Row(read)).ToHaveAttributeAsync("aria-setsize", "400");
        Assert.InRange(await page.GetByRole(AriaRole.Article).CountAsync(), 7, 60);
        var before = (await read.BoundingBoxAsync())!;

        await ResolveAsync(scene, numbers[3]);
        await ResolveAsync(scene, numbers[195]); // Above what is on screen, and drawn.
        await scene.ReportAsync("Nobody can sign in", Impact.ProductionStopped); // The gravest claim: the lane's first.

        await Expect(Row(read)).ToHaveAttributeAsync("aria-posinset", "203");
        await Expect(Row(read)).ToHaveAttributeAsync("aria-setsize", "399");
        Assert.Equal(before.Y, (await read.BoundingBoxAsync())!.Y, 1f);
    }

    [Fact]
    public async Task Keys_lead_to_cards_that_are_not_drawn_yet()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var numbers = await ReportManyAsync(scene);
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Card(page, numbers[0]).FocusAsync();

        for (var i = 0; i < 45; i++) await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Card(page, numbers[45])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(Card(page, numbers[^1])).ToBeFocusedAsync();
        await Expect(Card(page, numbers[^1])).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(Card(page, numbers[^2])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("PageUp");
        await Expect(Card(page, numbers[^2])).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("PageDown");
        await Expect(Card(page, numbers[^2])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(Card(page, numbers[0])).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_focus_stays_in_its_lane_when_its_card_goes_or_is_scrolled_away()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var numbers = await ReportManyAsync(scene);
        var page = await scene.OpenAsync(scene.Ada, "/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Card(page, numbers[1]).FocusAsync();

        await ResolveAsync(scene, numbers[1]);
        await Expect(Card(page, numbers[2])).ToBeFocusedAsync(); // It stands where the other one stood.

        await Triage(page).EvaluateAsync("list => list.scrollTop = list.scrollHeight");
        await Expect(Card(page, numbers[2])).ToHaveCountAsync(0);
        await Expect(Triage(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("article:focus")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(1440, 16)]
    [InlineData(1440, 32)]
    [InlineData(1100, 16)]
    [InlineData(390, 16)]
    [InlineData(390, 24)]
    public async Task Every_card_has_the_same_height_and_nothing_in_it_is_cut_off(int width, int text)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        const string wordy = "Nobody in the whole company can sign in to anything at all since this morning, and it is getting worse every minute";
        await scene.ReportAsync(wordy, Impact.ProductionStopped);
        var waiting = await scene.ReportAsync(wordy, Impact.MajorFeatureDegraded);
        await scene.ActAsync(scene.Bob, waiting, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.High, TicketDesk.Seal("Slow."), null, now));
        await scene.ActAsync(scene.Bob, waiting, (ticket, _) => ticket.Wait(scene.Bob.ToActor()));
        scene.Clock.Advance(TimeSpan.FromDays(12));
        var page = await scene.OpenAsync(scene.Ada, "/desk", width);
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);

        await page.EvaluateAsync($"document.documentElement.style.fontSize = '{text}px'");
        // Not WaitForFunctionAsync: its second look is an eval in the page, which the content security policy refuses.
        await page.EvaluateAsync("""
            () => new Promise(fits => {
                const look = () => document.querySelector("card-probe").getBoundingClientRect().height <= parseFloat(document.querySelector("triage-board").style.getPropertyValue("--card")) ? fits() : requestAnimationFrame(look);
                look();
            })
            """).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Single((await page.EvaluateAsync<int[]>("[...document.querySelectorAll('article')].map(card => card.offsetHeight)")).Distinct());
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("article")].flatMap(card => {
                const edge = card.getBoundingClientRect();
                return [...card.querySelectorAll(".ticket-number, .ticket-claim, .ticket-subject, .ticket-from, .chip, .ticket-due, sla-countdown")]
                    .filter(part => { const its = part.getBoundingClientRect(); return its.bottom > edge.bottom - 4 || its.right > edge.right - 4; })
                    .map(part => `${card.id} ${part.className || part.localName}`);
            })
            """));
    }

    private static async Task<List<TicketNumber>> ReportManyAsync(DeskScene scene)
    {
        var numbers = new List<TicketNumber>();
        for (var i = 1; i <= Many; i++) numbers.Add(await scene.ReportAsync($"Request {i}"));
        return numbers;
    }

    private static Task<TicketHistory> ResolveAsync(DeskScene scene, TicketNumber number) =>
        scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Resolve(scene.Bob.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("Done.")));

    private static ILocator Triage(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Triage", Exact = true });

    private static ILocator Card(IPage page, TicketNumber number) => page.GetByRole(AriaRole.Article, new() { Name = $"{number} " });

    private static ILocator Row(ILocator card) => card.Locator("xpath=..");
}
