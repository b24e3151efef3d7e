using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class DeskWorkbenchTests(Support.Browser browser)
{
    [Fact]
    public async Task A_critical_request_is_answered_and_taken_and_its_clocks_say_so()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Nobody can sign in");
        scene.Clock.Advance(TimeSpan.FromMinutes(20));
        await scene.ActAsync(scene.Bob, number, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.Critical, TicketDesk.Seal("Down."), null, now));
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{number} Nobody can sign in");
        await Expect(Clocks(page)).ToContainTextAsync("First response");

        await page.GetByLabel("Reply").FillAsync("We are **on it**.");
        await Button(page, "Send reply").ClickAsync();
        await Expect(page.Locator(".timeline strong", new() { HasText = "on it" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("");
        await Expect(Clocks(page).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Running");

        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        await Button(page, "Take").ClickAsync();
        var update = Clocks(page).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Next update" });
        await Expect(update).ToContainTextAsync("11:00");
        await Expect(Clocks(page).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "First response" })).ToContainTextAsync("Met");
        await Expect(page.GetByText("Assigned to Ada Agent")).ToBeVisibleAsync();

        await update.GetByText("Why this time?").ClickAsync();
        await Expect(update).ToContainTextAsync("Severity 1 – Critical: 30 min, round the clock, counted from 10:30.");

        scene.Clock.Advance(TimeSpan.FromMinutes(31));
        await Expect(update).ToContainTextAsync("Breached, still running");
    }

    [Fact]
    public async Task A_double_click_sends_one_reply_and_the_keyboard_sends_too()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");

        await page.GetByLabel("Reply").FillAsync("Once.");
        await Button(page, "Send reply").DblClickAsync();
        await Expect(page.Locator(".message", new() { HasText = "Once." })).ToHaveCountAsync(1);
        await Expect(page.Locator(".composer .error").First).ToBeEmptyAsync();

        await page.GetByLabel("Internal note").FillAsync("For us.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".message-internal", new() { HasText = "For us." })).ToHaveCountAsync(1);
        Assert.Equal(["Reported", "StaffReplied", "NoteAdded"], (await scene.HistoryAsync(number)).Happened.Select(e => e.Fact.GetType().Name));

        await Button(page, "Send reply").ClickAsync();
        await Expect(page.GetByText("Once.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Files_go_with_a_reply_to_the_customer_and_with_a_note_to_staff_only()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        var (reply, note) = (page.Locator(".composer").First, page.Locator(".composer-internal"));
        await reply.GetByLabel("Attachments").SetInputFilesAsync(File("patch.txt", "patch"));
        await Expect(reply.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToContainTextAsync("patch.txt");
        await page.ReloadAsync();
        await Expect(reply.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToContainTextAsync("patch.txt");

        await page.GetByLabel("Reply").FillAsync("Here is the patch.");
        await Button(page, "Send reply").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "patch.txt" })).ToBeVisibleAsync();
        await Expect(reply.Locator(".files")).ToHaveCountAsync(0);
        await note.GetByLabel("Attachments").SetInputFilesAsync(File("trace.txt", "trace"));
        await Expect(note.GetByRole(AriaRole.List, new() { Name = "Files for staff only" })).ToContainTextAsync("trace.txt");
        await page.GetByLabel("Internal note").FillAsync("The trace.");
        await Button(page, "Add note").ClickAsync();
        await Expect(page.GetByText("attached for staff only")).ToBeVisibleAsync();

        var customer = await scene.OpenAsync(scene.Casey, $"/requests/{number}");
        await Expect(customer.GetByRole(AriaRole.Link, new() { Name = "patch.txt" })).ToBeVisibleAsync();
        await Expect(customer.GetByText("trace.txt")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reply_waits_for_its_file_and_goes_once_it_is_here()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        var arrive = new TaskCompletionSource();
        await page.RouteAsync("**/attachments?*", async route =>
        {
            await arrive.Task;
            await route.ContinueAsync();
        });
        await page.Locator(".composer").First.GetByLabel("Attachments").SetInputFilesAsync(File("patch.txt", "patch"));
        await page.GetByLabel("Reply").FillAsync("Here is the patch.");
        await Button(page, "Send reply").ClickAsync();
        await Expect(page.GetByText("It is sent as soon as the files are here.")).ToBeVisibleAsync();
        Assert.Single((await scene.HistoryAsync(number)).Happened);

        arrive.SetResult();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "patch.txt" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("");
        Assert.Equal(["Reported", "StaffReplied", "AttachmentAdded"], (await scene.HistoryAsync(number)).Happened.Select(e => e.Fact.GetType().Name));
    }

    [Fact]
    public async Task A_file_that_another_window_removed_is_not_sent_and_the_reply_stays()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await page.Locator(".composer").First.GetByLabel("Attachments").SetInputFilesAsync(File("patch.txt", "patch"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove patch.txt" })).ToBeVisibleAsync();
        var other = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await other.GetByRole(AriaRole.Button, new() { Name = "Remove patch.txt" }).ClickAsync();
        await Expect(other.GetByText("patch.txt")).ToHaveCountAsync(0);

        await page.GetByLabel("Reply").FillAsync("Here is the patch.");
        await Button(page, "Send reply").ClickAsync();
        await Expect(page.GetByText("A file was removed or sent from another window.")).ToBeVisibleAsync();
        await Expect(page.GetByText("patch.txt")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("Here is the patch.");
        Assert.Single((await scene.HistoryAsync(number)).Happened);
    }

    [Fact]
    public async Task What_is_typed_while_a_reply_goes_out_stays_in_the_box()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");
        await page.GetByLabel("Reply").FillAsync("On it.");
        await page.GetByLabel("Reply").EvaluateAsync("""
            box => {
                box.blur(); // As when the button is clicked: the browser says that the text changed, and then submits.
                box.form.requestSubmit();
                box.value += " And more.";
                box.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }
            """);

        await Expect(page.Locator(".message", new() { HasText = "On it." })).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("On it. And more.");
        Assert.Equal(["Reported", "StaffReplied"], (await scene.HistoryAsync(number)).Happened.Select(e => e.Fact.GetType().Name));
    }

    [Fact]
    public async Task Two_agents_on_one_ticket_see_each_other_at_once_and_lose_nothing_typed()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var (ada, bob) = (await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}"), await scene.OpenAsync(scene.Bob, $"/desk/tickets/{number}"));
        await ada.GetByLabel("Reply").FillAsync("I was about to say");

        await bob.GetByLabel("Reply").FillAsync("Bob was first.");
        await Button(bob, "Send reply").ClickAsync();
        await Button(bob, "Take").ClickAsync();

        await Expect(ada.Locator(".message", new() { HasText = "Bob was first." })).ToBeVisibleAsync();
        await Expect(ada.GetByText("Assigned to Bob Beside")).ToBeVisibleAsync();
        await Expect(ada.GetByLabel("Reply")).ToHaveValueAsync("I was about to say");

        await ada.GetByLabel("Internal note").FocusAsync();
        await ada.ReloadAsync();
        await Expect(ada.GetByLabel("Reply")).ToHaveValueAsync("I was about to say");
    }

    [Fact]
    public async Task Acts_with_a_dialog_ask_for_what_they_need()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Import stops");
        await scene.ActAsync(scene.Bob, number, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.High, TicketDesk.Seal("Bad."), null, now));
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");

        await Button(page, "Record workaround").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Button(dialog, "Record workaround").ClickAsync();
        await Expect(dialog).ToContainTextAsync("Describe the workaround.");
        await dialog.GetByLabel("Workaround").FillAsync("Import by hand.");
        await Button(dialog, "Record workaround").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Clocks(page).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Emergency patch" })).ToContainTextAsync("No longer owed");

        await Button(page, "Record patch").ClickAsync();
        await dialog.GetByLabel("Patch").FillAsync("Hotfix.");
        await dialog.GetByLabel("Reference").FillAsync("4.2.1");
        await Button(dialog, "Record patch").ClickAsync();
        await Expect(page.GetByText("provided the emergency patch 4.2.1")).ToBeVisibleAsync();

        await Button(page, "Waiting on customer").ClickAsync();
        await Expect(page.Locator(".workbench-head .status")).ToHaveTextAsync("Waiting on customer");

        await Button(page, "Resolve").ClickAsync();
        await Button(dialog, "Resolve").ClickAsync();
        await Expect(dialog).ToContainTextAsync("Choose how it is resolved.");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Mutually agreed solution" }).CheckAsync();
        await dialog.GetByLabel("Summary").FillAsync("With the next release.");
        await Button(dialog, "Resolve").ClickAsync();
        await Expect(page.Locator(".workbench-head .status")).ToHaveTextAsync("Resolution proposed");
    }

    [Fact]
    public async Task A_ticket_is_assigned_by_choosing_a_name_and_regraded_from_its_page()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow");
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}");

        await page.GetByLabel("Assignee").SelectOptionAsync("Bob Beside");
        await Expect(page.GetByText("Assigned to Bob Beside")).ToBeVisibleAsync();

        await Button(page, "Change severity").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change severity" });
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Severity 2 – High" }).CheckAsync();
        await Expect(dialog).ToContainTextAsync("Emergency patch: becomes owed");
        await dialog.GetByLabel("Reason").FillAsync("Slow for all.");
        await Button(dialog, "Change severity").ClickAsync();
        await Expect(page.Locator(".workbench-head .severity")).ToHaveTextAsync("Severity 2 – High");
    }

    [Fact]
    public async Task A_number_that_nobody_has_leads_to_the_page_that_says_so()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Ada, "/desk/tickets/SUP-99999");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Page not found" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var number = await scene.ReportAsync("Slow", Impact.MajorFeatureDegraded);
        await scene.ActAsync(scene.Bob, number, (ticket, now) => ticket.Grade(scene.Bob.ToActor(), Severity.High, TicketDesk.Seal("Bad."), null, now));
        await scene.ActAsync(scene.Bob, number, (_, _) => Ticket.AddNote(scene.Bob.ToActor(), TicketDesk.Seal("`x` for us")));
        await scene.ActAsync(scene.Casey, number, (ticket, _) => ticket.RequestStatus(scene.Casey.ToActor()));
        var page = await scene.OpenAsync(scene.Ada, $"/desk/tickets/{number}", width, scheme);
        await Clocks(page).GetByText("Why this time?").First.ClickAsync();
        Assert.Equal([], Found(await page.RunAxe()));

        await Button(page, "Resolve").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal([], Found(await page.RunAxe()));
    }

    private static IEnumerable<string> Found(Deque.AxeCore.Commons.AxeResult axe) =>
        axe.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}");

    private static ILocator Clocks(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Clocks" });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static FilePayload File(string name, string content) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(content) };
}
