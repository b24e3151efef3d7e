using System.Security.Claims;
using AngleSharp.Dom;
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
using SupportPortal.Tests.Support;
using SupportPortal.Web.CloudServices;
using SupportPortal.Web.People.Organisations;

namespace SupportPortal.Tests.Web.People;

/// <summary>Organisations and services as an administrator edits them, without a browser.</summary>
public sealed class OrganisationPagesTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private static readonly Actor Root = new("root", Role.Administrator);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(_database.Clock);
        Services.AddSingleton(_database.Get<OrganisationDesk>());
        Services.AddSingleton(_database.Get<OrganisationQueries>());
        Services.AddSingleton(_database.Get<MemberDesk>());
        Services.AddSingleton(_database.Get<ServiceDesk>());
        Services.AddSingleton(_database.Get<PolicyStore>());
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task One_is_added_refused_twice_and_listed()
    {
        var list = Render<Organisations>(page => page.Add(p => p.SignedIn, SignedIn()));
        await list.Find("#name").ChangeAsync("Northwind");
        await list.Find("form.add").SubmitAsync();
        var id = Assert.Single((await _database.Get<OrganisationQueries>().ListAsync(null, null, 10)).Items).Id;
        Assert.EndsWith($"/admin/organisations/{id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        list = Render<Organisations>(page => page.Add(p => p.SignedIn, SignedIn()));
        await list.Find("#name").ChangeAsync("NORTHWIND ");
        await list.Find("form.add").SubmitAsync();
        Assert.Equal("There is an organisation “NORTHWIND” already.", list.Find("#name-error").TextContent);
        Assert.Equal(["Northwind", "0", "0", "Standard", "None"], list.FindAll("tbody tr > *").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Settings_are_refused_at_their_field_with_nothing_lost_and_then_saved()
    {
        var id = (await _database.Get<OrganisationDesk>().AddAsync(Root, "Northwind")).Id!.Value;
        await _database.Get<ServiceDesk>().AddAsync(Root, "Mail");
        var page = Open(id);
        Assert.Equal("In force: Standard, version 1. It counts on the calendar Business.", page.Find("#plan-hint").TextContent);
        await page.Find("#name").ChangeAsync("Northwind Traders");
        await page.Find("#timeZone").ChangeAsync("Berlin");
        await page.Find(".service input").ChangeAsync(true);
        await page.Find("section[aria-labelledby=settings] form").SubmitAsync();
        Assert.Equal("Choose a time zone of the list, such as Europe/Berlin.", page.Find("#timeZone-error").TextContent);
        Assert.Equal(("Northwind Traders", "Berlin"), (page.Find("#name").GetAttribute("value"), page.Find("#timeZone").GetAttribute("value")));

        await page.Find("#timeZone").ChangeAsync("Europe/Berlin");
        await page.Find("section[aria-labelledby=settings] form").SubmitAsync();
        Assert.Equal("Northwind Traders", page.Find("h1").TextContent);
        var found = (await _database.Get<OrganisationQueries>().FindAsync(id))!;
        Assert.Equal(("Europe/Berlin", 1), (found.Organisation.TimeZone, found.Services.Count));
    }

    [Fact]
    public async Task Domains_are_added_and_registration_opened_but_not_to_everybody()
    {
        var id = (await _database.Get<OrganisationDesk>().AddAsync(Root, "Northwind")).Id!.Value;
        var page = Open(id);
        await AddDomainAsync(page, "me@northwind.example");
        Assert.Equal("Leave out what stands before the @, and the @ itself.", page.Find("#domain-error").TextContent);
        await AddDomainAsync(page, "gmail.com");
        Assert.Contains("Anybody can have an address at gmail.com.", page.Find(".note").TextContent, StringComparison.Ordinal);
        await page.Find(".choice input").ChangeAsync(true);
        Assert.False(page.Find(".choice input").HasAttribute("checked"));
        Assert.Contains("Registration cannot be opened", page.FindAll("section[aria-labelledby=domains] .error")[1].TextContent, StringComparison.Ordinal);

        await page.Find("[aria-label='Remove gmail.com']").ClickAsync(new());
        await AddDomainAsync(page, "northwind.example");
        await page.Find(".choice input").ChangeAsync(true);
        Assert.True((await _database.Get<OrganisationQueries>().FindAsync(id))!.Organisation.IsOpenToItsDomains);
    }

    [Fact]
    public async Task A_members_sight_is_switched_and_an_empty_organisation_removed()
    {
        var (cora, _) = await _database.Get<PeopleDesk>().AddAsync(new NewPerson("cora@test.example", Role.Customer, "Cora", "Northwind", PortalServer.Password));
        var page = Open(cora!.OrganisationId!.Value);
        Assert.Empty(page.FindAll("#remove"));
        Assert.Equal($"admin/people/{cora.Id}", page.Find("tbody a").GetAttribute("href"));
        await page.Find("[aria-label='What Cora sees']").ChangeAsync("own");
        Assert.False((await _database.Get<PeopleDesk>().FindByEmailAsync("cora@test.example"))!.SeesOrganisation);

        var id = (await _database.Get<OrganisationDesk>().AddAsync(Root, "Empty")).Id!.Value;
        page = Open(id);
        await page.Find("section[aria-labelledby=remove] button").ClickAsync(new());
        await page.Find("dialog .button-danger").ClickAsync(new());
        Assert.Null(await _database.Get<OrganisationQueries>().FindAsync(id));
    }

    [Fact]
    public async Task Services_are_added_renamed_and_removed()
    {
        var page = Render<Services>(p => p.Add(s => s.SignedIn, SignedIn()));
        Assert.Equal("No service yet", page.Find(".empty h2").TextContent);
        foreach (var name in new[] { "Mail", "Backup", "mail" })
        {
            await page.Find("#name").ChangeAsync(name);
            await page.Find("form").SubmitAsync();
        }

        Assert.Equal("There is a service “mail” already.", page.Find("#name-error").TextContent);
        await page.Find("[aria-label='Rename Mail']").ClickAsync(new());
        await page.Find("#rename").ChangeAsync("Backup");
        await page.FindAll("form")[1].SubmitAsync();
        Assert.Equal("There is a service “Backup” already.", page.Find("#rename-error").TextContent);
        await page.Find("#rename").ChangeAsync("Mail delivery");
        await page.FindAll("form")[1].SubmitAsync();
        await page.Find("[aria-label='Remove Backup']").ClickAsync(new());
        Assert.Equal(["Mail delivery"], page.FindAll("tbody th").Select(cell => cell.TextContent));
    }

    private IRenderedComponent<OrganisationPage> Open(int id)
    {
        var page = Render<OrganisationPage>(p => p.Add(o => o.Id, id).Add(o => o.SignedIn, SignedIn()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy]")));
        return page;
    }

    private static async Task AddDomainAsync(IRenderedComponent<OrganisationPage> page, string domain)
    {
        await page.Find("#domain").ChangeAsync(domain);
        await page.Find("section[aria-labelledby=domains] form").SubmitAsync();
    }

    private static Task<AuthenticationState> SignedIn() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Root.Id), new Claim(ClaimTypes.Role, Root.Role.ToString())], "test"))));
}
