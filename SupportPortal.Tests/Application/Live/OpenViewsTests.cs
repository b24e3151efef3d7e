using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Live;

public sealed class OpenViewsTests(PrivatePostgres postgres) : IAsyncLifetime
{
    private static readonly OpenFilter WithinFourHours = new() { DueWithin = Duration.FromHours(4) };

    private readonly CancellationTokenSource _patience = new();
    private SomeDesk _desk = null!;

    private OpenTickets Open => _desk.Database.Get<OpenTickets>();

    private OpenViews Views => _desk.Database.Get<OpenViews>();

    public async ValueTask InitializeAsync()
    {
        _desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await Open.StartAsync(CancellationToken.None);
        _patience.CancelAfter(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await Open.StopAsync(CancellationToken.None);
        await _desk.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task It_holds_what_fits_and_lets_go_of_what_fits_no_longer()
    {
        var first = await _desk.OpenAsync("There already");
        using var watch = await WatchAsync(new OpenFilter { Unassigned = true }, 1);
        await using var batches = watch.BatchesAsync(_patience.Token).GetAsyncEnumerator();

        var second = await _desk.OpenAsync("New");
        Assert.Equal([(second.Ticket.Id, true)], await NextAsync(batches));
        Assert.Equal([first.Ticket.Id, second.Ticket.Id], Ids(watch));

        await _desk.ActAsync(Ada, first, ticket => ticket.Take(Ada));
        Assert.Equal([(first.Ticket.Id, false)], await NextAsync(batches));
        Assert.Equal([second.Ticket.Id], Ids(watch));
    }

    [Fact]
    public async Task What_does_not_fit_wakes_nobody()
    {
        using var watch = await WatchAsync(new OpenFilter { AssigneeId = Ada.Id }, 0);
        await using var batches = watch.BatchesAsync(_patience.Token).GetAsyncEnumerator();

        await _desk.OpenAsync("Nobody's");
        var mine = await _desk.OpenAsync("To be Ada's");
        await _desk.ActAsync(Ada, mine, ticket => ticket.Take(Ada));

        Assert.Equal([(mine.Ticket.Id, true)], await NextAsync(batches));
    }

    [Fact]
    public async Task Equal_filters_share_one_view_and_it_goes_with_the_last_who_watches()
    {
        await _desk.OpenAsync();
        var here = await WatchAsync(new OpenFilter { OrganisationId = Casey.OrganisationId }, 1);
        var there = await WatchAsync(new OpenFilter { OrganisationId = Casey.OrganisationId }, 1);
        using var everything = Views.Watch(OpenFilter.Everything);

        Assert.Equal(1, Views.Count);
        Assert.Same(here.Open.Part(BoardLane.Triage, 0, 30), there.Open.Part(BoardLane.Triage, 0, 30));

        here.Dispose();
        here.Dispose();
        Assert.Equal(1, Views.Count);
        there.Dispose();
        Assert.Equal(0, Views.Count);
        Assert.Equal(1, Open.Watches);
    }

    [Fact]
    public async Task What_comes_to_be_due_within_the_time_enters_by_itself_on_the_very_instant()
    {
        var opened = await _desk.OpenAsync(); // Its first response is due in 24 hours.
        using var watch = await WatchAsync(WithinFourHours, 0);
        await using var batches = watch.BatchesAsync(_patience.Token).GetAsyncEnumerator();

        _desk.Database.Clock.Advance(TimeSpan.FromHours(20) - TimeSpan.FromSeconds(1));
        Assert.Empty(Ids(watch));
        _desk.Database.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([(opened.Ticket.Id, true)], await NextAsync(batches));
        Assert.Equal([opened.Ticket.Id], Ids(watch));
        _desk.Database.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal([opened.Ticket.Id], Ids(watch)); // Overdue, and so still within.
    }

    [Fact]
    public async Task A_change_that_brings_the_due_instant_near_enters_and_one_that_takes_it_away_leaves()
    {
        var opened = await _desk.OpenAsync();
        using var watch = await WatchAsync(WithinFourHours with { OrganisationId = Casey.OrganisationId }, 0);
        await using var batches = watch.BatchesAsync(_patience.Token).GetAsyncEnumerator();
        Assert.Equal(2, Views.Count); // What is due is looked for in what fits at any time.

        await _desk.GradeAsync(Ada, opened, Severity.Critical); // Due in an hour.
        Assert.Equal([(opened.Ticket.Id, true)], await NextAsync(batches));
        await _desk.GradeAsync(Ada, opened, Severity.High); // Due in six.
        Assert.Equal([(opened.Ticket.Id, false)], await NextAsync(batches));

        _desk.Database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([(opened.Ticket.Id, true)], await NextAsync(batches));
    }

    [Fact]
    public async Task Nothing_fits_what_there_is_not()
    {
        await _desk.OpenAsync();
        using var watch = await WatchAsync(OpenFilter.Nothing, 0);
        Assert.Empty(Ids(watch));
    }

    /// <summary>Watches when everything that was written has been read.</summary>
    private async Task<TicketWatch> WatchAsync(OpenFilter filter, int fit)
    {
        using (var all = Open.Watch())
        {
            await all.Loaded.WaitAsync(_patience.Token);
            await using var db = await _desk.Database.OpenAsync();
            var written = db.Set<SupportPortal.Application.Tickets.TicketRow>().Count();
            if (all.Open.Count < written)
            {
                await foreach (var _ in all.BatchesAsync(_patience.Token))
                {
                    if (all.Open.Count >= written) break;
                }
            }
        }

        var watch = Views.Watch(filter);
        await watch.Loaded.WaitAsync(_patience.Token);
        Assert.Equal(fit, watch.Open.Count);
        return watch;
    }

    private static async Task<IReadOnlyList<(long Id, bool Fits)>> NextAsync(IAsyncEnumerator<IReadOnlyList<SupportPortal.Application.Tickets.TicketRow>> batches)
    {
        Assert.True(await batches.MoveNextAsync());
        return [.. batches.Current.Select(row => (row.Id, row.IsOpen))];
    }

    private static IEnumerable<long> Ids(TicketWatch watch) => watch.Open.All.Select(row => row.Id).Order();
}
