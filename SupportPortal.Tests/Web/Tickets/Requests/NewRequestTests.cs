using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class NewRequestTests(PrivatePostgres postgres) : IAsyncLifetime
{
    private static readonly Actor Casey = new("casey", Role.Customer, 1);

    private readonly BunitContext _browser = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddSingleton<TimeProvider>(_database.Clock);
        _browser.Services.AddSingleton(_database.Get<TicketDesk>());
        _browser.Services.AddSingleton(_database.Get<Drafts>());
        _browser.Services.AddSingleton(_database.Get<Attachments>());
        _browser.Services.AddSingleton(_database.Get<AffectedServices>());
        _browser.Services.AddSingleton(_database.Get<PolicyStore>());
        _browser.Services.AddSingleton(_database.Get<PeopleDirectory>());
        _browser.AddBunitPersistentComponentState();
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Theory]
    [InlineData("ProductionStopped", "None", "Severity 1 – Critical", "1 h")]
    [InlineData("DataLoss", "ShortTerm", "Severity 2 – High", "6 h")]
    [InlineData("MajorFeatureDegraded", "Suitable", "Severity 3 – Normal", "24 h")]
    [InlineData("PartialOrMinor", "None", "Severity 3 – Normal", "24 h")]
    public void Impact_and_workaround_say_what_they_amount_to(string impact, string workaround, string severity, string within)
    {
        var page = Open();
        page.Find($"input[name=impact][value={impact}]").Change(impact);
        page.Find($"input[name=workaround][value={workaround}]").Change(workaround);
        Assert.Equal(
            (severity, $"is what this amounts to: first response within {within}. Support will assess it."),
            (page.Find(".claim .severity").TextContent, page.Find(".claim > span:last-child").TextContent));
    }

    [Fact]
    public async Task Every_change_is_kept_and_an_emptied_form_is_forgotten()
    {
        var page = Open();
        page.Find("#subject").Change("It broke");
        page.Find("#description").Change("Quite.");
        var kept = RequestDraft.Read((await _database.Get<Drafts>().ReadAsync(Casey, RequestDraft.Key))?.Text);
        Assert.Equal(("It broke", "Quite."), (kept?.Subject, kept?.Description));

        page.Find("#subject").Change("");
        page.Find("#description").Change("");
        Assert.Null(await _database.Get<Drafts>().ReadAsync(Casey, RequestDraft.Key));
    }

    [Fact]
    public async Task A_refusal_stands_at_its_field_until_that_field_changes()
    {
        var page = Open();
        await page.Find("form").SubmitAsync();
        Assert.Equal(
            ["Say in a few words what is wrong.", "Describe what happens and what you expected."],
            page.FindAll(".error").Select(e => e.TextContent).Where(text => text.Length > 0));

        page.Find("#subject").Change("It broke");
        Assert.Equal(["Describe what happens and what you expected."], page.FindAll(".error").Select(e => e.TextContent).Where(text => text.Length > 0));
        Assert.Equal((null, "true"), (page.Find("#subject").GetAttribute("aria-invalid"), page.Find("#description").GetAttribute("aria-invalid")));
    }

    [Fact]
    public async Task The_same_draft_in_two_windows_is_one_request_and_a_changed_one_is_asked_about()
    {
        var draft = new RequestDraft { Subject = "It broke", Description = "Quite." };
        await _database.Get<Drafts>().SaveAsync(Casey, RequestDraft.Key, draft.ToString());
        var (first, second, third) = (Open(), Open(), Open());
        await first.Find("form").SubmitAsync();
        Assert.EndsWith("/requests/SUP-10001", Address, StringComparison.Ordinal);
        await second.Find("form").SubmitAsync();
        Assert.EndsWith("/requests/SUP-10001", Address, StringComparison.Ordinal);

        third.Find("#subject").Change("Something else broke");
        await third.Find("form").SubmitAsync();
        Assert.StartsWith("This draft was already submitted from another window.", third.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await third.Find("form").SubmitAsync();
        Assert.EndsWith("/requests/SUP-10002", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_reaches_the_desk()
    {
        await _database.Get<AffectedServices>().AddDemoAsync();
        var page = Open();
        page.Find("#subject").Change("  It broke ");
        page.Find("#description").Change("Quite.");
        page.Find("#service").Change("Payments API");
        page.Find("input[name=impact][value=DataLoss]").Change("DataLoss");
        page.Find("input[name=workaround][value=ShortTerm]").Change("ShortTerm");
        await page.Find("form").SubmitAsync();

        var report = (await _database.Get<TicketDesk>().FindAsync(Casey, 10001))!.Ticket.Report;
        Assert.Equal(
            ("It broke", "Quite.", "Payments API", Impact.DataLoss, Workaround.ShortTerm, Severity.High, Channel.Portal),
            (report.Subject.Text, report.Description.Text, report.Service, report.Impact, report.Workaround, report.Claimed, report.Channel));
    }

    [Fact]
    public async Task Only_what_the_organisation_uses_is_offered_and_what_is_offered_no_longer_is_said_at_the_field()
    {
        var (root, services, organisations) = (new Actor("root", Role.Administrator), _database.Get<ServiceDesk>(), _database.Get<OrganisationDesk>());
        await _database.Get<AffectedServices>().AddDemoAsync();
        var id = (await organisations.AddAsync(root, "Northwind")).Id!.Value;
        Assert.Equal(Casey.OrganisationId, id);
        var seen = new OrganisationSettings("Northwind", null, null, []);
        var chosen = (await services.ListAsync()).Where(service => service.Name is "Reporting" or "Payments API").Select(service => service.Id).ToList();
        Assert.Empty(await organisations.ChangeAsync(root, id, seen, seen with { Services = chosen }));
        var page = Open();
        Assert.Equal(["", "Payments API", "Reporting"], page.FindAll("#service option").Select(option => option.GetAttribute("value")));

        page.Find("#subject").Change("It broke");
        page.Find("#description").Change("Quite.");
        page.Find("#service").Change("Mail delivery");
        await page.Find("form").SubmitAsync();
        Assert.Equal("“Mail delivery” is no longer offered. Choose another, or “Not sure”.", page.Find("#service-error").TextContent);
        Assert.Equal("It broke", page.Find("#subject").GetAttribute("value"));
        page.Find("#service").Change("Reporting");
        await page.Find("form").SubmitAsync();
        Assert.Equal("Reporting", (await _database.Get<TicketDesk>().FindAsync(Casey, 10001))!.Ticket.Report.Service);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _database.DisposeAsync();
    }

    private string Address => _browser.Services.GetRequiredService<NavigationManager>().Uri;

    private IRenderedComponent<NewRequest> Open()
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Casey.Id), new(ClaimTypes.Role, "Customer"), new("organisation", "1")], "test"));
        return _browser.Render<NewRequest>(page => page.Add(p => p.Session, Task.FromResult(new AuthenticationState(person))));
    }
}
