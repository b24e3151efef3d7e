using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Sla.Calendars;
using SupportPortal.Web.Sla.Policy;
using SupportPortal.Web.Tickets;
using static SupportPortal.Tests.Application.Sla.SomePolicies;

namespace SupportPortal.Tests.Web.Sla;

/// <summary>Policies, moves and calendars as administrators and managers meet them, without a browser.</summary>
public sealed class SlaPagesTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(_database.Get<PolicyStore>());
        Services.AddSingleton(_database.Get<PolicyDrafts>());
        Services.AddSingleton(_database.Get<EffectPreview>());
        Services.AddSingleton(_database.Get<TicketMoves>());
        Services.AddSingleton(_database.Get<PeopleDirectory>());
        Services.AddSingleton<TimeProvider>(_database.Clock);
        Services.AddSingleton(new ViewerZone(new UtcBrowser()));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_is_saved_found_again_and_whoever_would_save_over_it_is_told()
    {
        var page = await DrawAsync<PolicyPage>(Root);
        await Length(page, "First response").ChangeAsync("3 h");
        await Button(page, "Save draft").ClickAsync(new());
        Assert.Equal("The draft was saved.", Words(page.Find("[role=status]")));

        var again = await DrawAsync<PolicyPage>(Root);
        Assert.Equal("3 h", Length(again, "First response").GetAttribute("value"));
        await Length(again, "First response").ChangeAsync("4 h");
        await Button(again, "Save draft").ClickAsync(new());

        await Length(page, "First response").ChangeAsync("5 h");
        await Button(page, "Save draft").ClickAsync(new());
        Assert.StartsWith("Somebody else saved this draft meanwhile.", Words(page.Find("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("5 h", Length(page, "First response").GetAttribute("value"));
        await Button(page, "Take theirs").ClickAsync(new());
        Assert.Equal("4 h", Length(page, "First response").GetAttribute("value"));
        Assert.Equal(1, _database.Get<PolicyStore>().Current.Version);
    }

    [Fact]
    public async Task A_version_is_published_from_an_instant_to_come_and_not_from_the_past()
    {
        var page = await DrawAsync<PolicyPage>(Root);
        await Length(page, "First response").ChangeAsync("3 h");
        await Button(page, "Review changes").ClickAsync(new());
        await page.FindAll("dialog input[type=radio]")[1].ChangeAsync(new ChangeEventArgs());
        await page.Find("dialog input[type=datetime-local]").ChangeAsync("2030-01-07T08:00");
        await Button(page, "Publish").ClickAsync(new());
        Assert.Equal("This lies in the past. Publish at once, or from an instant to come.", Words(page.Find("#publish-from-error")));
        await page.Find("dialog input[type=datetime-local]").ChangeAsync("2030-01-14T00:00");
        await Button(page, "Publish").ClickAsync(new());

        Assert.Equal("Version 2 comes into force at Mon 14 Jan, 00:00.", Words(page.Find("[role=status]")));
        Assert.Equal(1, _database.Get<PolicyStore>().Current.Version);
        Assert.Contains("From Mon 14 Jan, 00:00", Words(page.Find("#versions ~ .table-frame tbody tr")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_begun_and_its_first_version_published()
    {
        var page = await DrawAsync<PolicyPage>(Root);
        await Button(page, "New plan").ClickAsync(new());
        await page.Find("#plan-name").ChangeAsync("standard");
        await page.Find("form[aria-label='New plan']").SubmitAsync();
        Assert.Equal("There is a plan named “Standard” already.", Words(page.Find("#plan-name-error")));
        await page.Find("#plan-name").ChangeAsync("Gold");
        await page.Find("form[aria-label='New plan']").SubmitAsync();
        Assert.EndsWith("admin/policy?plan=Gold", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        var gold = await DrawAsync<PolicyPage>(Root);
        await Length(gold, "First response").ChangeAsync("2 h");
        await Button(gold, "Review changes").ClickAsync(new());
        await Button(gold, "Publish").ClickAsync(new());
        Assert.Equal("Version 1 is in force.", Words(gold.Find("[role=status]")));
        Assert.Equal(new PolicyReference("Gold", 1), (await _database.Get<PolicyStore>().CurrentAsync("Gold")).Reference);
        Assert.Equal(1, _database.Get<PolicyStore>().Current.Version);
    }

    [Fact]
    public async Task A_manager_sees_what_a_move_does_and_moves_with_a_reason()
    {
        await _database.Get<TicketDesk>().OpenAsync(new Actor("casey", Role.Customer), new IncomingRequest("Printer on fire", "It burns.", Channel.Portal));
        _database.Clock.Advance(TimeSpan.FromHours(4));
        await _database.Get<PolicyStore>().PublishAsync(Root, Within(3));
        var page = await DrawAsync<MovesPage>(new Actor("max", Role.Manager));
        Assert.True(Button(page, "Move open requests").HasAttribute("disabled"));
        await Button(page, "Preview effect").ClickAsync(new());
        page.WaitForElement("table");
        Assert.Contains("It concerns one open request. On 1 of them a clock changes; one clock is breached at once.", Words(page.Find("form")), StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Say why; it is written into the audit log.", Words(page.Find("#reason-error"))));
        await page.Find("#reason").ChangeAsync("The customers agreed.");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("one open request moved to version 2.", Words(page.Find("[role=status]")), ignoreCase: true));
    }

    [Fact]
    public async Task A_calendar_is_refused_at_its_fields_filled_from_a_file_and_published()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("admin/calendars?edit=Business");
        var page = await DrawAsync<CalendarsPage>(Root);
        await page.Find("#hours-monday").ChangeAsync("25:00-26:00");
        await page.Find("#timeZone").ChangeAsync("Moon/Base");
        await page.Find("form").SubmitAsync();
        Assert.NotEmpty(Words(page.Find("#hours-monday-error")));
        Assert.NotEmpty(Words(page.Find("#timeZone-error")));
        Assert.Equal("25:00-26:00", page.Find("#hours-monday").GetAttribute("value"));
        await page.Find("#hours-monday").ChangeAsync("09:00 – 12:00, 13:00-17:00");
        await page.Find("#timeZone").ChangeAsync("Europe/Berlin");

        Upload(page, "hello");
        page.WaitForAssertion(() => Assert.StartsWith("This is not an iCalendar file", Words(page.Find("#import-error")), StringComparison.Ordinal));
        Upload(page, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        page.WaitForAssertion(() => Assert.Contains("3 days to add.", Words(page.Find(".import")), StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".holiday"));
        await Button(page, "Add these 3 days").ClickAsync(new());
        Assert.Equal(["2030-12-25", "2031-12-25", "2032-12-25"], page.FindAll(".holiday input[type=date]").Select(date => date.GetAttribute("value")));

        await Button(page, "Preview effect").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("It concerns no open request.", page.Markup, StringComparison.Ordinal));
        await page.Find("form").SubmitAsync();
        var business = _database.Get<PolicyStore>().Catalogue.Calendars["Business"].Spec;
        Assert.Equal(("Europe/Berlin", 3), (business.TimeZone, business.Holidays.Length));
        Assert.Equal(["09:00-12:00", "13:00-17:00"], business.Hours["monday"]);
    }

    private static void Upload(IRenderedComponent<IComponent> page, string text) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "holidays.ics"));

    private async Task<IRenderedComponent<TPage>> DrawAsync<TPage>(Actor by) where TPage : IComponent
    {
        var who = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, by.Id), new Claim(ClaimTypes.Role, by.Role.ToString())], "test");
        var page = Render<TPage>(parameters => parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(who)))));
        page.WaitForState(() => page.FindAll("[aria-busy=true]").Count == 0, TimeSpan.FromSeconds(20));
        await Task.Yield();
        return page;
    }

    private static IElement Length(IRenderedComponent<PolicyPage> page, string promise) => page.FindAll($"input[aria-label='{promise}: within']")[2];

    private static IElement Button(IRenderedComponent<IComponent> page, string name) => page.FindAll("button").Single(button => Words(button) == name);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A browser of whom one can ask the zone only, and which names none.</summary>
    private sealed class UtcBrowser : IJSRuntime, IJSObjectReference
    {
        public ValueTask<IJSObjectReference> InvokeConstructorAsync(string identifier, object?[]? args) => ValueTask.FromResult<IJSObjectReference>(this);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            ValueTask.FromResult(System.Text.Json.JsonSerializer.Deserialize<TValue>("{}")!);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
