using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Tests.Support;
using SupportPortal.Tests.Web.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class CountdownTests(Support.Browser browser) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private PortalServer _server = null!;
    private IPage _page = null!;

    /// <summary>A public page in a browser whose own clock, stopped, is years behind the server's.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = new PortalServer(_clock);
        _page = await browser.NewPageAsync(_server.StartOnKestrel());
        await _page.Clock.InstallAsync(new() { Time = "2021-03-04T05:06:07Z" });
        await _page.Clock.PauseAtAsync("2021-03-04T05:06:08Z");
        await _page.GotoAsync("/not-found");
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.DisposeAsync();
        await _server.DisposeAsync();
    }

    private ILocator Countdown => _page.GetByRole(AriaRole.Timer);

    [Fact]
    public async Task It_ticks_off_the_servers_time_though_the_visitors_clock_is_wrong()
    {
        await ShowAsync(TimeSpan.FromMinutes(9));
        await Expect(Countdown).ToHaveTextAsync("First response due in 9:00");
        await RunAsync(TimeSpan.FromSeconds(2.1));
        await Expect(Countdown).ToHaveTextAsync("First response due in 8:58");
    }

    [Fact]
    public async Task It_turns_from_calm_to_overdue_without_the_server()
    {
        await ShowAsync(TimeSpan.FromHours(4));
        var requests = 0;
        _page.Request += (_, _) => requests++;

        foreach (var (after, words, urgency) in new[]
        {
            (0, "First response due in 4 h 0 min", "calm"),
            (2 * 60, "First response due in 2 h 0 min", "soon"),
            (60, "First response due in 1 h 0 min", "urgent"),
            (63, "First response overdue by 3 min", "overdue"),
        })
        {
            await RunAsync(TimeSpan.FromMinutes(after));
            await Expect(Countdown).ToHaveTextAsync(words);
            await Expect(_page.Locator($"sla-countdown:state({urgency})")).ToHaveCountAsync(1);
        }

        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task It_follows_its_attributes()
    {
        await ShowAsync(TimeSpan.FromHours(4));
        await Countdown.EvaluateAsync("(timer, due) => timer.setAttribute('due', due)", Iso(TimeSpan.FromMinutes(30)));
        await Expect(Countdown).ToHaveTextAsync("First response due in 30 min");
        await Countdown.EvaluateAsync("timer => timer.setAttribute('state', 'paused')");
        await Expect(Countdown).ToHaveTextAsync("First response paused");
    }

    [Fact]
    public async Task After_a_sleep_it_asks_the_server_what_time_it_is()
    {
        await ShowAsync(TimeSpan.FromMinutes(240.5));
        _clock.Advance(TimeSpan.FromHours(3));
        await _page.Clock.SetSystemTimeAsync("2021-03-04T08:06:08Z"); // The monotonic clock stood still, the wall clock did not.
        await RunAsync(TimeSpan.FromSeconds(1.1));
        await Expect(Countdown).ToHaveTextAsync("First response due in 1 h 0 min");
    }

    [Fact]
    public async Task A_visitor_who_sets_the_clock_changes_nothing()
    {
        await ShowAsync(TimeSpan.FromMinutes(240.5));
        var asked = _page.WaitForResponseAsync(response => response.Url.EndsWith("/health/live", StringComparison.Ordinal));
        await _page.Clock.SetSystemTimeAsync("2021-03-04T08:06:08Z");
        await RunAsync(TimeSpan.FromSeconds(1.1));
        await asked;
        await Expect(Countdown).ToHaveTextAsync("First response due in 4 h 0 min");
    }

    [Fact]
    public async Task The_browser_and_the_server_say_the_same_words()
    {
        foreach (var row in DueWordsTests.Rows)
        {
            var (seconds, words) = row.Data;
            Assert.Equal(words, await _page.EvaluateAsync<string>("async ms => (await import('/sla-countdown.js')).leftInWords(ms)", seconds * 1000));
        }
    }

    private async Task ShowAsync(TimeSpan left) => await _page.EvaluateAsync(
        """
        ([due, since]) => {
            const timer = document.createElement("sla-countdown");
            for (const [name, value] of Object.entries({ due, since, prefix: "First response" })) timer.setAttribute(name, value);
            document.body.append(timer);
        }
        """,
        new[] { Iso(left), Iso(TimeSpan.Zero) });

    // FastForward fires each timer once at most, as a throttled tab does; RunFor is the open tab.
    private Task RunAsync(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? _page.Clock.RunForAsync((long)time.TotalMilliseconds) : _page.Clock.FastForwardAsync((long)time.TotalMilliseconds);

    private string Iso(TimeSpan left) => (_clock.GetUtcNow() + left).UtcDateTime.ToString("O");
}
