using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>The main job in one piece: two browsers, one request, from the form to the end, without a reload on either side.</summary>
public sealed class MainJobTests(Support.Browser browser)
{
    [Fact]
    public async Task A_request_is_submitted_triaged_counted_down_answered_resolved_reopened_and_accepted_live()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var board = await scene.OpenAsync(scene.Ada, "/desk");
        var customer = await scene.OpenAsync(scene.Casey, "/requests/new");

        // The customer submits; the card arrives on the open board.
        await customer.GetByLabel("Subject").FillAsync("Checkout is down");
        await customer.GetByLabel("Description").FillAsync("Nobody can pay since nine.");
        await customer.GetByRole(AriaRole.Radiogroup, new() { Name = "Impact" }).GetByRole(AriaRole.Radio, new() { Name = "Production stopped" }).CheckAsync();
        await customer.GetByRole(AriaRole.Radiogroup, new() { Name = "Workaround" }).GetByRole(AriaRole.Radio, new() { Name = "None" }).CheckAsync();
        await Button(customer, "Submit request").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Checkout is down");
        await Expect(customer.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("First response due in (24 h 0|23 h 59) min"));
        var card = Lane(board, "Triage").GetByRole(AriaRole.Article, new() { Name = "SUP-10001" });
        await Expect(card).ToContainTextAsync("Claims Critical");

        // The agent drags it to Severity 1; the customer's countdown follows.
        await card.DragToAsync(Lane(board, "Severity 1 – Critical"));
        var dialog = board.GetByRole(AriaRole.Dialog, new() { Name = "Change severity" });
        await dialog.GetByLabel("Reason").FillAsync("All customers are hit.");
        await Button(dialog, "Change severity").ClickAsync();
        await Expect(customer.GetByText("Severity 1 – Critical").First).ToBeVisibleAsync();
        await Expect(customer.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("First response due in (1 h 0|59) min"));

        // The agent opens it, replies and takes it: the first response is met, the next update is owed.
        await Lane(board, "Severity 1 – Critical").GetByRole(AriaRole.Article, new() { Name = "SUP-10001" }).FocusAsync();
        await board.Keyboard.PressAsync("Enter");
        await board.GetByLabel("Reply", new() { Exact = true }).FillAsync("We are rolling back the release.");
        await Button(board, "Send reply").ClickAsync();
        await Expect(customer.GetByText("We are rolling back the release.")).ToBeVisibleAsync();
        await Button(board, "Take").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("Next update due in (30|29) min"));
        await Expect(customer.GetByText("In progress").First).ToBeVisibleAsync();

        // A note stays inside; a question from the customer reaches the open workbench.
        await board.GetByLabel("Internal note").FillAsync("Blame the cache.");
        await Button(board, "Add note").ClickAsync();
        await Expect(board.GetByText("Blame the cache.")).ToBeVisibleAsync();
        await customer.GetByLabel("Reply", new() { Exact = true }).FillAsync("Is there a way around it?");
        await Button(customer, "Send reply").ClickAsync();
        await Expect(board.GetByText("Is there a way around it?")).ToBeVisibleAsync();
        await Expect(customer.GetByText("Blame the cache.")).ToHaveCountAsync(0);

        // Resolved, rejected, resolved again, accepted, reopened.
        await ResolveAsync(board, "Rolled back.");
        await Button(customer, "Reject resolution").ClickAsync();
        await Expect(board.GetByText("New", new() { Exact = true }).First).ToBeVisibleAsync();
        await ResolveAsync(board, "Rolled back for good.");
        await Button(customer, "Accept resolution").ClickAsync();
        await Expect(board.GetByText("Closed", new() { Exact = true }).First).ToBeVisibleAsync();
        await customer.GetByLabel("Reason").FillAsync("It is down again.");
        await Button(customer, "Reopen").ClickAsync();
        await Expect(board.GetByText("It is down again.")).ToBeVisibleAsync();

        var ticket = (await scene.HistoryAsync(new TicketNumber(10001))).Ticket;
        Assert.Equal((TicketStatus.New, Severity.Critical, scene.Ada.Id), (ticket.Status, ticket.Severity, ticket.AssigneeId));
    }

    [Fact]
    public async Task A_countdown_turns_overdue_in_every_open_page_when_time_passes()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Checkout is down");
        var customer = await scene.OpenAsync(scene.Casey, "/requests");
        await customer.Clock.InstallAsync(new() { TimeDate = scene.Clock.GetUtcNow().UtcDateTime });
        await customer.GotoAsync($"/requests/{number}");
        await Expect(customer.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("First response due in (24 h 0|23 h 59) min"));

        scene.Clock.Advance(TimeSpan.FromHours(25));
        await customer.Clock.FastForwardAsync("25:00:00");

        await Expect(customer.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("First response overdue by (1 h 0|59|60) min"));
    }

    private static async Task ResolveAsync(IPage workbench, string summary)
    {
        await Button(workbench, "Resolve").ClickAsync();
        var dialog = workbench.GetByRole(AriaRole.Dialog, new() { Name = "Resolve" });
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Fix" }).CheckAsync();
        await dialog.GetByLabel("Summary").FillAsync(summary);
        await Button(dialog, "Resolve").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static ILocator Lane(IPage page, string name) => page.GetByRole(AriaRole.List, new() { Name = name, Exact = true });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator inside, string name) => inside.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
