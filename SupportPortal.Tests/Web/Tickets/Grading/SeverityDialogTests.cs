using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MudBlazor.Services;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets;
using SupportPortal.Web.Tickets.Grading;

namespace SupportPortal.Tests.Web.Tickets.Grading;

public sealed class SeverityDialogTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private static readonly Actor Casey = new("casey", Role.Customer);
    private static readonly Actor Ada = new("ada", Role.Agent);

    private TestDatabase _database = null!;
    private TicketDesk _desk = null!;
    private long _ticket;
    private bool _closed;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
        _desk = _database.Get<TicketDesk>();
        _ticket = Done(await _desk.OpenAsync(Casey, new IncomingRequest("Slow", "Very slow.", Channel.Portal))).Ticket.Id;
        Services.AddSingleton(_desk);
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_database.Clock);
        Services.AddSingleton(new ViewerZone(new UtcBrowser()));
    }

    [Fact]
    public async Task It_shows_the_definitions_and_asks_for_a_reason()
    {
        var dialog = await OpenAsync(Severity.High);
        Assert.Equal(SeverityDefinition.All.Select(d => d.Definition), dialog.FindAll(".choice .hint").Select(hint => hint.TextContent));
        Assert.Equal([false, true, false], dialog.FindAll("input[type=radio]").Select(radio => radio.HasAttribute("checked")));

        await dialog.Find("form").SubmitAsync();

        Assert.Equal("Give the reason; the customer reads it.", dialog.Find("#reason-error").TextContent);
        Assert.Equal("true", dialog.Find("textarea").GetAttribute("aria-invalid"));
        Assert.False(_closed);
    }

    [Fact]
    public async Task The_effect_is_shown_before_and_follows_what_is_chosen()
    {
        var dialog = await OpenAsync(null);
        Assert.Contains("Choose a severity to see it.", Preview(dialog), StringComparison.Ordinal);

        _database.Clock.Advance(TimeSpan.FromMinutes(90));
        await dialog.FindAll("input[type=radio]")[0].ChangeAsync(true);
        Assert.Contains("First response: would be breached since 10:00", Preview(dialog), StringComparison.Ordinal);

        await dialog.Find("input[type=datetime-local]").ChangeAsync("2030-01-07T10:15");
        Assert.Contains("First response: due Tue 8 Jan, 09:00 → 11:15", Preview(dialog), StringComparison.Ordinal);

        await dialog.Find("input[type=datetime-local]").ChangeAsync("2030-01-07T11:15");
        Assert.Equal("The impact cannot begin in the future.", dialog.Find("#since-error").TextContent);
    }

    [Fact]
    public async Task Severity_3_is_confirmed_without_a_reason()
    {
        var dialog = await OpenAsync(Severity.Normal);
        Assert.True(dialog.Find("input[type=datetime-local]").HasAttribute("disabled"));

        await dialog.Find("form").SubmitAsync();

        Assert.True(_closed);
        Assert.IsType<SeverityConfirmed>((await _desk.FindAsync(Ada, _ticket))!.Events[^1].Event.Fact);
    }

    [Fact]
    public async Task What_it_is_now_cannot_be_chosen()
    {
        Done(await _desk.ActAsync(Ada, _ticket, (ticket, now) => ticket.Grade(Ada, Severity.High, TicketDesk.Seal("Bad."), null, now)));
        var dialog = await OpenAsync(null);
        Assert.Equal([false, true, false], dialog.FindAll("input[type=radio]").Select(radio => radio.HasAttribute("disabled")));

        await dialog.Find("form").SubmitAsync();
        Assert.Equal("Choose a severity.", dialog.Find("#severity-error").TextContent);
    }

    [Fact]
    public async Task The_reason_and_the_instant_reach_the_ticket()
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(30));
        var dialog = await OpenAsync(Severity.Critical);
        await dialog.Find("textarea").ChangeAsync(" Down. ");
        await dialog.Find("input[type=datetime-local]").ChangeAsync("2030-01-07T09:20");
        await dialog.Find("form").SubmitAsync();

        var change = Assert.IsType<SeverityChanged>((await _desk.FindAsync(Ada, _ticket))!.Events[^1].Event.Fact);
        Assert.Equal((Severity.Critical, Instant.FromUtc(2030, 1, 7, 9, 20), "Down."), (change.To, change.ImpactSince, change.Reason.Text));
        Assert.Equal("SUP-10001 is now Severity 1 – Critical.", Assert.Single(Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars).Message);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<IRenderedComponent<SeverityDialog>> OpenAsync(Severity? to)
    {
        var signedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, Ada.Id), new Claim(ClaimTypes.Role, Ada.Role.ToString())], "test"))));
        var dialog = Render<SeverityDialog>(d => d
            .AddCascadingValue(signedIn).Add(c => c.TicketId, _ticket).Add(c => c.To, to).Add(c => c.OnClose, () => _closed = true));
        await dialog.WaitForElementAsync("form");
        return dialog;
    }

    private static string Preview(IRenderedComponent<SeverityDialog> dialog) =>
        string.Join(' ', dialog.Find(".grade-preview").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static TicketHistory Done(DeskAnswer answer) => Assert.IsType<DeskAnswer.Done>(answer).History;

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
