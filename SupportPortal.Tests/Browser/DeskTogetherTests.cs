using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>Two agents at one ticket.</summary>
public sealed class DeskTogetherTests(Support.Browser browser)
{
    [Fact]
    public async Task Two_who_answer_one_request_see_each_other_and_the_second_is_warned()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var ada = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await Expect(ada.GetByLabel("Reply")).ToBeVisibleAsync();
        await Expect(Line(ada)).ToHaveTextAsync("");
        var place = await ada.GetByLabel("Reply").BoundingBoxAsync();

        var bob = await scene.OpenAsync(scene.Bob, $"/desk/tickets/{number}");
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is looking at this");
        await Expect(Line(bob)).ToContainTextAsync("Ada Agent is looking at this");
        await bob.GetByLabel("Internal note").PressSequentiallyAsync("Hm");
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is typing an internal note");
        await bob.GetByLabel("Reply").PressSequentiallyAsync("Bob was first.");
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is typing a reply");
        Assert.Equal(place!.Y, (await ada.GetByLabel("Reply").BoundingBoxAsync())!.Y);
        scene.Clock.Advance(Presence.TypingLasts);
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is looking at this");

        await ada.GetByLabel("Reply").FillAsync("I was about to say");
        await Expect(Line(bob)).ToContainTextAsync("Ada Agent is typing a reply");
        await Button(bob, "Send reply").ClickAsync();
        await Expect(ada.Locator(".message", new() { HasText = "Bob was first." })).ToBeVisibleAsync();
        await Button(ada, "Send reply").DblClickAsync(); // The second click must not decide for her.

        var warning = ada.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Bob Beside replied" });
        await Expect(warning).ToContainTextAsync("Bob was first.");
        await Expect(ada.GetByLabel("Reply")).ToHaveValueAsync("I was about to say");
        Assert.Equal(["Reported", "StaffReplied"], Facts(await scene.HistoryAsync(number)));

        await Button(ada, "Keep writing").ClickAsync();
        await Expect(warning).ToHaveCountAsync(0);
        await Expect(ada.GetByLabel("Reply")).ToBeFocusedAsync();
        await scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Reply(scene.Bob.ToActor(), TicketDesk.Seal("Bob again.")));
        await ada.Keyboard.PressAsync("Control+Enter");
        await Expect(warning).ToContainTextAsync("Bob again.");
        await Button(ada, "Send anyway").ClickAsync();
        await Expect(ada.Locator(".message", new() { HasText = "I was about to say" })).ToBeVisibleAsync();
        await Expect(ada.GetByLabel("Reply")).ToHaveValueAsync("");
        Assert.Equal(["Reported", "StaffReplied", "StaffReplied", "StaffReplied"], Facts(await scene.HistoryAsync(number)));

        var customer = await scene.OpenAsync(scene.Casey, $"/requests/{number}");
        await Expect(customer.GetByText("I was about to say")).ToBeVisibleAsync();
        await Expect(customer.GetByText("is looking")).ToHaveCountAsync(0);
        await bob.Context.CloseAsync();
        await Expect(Line(ada)).ToHaveTextAsync("");
    }

    [Fact]
    public async Task Whoever_resolves_is_told_of_an_answer_that_came_meanwhile_and_decides()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var ada = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await Button(ada, "Resolve").ClickAsync();
        var dialog = ada.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio).First.CheckAsync();
        await dialog.GetByLabel("Summary").FillAsync("It is fast again.");
        await scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Reply(scene.Bob.ToActor(), TicketDesk.Seal("Please send the log.")));
        await scene.ActAsync(scene.Casey, number, (ticket, _) => ticket.Reply(scene.Casey.ToActor(), TicketDesk.Seal("Here it is.")));
        await Expect(dialog.GetByText("The customer has written meanwhile")).ToBeVisibleAsync();
        await Button(dialog, "Resolve").ClickAsync();

        var warning = dialog.GetByRole(AriaRole.Alert);
        await Expect(warning).ToContainTextAsync("Bob Beside replied");
        await Expect(warning).ToContainTextAsync("It is not resolved yet.");
        Assert.True((await scene.HistoryAsync(number)).Ticket.Status.IsOpen);
        await Button(dialog, "Keep writing").ClickAsync();
        await Expect(warning).ToHaveCountAsync(0);
        await Expect(dialog.GetByLabel("Summary")).ToHaveValueAsync("It is fast again.");
        await scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Reply(scene.Bob.ToActor(), TicketDesk.Seal("I see it.")));
        await Button(dialog, "Resolve").ClickAsync();
        await Expect(warning).ToContainTextAsync("I see it.");
        await Button(dialog, "Resolve anyway").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.False((await scene.HistoryAsync(number)).Ticket.Status.IsOpen);
    }

    [Fact]
    public async Task A_connection_that_drops_takes_its_person_away_and_brings_them_back()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var ada = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        var bob = await scene.OpenAsync(scene.Bob, "/desk/queue");
        await bob.AddInitScriptAsync("""
            const Real = WebSocket;
            window.WebSocket = class extends Real { constructor(...how) { super(...how); window.line = this; } };
            """);
        await bob.GotoAsync($"/desk/tickets/{number}");
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is looking at this");

        await bob.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await bob.EvaluateAsync("window.line.close()");
        await Expect(Line(ada)).ToHaveTextAsync("");

        await bob.UnrouteAsync("**/_blazor/**");
        await Expect(Line(ada)).ToContainTextAsync("Bob Beside is looking at this");
    }

    [Fact]
    public async Task A_reply_begun_before_another_came_is_warned_after_a_reload_too_and_ones_own_is_not()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var ada = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await ada.GetByLabel("Reply").FillAsync("Half a");
        await ada.GetByLabel("Internal note").FocusAsync();
        await Expect(ada.Locator("textarea[data-seen='1']")).ToHaveCountAsync(1);
        await scene.ActAsync(scene.Ada, number, (ticket, _) => ticket.Reply(scene.Ada.ToActor(), TicketDesk.Seal("From another tab.")));
        await scene.ActAsync(scene.Casey, number, (ticket, _) => ticket.Reply(scene.Casey.ToActor(), TicketDesk.Seal("Still slow.")));
        await Expect(ada.GetByText("The customer wrote meanwhile.")).ToBeVisibleAsync();
        await Button(ada, "Send reply").ClickAsync();
        await Expect(ada.Locator(".message", new() { HasText = "Half a" })).ToBeVisibleAsync();
        await Expect(ada.GetByText("The customer wrote meanwhile.")).ToHaveCountAsync(0);

        await ada.GetByLabel("Reply").FillAsync("Another half");
        await ada.GetByLabel("Internal note").FocusAsync();
        await Expect(ada.Locator("textarea[data-seen='4']")).ToHaveCountAsync(1);
        await scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Reply(scene.Bob.ToActor(), TicketDesk.Seal("Bob was first.")));
        await Expect(ada.GetByText("Bob was first.")).ToBeVisibleAsync();
        await ada.ReloadAsync();
        await Expect(ada.GetByLabel("Reply")).ToHaveValueAsync("Another half");
        await Button(ada, "Send reply").ClickAsync();
        await Expect(ada.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Bob Beside replied" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Typing_is_said_once_in_a_while_and_not_with_every_key()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await page.EvaluateAsync("document.addEventListener('typing', () => window.said = (window.said ?? 0) + 1)");
        await page.GetByLabel("Reply").PressSequentiallyAsync("The printer is on fire, and nobody dares to open it.");
        Assert.InRange(await page.EvaluateAsync<int>("window.said"), 1, 10);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Axe_finds_nothing_when_somebody_is_there_and_has_answered_first(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var bob = await scene.OpenAsync(scene.Bob, $"/desk/tickets/{number}");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}", width, scheme);
        await page.GetByLabel("Reply").FillAsync("I was about to say");
        await Expect(page.Locator("textarea[data-seen='1']")).ToHaveCountAsync(1);
        await scene.ActAsync(scene.Bob, number, (ticket, _) => ticket.Reply(scene.Bob.ToActor(), TicketDesk.Seal("Bob was first.")));
        await scene.ActAsync(scene.Casey, number, (ticket, _) => ticket.Reply(scene.Casey.ToActor(), TicketDesk.Seal("Still slow.")));
        await bob.GetByLabel("Reply").PressSequentiallyAsync("And");
        await Button(page, "Send reply").ClickAsync();
        await Expect(page.GetByText("The customer wrote meanwhile.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Bob Beside replied" })).ToBeVisibleAsync();
        await Expect(Line(page)).ToContainTextAsync("Bob Beside is typing a reply");
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static ILocator Line(IPage page) => page.Locator(".onlookers");

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static IEnumerable<string> Facts(TicketHistory history) => history.Happened.Select(e => e.Fact.GetType().Name);
}
