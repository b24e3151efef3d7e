using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Reminders;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Reminders.OnCall;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Tests.Web.Reminders;

/// <summary>Who is on call, and the rota behind it, without a browser.</summary>
public sealed class OnCallPageTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _max = Actor.System;
    private string _ada = "";
    private string _bob = "";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddSingleton<OnCallStore>());
        _ada = await AddAsync("Ada Agent", Role.Agent);
        _bob = await AddAsync("Bob Beside", Role.Agent);
        _max = new Actor(await AddAsync("Max Manager", Role.Manager), Role.Manager);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(_database.Get<OnCallStore>());
        Services.AddSingleton(_database.Get<PeopleDirectory>());
        Services.AddSingleton<TimeProvider>(_database.Clock);
        Services.AddScoped<ViewerZone>();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_reads_who_is_on_call_and_changes_nothing()
    {
        await SaveAsync(new OnCallShiftSpec { People = [_ada, _bob], Since = "2030-01-07" });
        var page = await DrawAsync(new Actor(_bob, Role.Agent));
        Assert.Equal("Ada Agent is on call until Mon 14 Jan, 09:00. Then Bob Beside.", Now(page));
        Assert.Equal(
            ["Now Mon 14 Jan, 09:00 Ada Agent", "Mon 14 Jan, 09:00 Mon 21 Jan, 09:00 Bob Beside"],
            page.FindAll("tbody tr").Take(2).Select(Words));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Where_there_is_no_rota_an_agent_reads_who_is_told_instead()
    {
        var page = await DrawAsync(new Actor(_bob, Role.Agent));
        Assert.Equal("Nobody is on call", page.Find("h2").TextContent);
        Assert.Equal("There is no rota yet. A manager can write one; until then the whole desk is told.", page.Find(".empty p").TextContent);
    }

    [Fact]
    public async Task The_page_says_who_takes_over_when_they_do()
    {
        await SaveAsync(new OnCallShiftSpec { UntilDay = "tuesday", Until = "08:00", People = [_ada] }, new() { FromDay = "tuesday", From = "08:00", People = [_bob] });
        var page = await DrawAsync(_max);
        Assert.Equal("Ada Agent is on call until Tue 8 Jan, 08:00. Then Bob Beside.", Now(page));
        _database.Clock.Advance(TimeSpan.FromHours(23) + TimeSpan.FromSeconds(1));
        await page.WaitForAssertionAsync(() => Assert.Equal("Bob Beside is on call until Mon 14 Jan, 09:00. Then Ada Agent.", Now(page)));
    }

    [Fact]
    public async Task A_gap_is_said_at_the_field_and_nothing_typed_is_lost()
    {
        await SaveAsync(new OnCallShiftSpec { People = [_ada] });
        var page = await DrawAsync(_max);
        await page.Find("#timeZone").ChangeAsync("Europe/Berlin");
        await page.Find("#shifts-0-untilDay").ChangeAsync("friday");
        await page.Find("#shifts-0-until").ChangeAsync("17:00");
        await page.Find("form").SubmitAsync();

        Assert.Equal("Nobody is on call from Fri 17:00 to Mon 09:00.", page.Find("#shifts-0-until-error").TextContent);
        Assert.Equal("true", page.Find("#shifts-0-until").GetAttribute("aria-invalid"));
        Assert.Equal(("Europe/Berlin", "17:00"), (page.Find("#timeZone").GetAttribute("value"), page.Find("#shifts-0-until").GetAttribute("value")));
        Assert.Equal(1, (await _database.Get<OnCallStore>().FindAsync())!.Version);
    }

    [Fact]
    public async Task A_rota_is_saved_and_shown()
    {
        await SaveAsync(new OnCallShiftSpec { People = [_ada], Since = "2030-01-07" });
        var page = await DrawAsync(_max);
        await Button(page, "Add person").ClickAsync(new());
        await page.FindAll("ol.people select")[1].ChangeAsync(_bob);
        await Button(page, "Move person 2 of shift 1 earlier").ClickAsync(new());
        await Button(page, "Add override").ClickAsync(new());
        // With seconds: so the framework's script sends it.
        await page.Find("#overrides-0-from").ChangeAsync("2030-01-07T12:00:00");
        await page.Find("#overrides-0-until").ChangeAsync("2030-01-07T18:00:00");
        await page.Find("#overrides-0-person").ChangeAsync(_ada);
        await page.Find("form").SubmitAsync();

        Assert.Equal("Bob Beside is on call until 12:00. Then Ada Agent.", Now(page));
        Assert.Equal("12:00 18:00 Ada Agent Override", Words(page.FindAll("tbody tr")[1]));
        Assert.Equal([_bob, _ada], (await _database.Get<OnCallStore>().FindAsync())!.Rota.Spec.Shifts[0].People);
    }

    [Fact]
    public async Task Whoever_was_overtaken_sees_both_and_chooses()
    {
        await SaveAsync(new OnCallShiftSpec { People = [_ada] });
        var page = await DrawAsync(_max);
        Assert.Empty((await _database.Get<OnCallStore>().SaveAsync(_max, new() { Shifts = [new() { People = [_bob] }] }, 1)).Refusals);
        await page.Find("#timeZone").ChangeAsync("Europe/Berlin");
        await page.Find("form").SubmitAsync();

        Assert.Contains("Somebody else has changed the rota meanwhile.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Bob Beside is on call", Now(page), StringComparison.Ordinal);
        Assert.Equal("Europe/Berlin", page.Find("#timeZone").GetAttribute("value"));
        await Button(page, "Take theirs").ClickAsync(new());
        Assert.Equal("UTC", page.Find("#timeZone").GetAttribute("value"));
    }

    private async Task<IRenderedComponent<OnCallPage>> DrawAsync(Actor who)
    {
        var claims = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, who.Id), new Claim(ClaimTypes.Role, who.Role.ToString())], "test");
        var page = Render<OnCallPage>(page => page.Add(p => p.SignedIn, Task.FromResult(new AuthenticationState(new ClaimsPrincipal(claims)))));
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
        return page;
    }

    private async Task SaveAsync(params OnCallShiftSpec[] shifts) =>
        Assert.Empty((await _database.Get<OnCallStore>().SaveAsync(_max, new() { Shifts = shifts }, 0)).Refusals);

    private async Task<string> AddAsync(string name, Role role) =>
        (await _database.Get<PeopleDesk>().AddAsync(new NewPerson($"{name.Split(' ')[0]}@test.example", role, name, null, PortalServer.Password))).Added!.Id;

    private static IElement Button(IRenderedComponent<OnCallPage> page, string name) =>
        page.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static string Now(IRenderedComponent<OnCallPage> page) => string.Join(' ', page.FindAll(".on-call-now p").Select(Words));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
