using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Live;

public sealed class OpenTicketsTests(PrivatePostgres postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_reaches_every_watcher_once(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        using var live = await ServeAsync(desk);
        using var first = live.Open.Watch();
        using var second = live.Open.Watch();
        await using var one = new Batches(first);
        await using var other = new Batches(second);

        var opened = await desk.OpenAsync();
        Assert.Equal([(opened.Ticket.Id, 1)], await one.NextAsync());
        Assert.Equal([(opened.Ticket.Id, 1)], await other.NextAsync());
        await desk.ReplyAsync(Ada, opened, "Out.");
        Assert.Equal([(opened.Ticket.Id, 2)], await one.NextAsync());
        Assert.Equal([(opened.Ticket.Id, 2)], await other.NextAsync());
        Assert.Equal(2, live.Open.Snapshot.Find(opened.Ticket.Id)!.Version);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_another_process_wrote_is_caught_up(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var before = await other.OpenAsync("Before the start");
        using var live = await ServeAsync(desk);
        using var watch = live.Open.Watch();
        await using var batches = new Batches(watch);
        Assert.NotNull(live.Open.Snapshot.Find(before.Ticket.Id));

        var opened = await other.OpenAsync("Elsewhere");
        Assert.Equal([(opened.Ticket.Id, 1)], await batches.NextAsync());
        await other.ActAsync(Ada, opened, ticket => ticket.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Done.")));
        Assert.Equal([(opened.Ticket.Id, 2)], await batches.NextAsync());
        Assert.Null(live.Open.Snapshot.Find(opened.Ticket.Id));
    }

    [Fact]
    public async Task What_is_committed_after_later_events_were_seen_is_caught_up()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Postgres, postgres);
        await using var slow = await desk.OpenAgainAsync();
        await using var quick = await desk.OpenAgainAsync();
        var before = await quick.OpenAsync("Before the start");
        using var live = await ServeAsync(desk);
        using var watch = live.Open.Watch();
        await using var batches = new Batches(watch);

        var (written, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var import = slow.Database.Get<WriteGate>().WriteAsync(async (db, _) =>
        {
            await slow.Database.Get<TicketWriter>().WritePastAsync(db, [.. Enumerable.Range(0, 60).Select(_ => Past(slow))]);
            written.SetResult();
            await commit.Task;
        });
        await written.Task.WaitAsync(Patience);
        await quick.ReplyAsync(Ada, before, "Later, and seen first.");
        Assert.Equal([(before.Ticket.Id, 2)], await batches.NextAsync());
        commit.SetResult();
        await import;
        await batches.UntilAsync(seen => seen.Count == 60);
        Assert.Equal(61, live.Open.Snapshot.Count);
    }

    [Fact]
    public async Task What_changes_while_open_tickets_are_read_reaches_whoever_watches_already()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var before = await desk.OpenAsync("Before the start");
        using var early = desk.Database.Get<OpenTickets>().Watch();
        await using var batches = new Batches(early);
        using var live = new Serving(desk.Database.Get<OpenTickets>());
        var health = new OpenTicketsHealth(live.Open);
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new())).Status);
        await live.Open.StartAsync(CancellationToken.None);
        await desk.ReplyAsync(Ada, before, "While they are read."); // Read already or not: it must come.
        Assert.Equal([(before.Ticket.Id, 2)], await batches.NextAsync());
        await live.Open.Loaded.WaitAsync(Patience);
        Assert.Equal(2, live.Open.Snapshot.Find(before.Ticket.Id)!.Version);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);
    }

    [Fact]
    public async Task A_slow_watcher_gets_the_latest_of_each_ticket_in_one_batch()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        using var live = await ServeAsync(desk);
        using var quick = live.Open.Watch();
        using var slow = live.Open.Watch();
        await using var batches = new Batches(quick);
        var (one, other) = (await desk.OpenAsync("one"), await desk.OpenAsync("two"));
        for (var i = 0; i < 5; i++) await desk.ReplyAsync(Ada, one, $"No. {i}");
        await batches.UntilAsync(seen => seen.Contains((one.Ticket.Id, 6)) && seen.Contains((other.Ticket.Id, 1)));

        await using var late = new Batches(slow);
        Assert.Equal([(one.Ticket.Id, 6), (other.Ticket.Id, 1)], (await late.NextAsync()).Order());
    }

    [Fact]
    public async Task A_watcher_is_woken_by_what_concerns_it_and_by_nothing_else()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var mine = await desk.OpenAsync("Mine");
        using var live = await ServeAsync(desk);
        using var page = live.Open.Watch((_, batch) => batch.Changed.Any(row => row.Id == mine.Ticket.Id));
        using var count = live.Open.Watch((before, batch) => before.Count != batch.Open.Count);
        await using var onPage = new Batches(page);
        await using var counted = new Batches(count);

        var other = await desk.OpenAsync("Not mine");
        Assert.Equal([(other.Ticket.Id, 1)], await counted.NextAsync());
        await desk.ReplyAsync(Ada, mine, "Seen.");
        Assert.Equal([(mine.Ticket.Id, 2)], await onPage.NextAsync());
        var last = await desk.OpenAsync("Nor this");
        Assert.Equal([(last.Ticket.Id, 1)], await counted.NextAsync());
    }

    [Fact]
    public async Task Who_left_is_no_longer_counted_and_gets_nothing()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        using var live = await ServeAsync(desk);
        var leaving = live.Open.Watch();
        using var staying = live.Open.Watch();
        await using var batches = new Batches(staying);
        Assert.Equal(2, live.Open.Watches);
        leaving.Dispose();
        leaving.Dispose();
        Assert.Equal(1, live.Open.Watches);

        await desk.OpenAsync();
        await batches.NextAsync();
        var got = 0;
        await foreach (var _ in leaving.BatchesAsync(CancellationToken.None)) got++;
        Assert.Equal(0, got);
    }

    /// <summary>A ticket with ten events.</summary>
    private static IReadOnlyList<TicketEvent> Past(SomeDesk desk)
    {
        var policies = desk.Database.Get<PolicyStore>();
        var report = new Reported(TicketDesk.Seal("Long ago"), TicketDesk.Seal("It happened."), Casey.Id, Casey.OrganisationId, Channel.Portal, policies.Current.Reference, null, null, null);
        var past = new TicketPast(Casey, report, desk.Database.Clock.Now(), Instant.MaxValue, policies.Catalogue.Version);
        for (var i = 0; i < 9; i++) past.Then(Ada, _ => Ticket.AddNote(Ada, TicketDesk.Seal($"Note {i}")));
        return past.Events;
    }

    private static async Task<Serving> ServeAsync(SomeDesk desk)
    {
        var open = desk.Database.Get<OpenTickets>();
        await open.StartAsync(CancellationToken.None);
        await open.Loaded.WaitAsync(Patience);
        return new Serving(open);
    }

    private sealed record Serving(OpenTickets Open) : IDisposable
    {
        public void Dispose() => Open.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>A watch being read, batch by batch.</summary>
    private sealed class Batches(TicketWatch watch) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _patience = new(Patience);
        private IAsyncEnumerator<IReadOnlyList<TicketRow>>? _batches;

        public async Task<IReadOnlyList<(long Id, int Version)>> NextAsync()
        {
            _batches ??= watch.BatchesAsync(_patience.Token).GetAsyncEnumerator();
            Assert.True(await _batches.MoveNextAsync());
            return [.. _batches.Current.Select(t => (t.Id, t.Version))];
        }

        public async Task UntilAsync(Func<HashSet<(long, int)>, bool> enough)
        {
            var seen = new HashSet<(long, int)>();
            while (!enough(seen)) seen.UnionWith(await NextAsync());
        }

        public async ValueTask DisposeAsync()
        {
            if (_batches is not null) await _batches.DisposeAsync();
            _patience.Dispose();
        }
    }
}
