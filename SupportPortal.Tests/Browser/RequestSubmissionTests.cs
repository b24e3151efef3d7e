using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed partial class RequestSubmissionTests(Support.Browser browser)
{
    [Fact]
    public async Task A_draft_survives_a_closed_tab_and_is_submitted_with_its_file()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests/new");
        await Expect(Submit(page)).ToBeEnabledAsync();
        await page.GetByLabel("Subject").FillAsync("Payments fail");
        await page.GetByLabel("Description").FillAsync("Every payment answers **502**.");
        await Radio(page, "Production stopped").CheckAsync();
        await page.GetByRole(AriaRole.Radiogroup, new() { Name = "Workaround" }).GetByRole(AriaRole.Radio, new() { Name = "None" }).CheckAsync();
        await Expect(page.GetByText("Severity 1 – Critical")).ToBeVisibleAsync();
        await Expect(page.GetByText("is what this amounts to: first response within 1 h. Support will assess it.")).ToBeVisibleAsync();
        await page.GetByLabel("Attachments").SetInputFilesAsync([File("log.txt", "hello"), File("cat.png", "MZ\0")]);
        await Expect(page.GetByText("“cat.png” is not a PNG image: inside it is a Windows program.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Files to send" })).ToContainTextAsync("log.txt");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        var reopened = await page.Context.NewPageAsync();
        await page.CloseAsync();
        await reopened.GotoAsync("/requests/new");

        await Expect(reopened.GetByText("Draft restored")).ToBeVisibleAsync();
        await Expect(reopened.GetByLabel("Subject")).ToHaveValueAsync("Payments fail");
        await Expect(reopened.GetByLabel("Description")).ToHaveValueAsync("Every payment answers **502**.");
        await Expect(Radio(reopened, "Production stopped")).ToBeCheckedAsync();
        await Submit(reopened).ClickAsync();
        await Expect(reopened.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Payments fail");
        await Expect(reopened.GetByRole(AriaRole.Link, new() { Name = "log.txt" })).ToBeVisibleAsync();
        await Expect(reopened.Locator("strong", new() { HasText = "502" })).ToBeVisibleAsync();

        var ticket = (await scene.HistoryAsync(new TicketNumber(10001))).Ticket;
        Assert.Equal((Severity.Critical, Severity.Normal, 1), (ticket.Report.Claimed, ticket.Severity, ticket.Attachments));
        await reopened.GotoAsync("/requests/new");
        await Expect(Submit(reopened)).ToBeEnabledAsync();
        await Expect(reopened.GetByLabel("Subject")).ToHaveValueAsync("");
        await Expect(reopened.GetByText("Draft restored")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_typed_before_the_page_was_live_is_kept()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await page.GetByLabel("Subject").FillAsync("Typed early");
            await route.ContinueAsync();
        });
        await page.GotoAsync("/requests/new");
        await Expect(Submit(page)).ToBeEnabledAsync();
        await Expect(page.GetByLabel("Subject")).ToHaveValueAsync("Typed early");
        await page.GetByLabel("Description").FillAsync("Quick fingers.");
        await Submit(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Typed early");
    }

    [Fact]
    public async Task What_was_typed_before_the_page_was_live_is_sent_by_whoever_submits_the_moment_it_is()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await page.GetByLabel("Subject").FillAsync("Typed early");
            await page.GetByLabel("Description").FillAsync("Quick fingers.");
            await page.GetByRole(AriaRole.Radio, new() { Name = "Production stopped" }).CheckAsync();
            // As a click that is handled before any timer: on a busy machine it is.
            await page.EvaluateAsync("""
                () => new MutationObserver((_, observer) => {
                    const submit = document.querySelector("form.form button[type=submit]");
                    if (!submit || submit.disabled) return;
                    observer.disconnect();
                    submit.click();
                }).observe(document.body, { subtree: true, childList: true, attributes: true })
                """);
            await route.ContinueAsync();
        });
        await page.GotoAsync("/requests/new");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Typed early");
        Assert.Equal(Impact.ProductionStopped, (await scene.HistoryAsync(new TicketNumber(10001))).Ticket.Report.Impact);
    }

    [Fact]
    public async Task What_a_dead_circuit_never_heard_is_offered_back()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        var cut = await CuttableAsync(page);
        await page.GotoAsync("/requests/new");
        await page.GetByLabel("Subject").FillAsync("Before");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        await cut(true);
        await page.EvaluateAsync("document.getElementById('components-reconnect-modal').close()");
        await page.GetByLabel("Description").FillAsync("Typed into the void.");
        await cut(false);
        await page.ReloadAsync();

        await Expect(page.GetByText("This browser has text that had not reached the portal.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Subject")).ToHaveValueAsync("Before");
        await Expect(Submit(page)).ToBeEnabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Typed into the void.");
        await Submit(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Before");
        Assert.Equal("Typed into the void.", (await scene.HistoryAsync(new TicketNumber(10001))).Ticket.Report.Description.Text);
    }

    [Fact]
    public async Task What_was_typed_while_the_connection_was_lost_is_sent_after_it_returns()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests");
        var cut = await CuttableAsync(page);
        await page.GotoAsync("/requests/new");
        await page.GetByLabel("Subject").FillAsync("Flaky line");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        await cut(true);
        await page.EvaluateAsync("document.getElementById('components-reconnect-modal').close()");
        await page.GetByLabel("Description").FillAsync("Typed meanwhile.");
        await page.GetByLabel("Subject").FocusAsync();
        await cut(false);
        await page.EvaluateAsync("Blazor.reconnect()");

        await Submit(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Flaky line");
        Assert.Equal("Typed meanwhile.", (await scene.HistoryAsync(new TicketNumber(10001))).Ticket.Report.Description.Text);
    }

    [Fact]
    public async Task A_double_click_makes_one_request()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests/new");
        await Expect(Submit(page)).ToBeEnabledAsync();
        await page.GetByLabel("Subject").FillAsync("Once");
        await page.GetByLabel("Description").FillAsync("Only once.");
        await Submit(page).DblClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("SUP-10001 Once");
        await page.GotoAsync("/requests");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Requests" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Bad_input_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests/new");
        await Submit(page).ClickAsync();
        await Expect(page.GetByText("Say in a few words what is wrong.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Describe what happens and what you expected.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Subject")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Subject")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Subject")).ToHaveAccessibleDescriptionAsync("Say in a few words what is wrong.");

        var subject = "שלום 😀 <b>&amp;";
        var tooLong = string.Concat(Enumerable.Repeat("😀", 10_000)) + "x";
        await page.GetByLabel("Subject").FillAsync(subject);
        await page.GetByLabel("Description").FillAsync(tooLong);
        await Submit(page).ClickAsync();
        await Expect(page.GetByText("This is 20,001 characters long; at most 20,000 fit.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Description")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync(tooLong);

        await page.GetByLabel("Description").FillAsync("<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>[click](javascript:alert(1))");
        await Submit(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"SUP-10001 {subject}");
        await Expect(page).ToHaveTitleAsync($"SUP-10001 {subject} – Support Portal");
        await Expect(page.Locator(".message script, .message img, .message a[href^='javascript']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Preview_shows_the_Markdown_and_the_draft_can_be_discarded()
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests/new");
        await Expect(Submit(page)).ToBeEnabledAsync();
        await page.GetByLabel("Description").FillAsync("It is **down**.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" }).Locator("strong")).ToHaveTextAsync("down");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(Submit(page)).ToBeEnabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard draft" }).ClickAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("");
        await page.ReloadAsync();
        await Expect(page.GetByText("Draft restored")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var scene = await DeskScene.MakeAsync(browser);
        var page = await scene.OpenAsync(scene.Casey, "/requests/new", width, scheme);
        await page.GetByLabel("Attachments").SetInputFilesAsync([File("a.txt", "a"), File("b.exe", "MZ")]);
        await Radio(page, "Data loss").CheckAsync();
        await Submit(page).ClickAsync();
        await Expect(page.GetByText("Say in a few words what is wrong.")).ToBeVisibleAsync();
        await Expect(page.GetByText("of a kind that cannot be attached")).ToBeVisibleAsync();
        Assert.Equal([], Names(await page.RunAxe()));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    internal static IEnumerable<string> Names(Deque.AxeCore.Commons.AxeResult found) =>
        found.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}");

    private static ILocator Submit(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Submit request" });

    private static ILocator Radio(IPage page, string name) => page.GetByRole(AriaRole.Radio, new() { Name = name });

    private static FilePayload File(string name, string content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = System.Text.Encoding.UTF8.GetBytes(content) };

    /// <summary>A page whose connection can be cut and let through again.</summary>
    private static async Task<Func<bool, Task>> CuttableAsync(IPage page)
    {
        IWebSocketRoute? open = null;
        var isCut = false;
        await page.RouteWebSocketAsync(Circuit(), socket =>
        {
            open = socket;
            socket.ConnectToServer();
        });
        await page.RouteAsync("**/_blazor/**", route => isCut ? route.AbortAsync() : route.ContinueAsync());
        return async cut =>
        {
            isCut = cut;
            if (!cut || open is null) return;
            await open.CloseAsync();
            await Expect(page.Locator("#components-reconnect-modal")).ToHaveJSPropertyAsync("open", true);
        };
    }

    [GeneratedRegex("/_blazor")]
    private static partial Regex Circuit();
}
