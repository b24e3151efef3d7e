using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Browser;

/// <summary>A portal with two agents and a customer, in front of whom browsers can be put. Its clock stands still until moved.</summary>
internal sealed class DeskScene : IAsyncDisposable
{
    private readonly Support.Browser _browser;
    private readonly PortalServer _server;
    private readonly List<IPage> _pages = [];

    private DeskScene(Support.Browser browser, PortalServer server, FakeTimeProvider clock) => (_browser, _server, Clock) = (browser, server, clock);

    public FakeTimeProvider Clock { get; }

    public required PortalUser Ada { get; init; }

    public required PortalUser Bob { get; init; }

    public required PortalUser Casey { get; init; }

    private Uri Address { get; init; } = null!;

    public static async Task<DeskScene> MakeAsync(Support.Browser browser)
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        var server = new PortalServer(clock);
        var address = server.StartOnKestrel();
        return new DeskScene(browser, server, clock)
        {
            Address = address,
            Ada = await server.AddPersonAsync(Role.Agent, name: "Ada Agent"),
            Bob = await server.AddPersonAsync(Role.Agent, name: "Bob Beside"),
            Casey = await server.AddPersonAsync(Role.Customer, name: "Casey Customer", organisation: "Northwind Traders"),
        };
    }

    /// <summary>Casey reports something.</summary>
    public async Task<TicketNumber> ReportAsync(string subject, Impact? impact = null, string? service = null)
    {
        var request = new IncomingRequest(subject, "It does not work.", Channel.Portal) { Impact = impact, Service = service };
        var answer = await _server.Get<TicketDesk>().OpenAsync(Casey.ToActor(), request);
        return new TicketNumber(Assert.IsType<DeskAnswer.Done>(answer).History.Ticket.Id);
    }

    /// <summary>Somebody acts without a browser.</summary>
    public async Task<TicketHistory> ActAsync(PortalUser who, TicketNumber number, Func<Ticket, Instant, Decision> decide) =>
        Assert.IsType<DeskAnswer.Done>(await _server.Get<TicketDesk>().ActAsync(who.ToActor(), number.Id, decide)).History;

    public async Task<TicketHistory> HistoryAsync(TicketNumber number) =>
        (await _server.Get<TicketDesk>().FindAsync(Ada.ToActor(), number.Id))!;

    /// <summary>A browser of this person's, signed in, at a path.</summary>
    public async Task<IPage> OpenAsync(PortalUser who, string path, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _browser.SignInAsync(Address, who.Email!, path, width, scheme);
        _pages.Add(page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages) await page.Context.DisposeAsync();
        await _server.DisposeAsync();
    }
}
