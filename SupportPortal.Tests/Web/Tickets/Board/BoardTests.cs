using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Board;
using BoardPage = SupportPortal.Web.Tickets.Board.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class BoardTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private readonly PortalServer _server = new();
    private Actor _casey = Actor.System;
    private Actor _ada = Actor.System;

    public async ValueTask InitializeAsync()
    {
        _casey = (await _server.AddPersonAsync(Role.Customer)).ToActor();
        _ada = (await _server.AddPersonAsync(Role.Agent)).ToActor();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_change_within_a_lane_draws_that_lane_and_no_other()
    {
        var (first, second) = (await OpenAsync("First"), await OpenAsync("Second"));
        var board = await DrawAsync(2);
        await board.WaitForAssertionAsync(() => Assert.Equal([first, second], Cards(board)));
        var lanes = LaneRenders(board);

        await ActAsync(first, (ticket, _) => ticket.Reply(_ada, TicketDesk.Seal("We look.")));

        // Its next due instant went, and with it its place.
        await board.WaitForAssertionAsync(() => Assert.Equal([second, first], Cards(board)));
        Assert.Equal([lanes[0] + 1, lanes[1], lanes[2], lanes[3]], LaneRenders(board));
    }

    [Fact]
    public async Task A_change_of_lane_draws_the_counts_above_too()
    {
        var only = await OpenAsync("Only");
        var board = await DrawAsync(1);
        await board.WaitForAssertionAsync(() => Assert.Equal(["1", "0", "0", "0"], Switch(board)));

        await ActAsync(only, (ticket, now) => ticket.Grade(_ada, Severity.Critical, TicketDesk.Seal("Down."), null, now));

        await board.WaitForAssertionAsync(() => Assert.Equal(["0", "1", "0", "0"], Switch(board)));
        Assert.Equal(only, Assert.Single(Cards(board)));
    }

    [Fact]
    public async Task Who_else_looks_at_a_ticket_stands_on_its_card_and_draws_its_lane_alone()
    {
        var (first, second) = (await OpenAsync("First"), await OpenAsync("Second"));
        var bob = await _server.AddPersonAsync(Role.Agent, name: "Bob Beside");
        using var own = _server.Get<Presence>().Enter(first, _ada.Id);
        var board = await DrawAsync(2);
        await board.WaitForAssertionAsync(() => Assert.Equal([first, second], Cards(board)));
        var lanes = LaneRenders(board);

        var visit = _server.Get<Presence>().Enter(second, bob.Id);
        await board.WaitForAssertionAsync(() => Assert.Equal($"Bob Beside looking at SUP-{second}", board.Find(".ticket-onlookers").TextContent.Trim()));
        Assert.Single(board.FindAll(".ticket-onlookers"));
        Assert.Equal([lanes[0] + 1, lanes[1], lanes[2], lanes[3]], LaneRenders(board));
        visit.Dispose();
        await board.WaitForAssertionAsync(() => Assert.Empty(board.FindAll(".ticket-onlookers")));
    }

    [Fact]
    public async Task While_open_tickets_are_read_it_says_that_it_is_loading_and_then_shows_them()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await database.Get<PolicyStore>().LoadAsync();
        Assert.IsType<DeskAnswer.Done>(await database.Get<TicketDesk>().OpenAsync(_casey, new IncomingRequest("Slow", "Very slow.", Channel.Portal)));
        var reading = database.Get<OpenTickets>();

        var board = Draw(reading);
        Assert.Equal("The board is loading", board.Find("[aria-busy]").GetAttribute("aria-label"));
        await reading.StartAsync(Xunit.TestContext.Current.CancellationToken);
        await board.WaitForAssertionAsync(() => Assert.Single(Cards(board)));
        await reading.StopAsync(Xunit.TestContext.Current.CancellationToken);
    }

    private async Task<IRenderedComponent<BoardPage>> DrawAsync(int open)
    {
        while (_server.Get<OpenTickets>().Snapshot.Count < open)
        {
            using var watch = _server.Get<OpenTickets>().Watch();
            if (_server.Get<OpenTickets>().Snapshot.Count >= open) break;
            await foreach (var _ in watch.BatchesAsync(Xunit.TestContext.Current.CancellationToken)) break;
        }

        return Draw(_server.Get<OpenTickets>());
    }

    private IRenderedComponent<BoardPage> Draw(OpenTickets tickets)
    {
        Services.AddSingleton(tickets).AddSingleton<OpenViews>().AddSingleton<FilterChoices>().AddSingleton(TimeProvider.System);
        Services.AddSingleton(_server.Get<CardFaces>()).AddSingleton(_server.Get<PeopleDirectory>()).AddSingleton(_server.Get<Presence>());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<BoardPage>(board => board.AddCascadingValue(SignedIn()));
    }

    private Task<AuthenticationState> SignedIn() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, _ada.Id), new Claim(ClaimTypes.Role, _ada.Role.ToString())], "test"))));

    private async Task<long> OpenAsync(string subject) =>
        Assert.IsType<DeskAnswer.Done>(await _server.Get<TicketDesk>().OpenAsync(_casey, new IncomingRequest(subject, "It does not work.", Channel.Portal))).History.Ticket.Id;

    private async Task ActAsync(long ticket, Func<Ticket, NodaTime.Instant, Decision> decide) =>
        Assert.IsType<DeskAnswer.Done>(await _server.Get<TicketDesk>().ActAsync(_ada, ticket, decide));

    private static IEnumerable<long> Cards(IRenderedComponent<BoardPage> board) =>
        board.FindAll("article").Select(card => long.Parse(card.Id!["ticket-".Length..], System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<string> Switch(IRenderedComponent<BoardPage> board) => board.FindAll(".lane-switch .number").Select(number => number.TextContent);

    private static int[] LaneRenders(IRenderedComponent<BoardPage> board) => [.. board.FindComponents<LaneCards>().Select(lane => lane.RenderCount)];
}
