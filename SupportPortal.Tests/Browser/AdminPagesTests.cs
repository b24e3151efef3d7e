using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>The rota and the policy in a real browser.</summary>
public sealed class AdminPagesTests(Support.Browser browser)
{
    [Fact]
    public async Task A_manager_writes_a_rota_is_told_of_the_gap_and_closes_it()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var max = await portal.AddPersonAsync(Role.Manager, name: "Max Manager");
        await portal.AddPersonAsync(Role.Agent, name: "Ada Agent");
        await using var context = (await browser.SignInAsync(address, max.Email!, "/admin/on-call")).Context;
        var page = context.Pages[0];

        await page.GetByLabel("Until", new() { Exact = true }).SelectOptionAsync("Friday");
        await page.GetByLabel("Until, time").FillAsync("17:00");
        await page.GetByLabel("Person 1 of shift 1").SelectOptionAsync("Ada Agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save rota" }).ClickAsync();
        await Expect(page.GetByText("Nobody is on call from Fri 17:00 to Mon 09:00.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Until, time")).ToHaveValueAsync("17:00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add shift" }).ClickAsync();
        await page.GetByLabel("Person 1 of shift 2").SelectOptionAsync("Max Manager");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save rota" }).ClickAsync();
        await Expect(page.GetByText("Ada Agent is on call until Fri 11 Jan, 17:00.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(2)).ToContainTextAsync("Max Manager");
        Assert.Equal("Europe/Berlin", (await portal.Get<OnCallStore>().FindAsync())!.Rota.Zone.Id); // The browser's own, to begin with.
    }

    [Fact]
    public async Task A_manager_finds_the_way_to_what_managers_do_and_an_agent_does_not()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var max = await portal.AddPersonAsync(Role.Manager, name: "Max Manager");
        var ada = await portal.AddPersonAsync(Role.Agent, name: "Ada Agent");
        await using var context = (await browser.SignInAsync(address, max.Email!, "/desk", width: 390)).Context;
        var page = context.Pages[0];
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy moves" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Move open requests" })).ToBeVisibleAsync();

        await using var hers = (await browser.SignInAsync(address, ada.Email!, "/desk")).Context;
        await Expect(hers.Pages[0].GetByRole(AriaRole.Link, new() { Name = "On call" })).ToBeVisibleAsync();
        await Expect(hers.Pages[0].GetByRole(AriaRole.Link, new() { Name = "Policy moves" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_the_rooms_do_not_fit_the_row_begins_at_the_one_that_is_open()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/audit", width: 390)).Context;
        await Expect(context.Pages[0].GetByRole(AriaRole.Navigation, new() { Name = "Administration" }).GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task An_administrator_is_refused_at_the_field_reads_what_changes_and_publishes()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/policy")).Context;
        var page = context.Pages[0];
        var critical = page.GetByRole(AriaRole.Region, new() { Name = "Severity 1 – Critical" });

        await critical.GetByLabel("First response: within").FillAsync("-45 min");
        await critical.GetByLabel("First response: reminders").FillAsync("50 %, due");
        await page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();
        await Expect(critical.GetByText("A target is longer than nothing.")).ToBeVisibleAsync();
        await Expect(critical.GetByLabel("First response: within")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(critical.GetByLabel("First response: reminders")).ToHaveValueAsync("50 %, due");

        await critical.GetByLabel("First response: within").FillAsync("45 min");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule to Severity 1 – Critical" }).ClickAsync();
        await critical.GetByLabel("From").FillAsync("50 %");
        await critical.GetByLabel("On call", new() { Exact = true }).CheckAsync();
        await critical.GetByLabel("Unacknowledged, it goes to the person on call").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Review changes" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Publish version 2?" });
        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(
        [
            "Severity 1 – Critical: first response within 45 minutes, no longer 1 hour.",
            "Severity 1 – Critical: first response is reminded of at 50 %, due, no longer at 50 %, 25 %, due.",
            "Severity 1 – Critical: new rule: any promise, with 50 % left: the person on call is told; unacknowledged, it goes to the person on call.",
        ]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Version 2 is in force.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Version 2" })).ToContainTextAsync("Rosa Root");
        await page.GotoAsync("/severity");
        await Expect(page.GetByText("within 45 minutes")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_calendar_gets_its_holidays_from_a_file_and_what_runs_on_it_is_due_anew()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        var casey = new Actor("casey", Role.Customer);
        var desk = portal.Get<TicketDesk>();
        var opened = Assert.IsType<DeskAnswer.Done>(await desk.OpenAsync(casey, new IncomingRequest("Printer on fire", "It burns.", Channel.Portal)));
        await desk.ActAsync(casey, opened.History.Ticket.Id, (ticket, _) => ticket.RequestStatus(casey));
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/calendars?edit=Business")).Context;
        var page = context.Pages[0];

        await page.GetByLabel("iCalendar file").SetInputFilesAsync(new FilePayload
        {
            Name = "holidays.ics",
            MimeType = "text/calendar",
            Buffer = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Founders' day\r\nDTSTART;VALUE=DATE:20200107\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add these 3 days" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview effect" }).ClickAsync();
        await Expect(page.GetByText("It concerns one open request. On 1 of them a clock changes; none is breached at once.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Business was published.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Business" })).ToContainTextAsync("2030-01-07, 2031-01-07, 2032-01-07");

        await page.GotoAsync($"/desk/tickets/{opened.History.Ticket.Id}");
        await Expect(page.GetByText("changed the calendar Business")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_policy_is_for_administrators()
    {
        await using var portal = new PortalServer();
        var max = await portal.AddPersonAsync(Role.Manager);
        using var client = await portal.SignedInClientAsync(max.Email!);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await client.GetAsync(new Uri("/admin/policy", UriKind.Relative))).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(new Uri("/admin/on-call", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("/admin/on-call", 1440, ColorScheme.Light)]
    [InlineData("/admin/on-call", 1440, ColorScheme.Dark)]
    [InlineData("/admin/on-call", 390, ColorScheme.Light)]
    [InlineData("/admin/on-call", 390, ColorScheme.Dark)]
    [InlineData("/admin/policy", 1440, ColorScheme.Light)]
    [InlineData("/admin/policy", 1440, ColorScheme.Dark)]
    [InlineData("/admin/policy", 390, ColorScheme.Light)]
    [InlineData("/admin/policy", 390, ColorScheme.Dark)]
    [InlineData("/admin/calendars?edit=", 1440, ColorScheme.Light)]
    [InlineData("/admin/calendars?edit=", 390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_nothing_runs_out_of_the_page(string path, int width, ColorScheme scheme)
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        var rota = new SupportPortal.Domain.Reminders.OnCallSpec
        {
            TimeZone = "Europe/Berlin",
            Shifts = [new() { UntilDay = "friday", Until = "17:00", People = [root.Id, root.Id], Since = "2030-01-07" }, new() { FromDay = "friday", From = "17:00", People = [root.Id] }],
            Overrides = [new() { From = "2030-01-08T09:00", Until = "2030-01-08T12:00", Person = root.Id }],
        };
        Assert.Empty((await portal.Get<OnCallStore>().SaveAsync(root.ToActor(), rota, 0)).Refusals);
        await using var context = (await browser.SignInAsync(address, root.Email!, path, width, scheme)).Context;
        var page = context.Pages[0];

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Add (shift|rule to Severity 1|holiday)") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Save rota|Review changes|Publish") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        Assert.Equal([], (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
