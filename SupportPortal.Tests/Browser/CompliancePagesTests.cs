using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>Whether the promises were kept, as a manager reads it in a real browser.</summary>
public sealed class CompliancePagesTests(Support.Browser browser)
{
    private const string January = "from=2030-01-01&to=2030-01-31";

    [Fact]
    public async Task From_a_figure_to_the_events_behind_it_it_is_three_clicks()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, $"/compliance?{January}");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Attainment" })).ToContainTextAsync("75 %");
        await Expect(page.GetByText("goal of 99.5 % missed")).ToBeVisibleAsync();

        await page.Locator(".attainment-head .broken a").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Counted clocks" })).ToBeVisibleAsync();
        await Expect(page.Locator("main").GetByRole(AriaRole.Status)).ToHaveTextAsync("1 clock: 0 kept, 1 broken, attainment 0 %.");
        await page.GetByRole(AriaRole.Link, new() { Name = "SUP-10002 Mail is late" }).ClickAsync();
        await Expect(page.GetByText("Sorry for the wait.")).ToBeVisibleAsync(); // The answer that came too late.
    }

    [Fact]
    public async Task What_is_narrowed_is_in_the_address_and_can_be_shared()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, $"/compliance?{January}");
        await page.GetByLabel("Severity").SelectOptionAsync("Severity 2 – High");
        await Expect(page).ToHaveURLAsync(new Regex(@"/compliance\?from=2030-01-01&to=2030-01-31&severity=2$"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Attainment" })).ToContainTextAsync("100 %");
        await Expect(page.GetByText("goal of 99.5 % reached")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Severity")).ToHaveValueAsync("2");
        await page.GetByRole(AriaRole.Link, new() { Name = "Last month" }).ClickAsync();
        await Expect(page.GetByText("Nothing fell due")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/compliance?from=2030-02-01&to=2030-01-01", "The period ends before it begins.")]
    [InlineData("/compliance?colour=red", "There is no filter “colour” here")]
    [InlineData("/compliance?outcome=met", "There is no filter “outcome” here")]
    [InlineData("/compliance/requests?which=open&metric=resolution", "There is no filter “metric” here")]
    [InlineData("/compliance/clocks?hour=900", "“900” is no hour of the week")]
    [InlineData("/compliance/requests", "Say which requests: reported, resolved, reopened, ended, rated, open.")]
    public async Task What_an_address_asks_that_cannot_be_followed_is_told(string path, string problem)
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, path);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(problem);
    }

    [Fact]
    public async Task A_manager_tries_other_promises_and_sees_what_would_have_been()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, "/compliance/what-if");
        var within = page.GetByLabel("Severity 3 – Normal, First response: within");
        await within.FillAsync("soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("One thing has to be put right.");
        await Expect(within).ToHaveValueAsync("soon");
        await Expect(within).ToHaveAttributeAsync("aria-invalid", "true");

        await within.FillAsync("2 days"); // The late one comes within it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(page.Locator("main .attainment-head")).ToContainTextAsync("100 %would have been kept; it was 75 %");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "SUP-10002" })).ToContainTextAsync("1 fewer");
    }

    [Fact]
    public async Task What_is_at_risk_follows_the_desk_live()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, "/compliance/risk");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Triage" }).GetByRole(AriaRole.Cell).Nth(0)).ToHaveTextAsync("2");
        await portal.Server.Get<TicketDesk>().OpenAsync(portal.Casey, new IncomingRequest("One more", "It does not work.", Channel.Portal));
        portal.Clock.Advance(TimeSpan.FromSeconds(5)); // A forecast is believed for two.
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Triage" }).GetByRole(AriaRole.Cell).Nth(0)).ToHaveTextAsync("3");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nobody’s" }).ClickAsync();
        await Expect(page.GetByText("One more")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_manager_proposes_an_exception_another_approves_it_and_figures_are_shown_with_and_without()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, "/desk/tickets/SUP-10002");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose exception" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Propose exception" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Say why this promise is to be excused.");
        await dialog.GetByLabel("Reason").FillAsync("The office was flooded.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Propose exception" }).ClickAsync();
        await Expect(page.GetByText("A second manager has to approve it.")).ToBeVisibleAsync();
        await page.Context.DisposeAsync();

        var mia = await portal.Server.AddPersonAsync(Role.Manager, name: "Mia Manager");
        page = await browser.SignInAsync(portal.Address, mia.Email!, "/compliance/exceptions");
        var waiting = page.GetByRole(AriaRole.Region, new() { Name = "Waiting for a second person" });
        await Expect(waiting.GetByRole(AriaRole.Listitem)).ToContainTextAsync("by Max Manager");
        await Expect(waiting).ToContainTextAsync("The office was flooded.");
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Approved" })).ToContainTextAsync("by Max Manager, approved by Mia Manager");
        await Expect(waiting).ToContainTextAsync("No exception waits for approval.");

        await page.GotoAsync(new Uri(portal.Address, $"/compliance?{January}").ToString());
        var head = page.GetByRole(AriaRole.Region, new() { Name = "Attainment" });
        await Expect(head).ToContainTextAsync("75 %");
        await Expect(head).ToContainTextAsync("Without excused ones100 %");
        await head.GetByText("Excused", new() { Exact = true }).Locator("..").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "SUP-10002" })).ToContainTextAsync("excused");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_report_is_exported_from_the_figures_and_checked_and_an_edited_one_is_told()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, $"/compliance?{January}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Group, new() { Name = "Export", Exact = true }).GetByRole(AriaRole.Link, new() { Name = "JSON" }).ClickAsync());
        Assert.Equal("report-1.json", download.SuggestedFilename);
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());

        await page.GotoAsync(new Uri(portal.Address, "/compliance/reports").ToString());
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Compliance" })).ToContainTextAsync("Max Manager");
        await page.GetByLabel("Report file").SetInputFilesAsync(new FilePayload { Name = "report-1.json", MimeType = "application/json", Buffer = bytes });
        await Expect(page.GetByText("report-1.json is genuine.")).ToBeVisibleAsync();
        var edited = System.Text.Encoding.UTF8.GetString(bytes).Replace("\"kept\":3", "\"kept\":4", StringComparison.Ordinal);
        await page.GetByLabel("Report file").SetInputFilesAsync(new FilePayload { Name = "better.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(edited) });
        await Expect(page.GetByText("better.json is not genuine, or the store was changed:")).ToBeVisibleAsync();
        await Expect(page.GetByText("Summary: Kept is 4, and follows from the events as 3.")).ToBeVisibleAsync();
        await page.GetByLabel("Report file").SetInputFilesAsync(new FilePayload { Name = "cut.json", MimeType = "application/json", Buffer = bytes[..200] });
        await Expect(page.GetByText("The file is cut, or was written by something else")).ToBeVisibleAsync();
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
    }

    [Fact]
    public async Task Figures_tell_teams_apart_and_lead_to_what_a_team_owed()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, $"/compliance?{January}");
        var teams = page.GetByRole(AriaRole.Region, new() { Name = "By team" });
        await Expect(teams.GetByRole(AriaRole.Row)).ToContainTextAsync(["Attainment", "Nobody", "First line"]);
        await teams.GetByRole(AriaRole.Link, new() { Name = "First line" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("team=First%20line"));
        await Expect(page.GetByLabel("Team", new() { Exact = true })).ToHaveValueAsync("First line");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Attainment" })).ToContainTextAsync("100 %");
        await page.GetByRole(AriaRole.Region, new() { Name = "Promises" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Team First line");
        await page.GotoAsync(new Uri(portal.Address, $"/compliance?{January}&team=Third+line").ToString());
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no team “Third line”: use First line, none.");
    }

    [Fact]
    public async Task What_is_at_risk_and_what_would_have_been_are_exported_and_genuine()
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, "/compliance/risk");
        var risk = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Group, new() { Name = "Export" }).GetByRole(AriaRole.Link, new() { Name = "JSON" }).ClickAsync());
        await CheckAsync(risk, "report-1.json", "{\"lane\":\"triage\",\"open\":2,");

        await page.GotoAsync(new Uri(portal.Address, "/compliance/what-if").ToString());
        await page.GetByLabel("Severity 3 – Normal, First response: within").FillAsync("2 days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        var export = page.GetByRole(AriaRole.Form, new() { Name = "Export" });
        var trial = await page.RunAndWaitForDownloadAsync(() => export.GetByRole(AriaRole.Button, new() { Name = "JSON" }).ClickAsync());
        await CheckAsync(trial, "report-2.json", "[{\"ticket\":\"SUP-10002\",\"broken\":1,\"wouldBeBroken\":0,\"more\":-1}]");
        await Expect(page.GetByLabel("Severity 3 – Normal, First response: within")).ToHaveValueAsync("2 days"); // The page stays, and lives.
        await page.GetByRole(AriaRole.Button, new() { Name = "As they are in force" }).ClickAsync();
        await Expect(export).ToHaveCountAsync(0);

        async Task CheckAsync(IDownload download, string name, string content)
        {
            Assert.Equal(name, download.SuggestedFilename);
            var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
            Assert.Contains(content, System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            using var file = new MemoryStream(bytes);
            Assert.Empty(await portal.Server.Get<ReportVerifier>().DifferencesAsync(file, null, CancellationToken.None).ToListAsync());
        }
    }

    [Fact]
    public async Task A_manager_schedules_a_customers_report()
    {
        await using var portal = await SomePastAsync(withMail: true);
        var page = await portal.OpenAsync(browser, "/compliance/reports");
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Schedule a report" });
        await form.GetByLabel("What").SelectOptionAsync("Support report, for a customer");
        await form.GetByLabel("To", new() { Exact = true }).FillAsync("casey at northwind");
        await form.GetByRole(AriaRole.Button, new() { Name = "Schedule report" }).ClickAsync();
        await Expect(form).ToContainTextAsync("Choose the organisation that the report is for.");
        await Expect(form).ToContainTextAsync("“casey” is no mail address.");
        await Expect(form.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("casey at northwind");
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));

        await form.GetByLabel("Organisation").SelectOptionAsync("Northwind Traders");
        await form.GetByLabel("To", new() { Exact = true }).FillAsync("casey@northwind.example");
        await form.GetByRole(AriaRole.Button, new() { Name = "Schedule report" }).ClickAsync();
        var scheduled = page.GetByRole(AriaRole.List, new() { Name = "Scheduled reports" }).GetByRole(AriaRole.Listitem);
        await Expect(scheduled).ToContainTextAsync("Support report for Northwind Traders, as PDF");
        await Expect(scheduled).ToContainTextAsync("Next 1 Feb 2030, 07:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: Support report for Northwind Traders, as PDF" }).ClickAsync();
        await Expect(scheduled).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("/compliance/reports", "Check a report", 390, ColorScheme.Dark)]
    [InlineData("/compliance/reports", "Check a report", 1440, ColorScheme.Light)]
    [InlineData("/compliance/exceptions", "Waiting for a second person", 390, ColorScheme.Dark)]
    [InlineData("/compliance?" + January, "Promises", 1440, ColorScheme.Light)]
    [InlineData("/compliance?" + January, "Promises", 1440, ColorScheme.Dark)]
    [InlineData("/compliance?" + January, "Promises", 390, ColorScheme.Light)]
    [InlineData("/compliance?" + January, "Promises", 390, ColorScheme.Dark)]
    [InlineData("/compliance/clocks?" + January, "Counted clocks", 390, ColorScheme.Light)]
    [InlineData("/compliance/clocks?" + January, "Counted clocks", 1440, ColorScheme.Dark)]
    [InlineData("/compliance/requests?which=open&" + January, "Open requests", 390, ColorScheme.Dark)]
    [InlineData("/compliance/requests?which=reported&" + January, "Reported requests", 1440, ColorScheme.Light)]
    [InlineData("/compliance/risk", "By agent", 390, ColorScheme.Dark)]
    [InlineData("/compliance/risk", "By agent", 1440, ColorScheme.Light)]
    [InlineData("/compliance/what-if", "Promises to try", 390, ColorScheme.Light)]
    [InlineData("/compliance/what-if", "Promises to try", 1440, ColorScheme.Dark)]
    public async Task Everybody_can_read_it(string path, string heading, int width, ColorScheme scheme)
    {
        await using var portal = await SomePastAsync();
        var page = await portal.OpenAsync(browser, path, width, scheme);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
        foreach (var summary in await page.Locator("main summary").AllAsync()) await summary.ClickAsync();
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>Three requests of the past: two answered in time, one too late.</summary>
    private static async Task<Past> SomePastAsync(bool withMail = false)
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        var server = new PortalServer(clock);
        if (withMail) server.With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", "1").With("Portal:Mail:From", "support@portal.example"); // Nobody listens: nothing is due.
        var address = server.StartOnKestrel();
        var ada = (await server.AddPersonAsync(Role.Agent, name: "Ada Agent", team: "First line")).ToActor();
        var casey = (await server.AddPersonAsync(Role.Customer, name: "Casey Customer", organisation: "Northwind Traders")).ToActor();
        var past = new Past(server, clock, address, await server.AddPersonAsync(Role.Manager, name: "Max Manager"), casey);
        var desk = server.Get<TicketDesk>();
        await ReportAsync("Checkout is slow");
        await ReportAsync("Mail is late");
        await ReportAsync("Search finds nothing");
        await ActAsync(10001, ticket => ticket.Assign(ada, ada.Id));
        await ActAsync(10003, ticket => ticket.Grade(ada, Severity.High, TicketDesk.Seal("Nobody can search."), null, ticket.ChangedAt));
        clock.Advance(TimeSpan.FromHours(2));
        await ActAsync(10001, ticket => ticket.Reply(ada, TicketDesk.Seal("We look at it.")));
        await ActAsync(10003, ticket => ticket.Reply(ada, TicketDesk.Seal("The index is built anew.")));
        clock.Advance(TimeSpan.FromMinutes(5));
        await ActAsync(10003, ticket => ticket.Resolve(ada, ResolutionKind.Fix, TicketDesk.Seal("The index is whole.")));
        clock.Advance(TimeSpan.FromHours(28));
        await ActAsync(10002, ticket => ticket.Reply(ada, TicketDesk.Seal("Sorry for the wait.")));
        return past;

        Task ReportAsync(string subject) => desk.OpenAsync(casey, new IncomingRequest(subject, "It does not work.", Channel.Portal));

        async Task ActAsync(long id, Func<Ticket, Decision> act) => Assert.IsType<DeskAnswer.Done>(await desk.ActAsync(ada, id, (ticket, _) => act(ticket)));
    }

    private sealed record Past(PortalServer Server, FakeTimeProvider Clock, Uri Address, PortalUser Max, Actor Casey) : IAsyncDisposable
    {
        private IPage? _page;

        public async Task<IPage> OpenAsync(Support.Browser browser, string path, int width = 1440, ColorScheme scheme = ColorScheme.Light) =>
            _page = await browser.SignInAsync(Address, Max.Email!, path, width, scheme);

        public async ValueTask DisposeAsync()
        {
            if (_page is not null) await _page.Context.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
