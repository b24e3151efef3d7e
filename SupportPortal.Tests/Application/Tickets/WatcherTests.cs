using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

/// <summary>Whoever watches a ticket sees it, by every way to it; whoever does no longer, does not.</summary>
public sealed class WatcherTests(PrivatePostgres postgres)
{
    private static readonly Actor OwnOnly = Cora with { SeesOrganisation = false };

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_ticket_is_seen_while_it_is_watched_and_only_then(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync("Casey's");
        await desk.OpenAsync("Another");
        foreach (var who in new[] { OwnOnly, Stranger })
        {
            Assert.Equal((false, 0), await SeenAsync(desk, who, opened));
            await desk.ActAsync(Ada, opened, ticket => ticket.AddFollower(Ada, who, TicketDesk.Seal("somebody@test.example")));
            Assert.Equal((true, 5), await SeenAsync(desk, who, opened));
            Assert.Equal(["Casey's"], (await desk.Queries.ListAsync(who, new TicketFilter(), null, 50)).Items.Select(row => row.Subject));
            Assert.Empty(await desk.DifferencesAsync());

            await desk.ActAsync(who, opened, ticket => ticket.RemoveWatcher(who, who.Id));
            Assert.Equal((false, 0), await SeenAsync(desk, who, opened));
            Assert.IsType<DeskAnswer.NotFound>(await desk.Desk.ActAsync(who, opened.Ticket.Id, (ticket, _) => ticket.Watch(who)));
            Assert.Empty(await desk.DifferencesAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_comes_with_who_watches(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (one, two) = (await desk.OpenAsync(), await desk.OpenAsync());
        await desk.ActAsync(Ada, one, ticket => ticket.Watch(Ada));
        await desk.ActAsync(Max, one, ticket => ticket.Watch(Max));
        await using var db = await desk.Database.OpenAsync();
        var rows = await db.WithWatchersAsync(await db.Set<TicketRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(), CancellationToken.None);
        Assert.Equal([(one.Ticket.Id, "ada max"), (two.Ticket.Id, "")], rows.Select(row => (row.Id, string.Join(' ', row.Watchers))));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_leaves_watches_only_what_they_see_anyway(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (northwinds, contosos) = (await desk.OpenAsync("Northwind's"), await desk.OpenAsync("Contoso's", Stranger));
        foreach (var ticket in new[] { northwinds, contosos }) await desk.ActAsync(Ada, ticket, t => t.Watch(Ada));
        var leaves = desk.Database.Get<FollowersWhoLeave>();

        await leaves.EndWatchesAsync(Ada.Id, Ada with { Role = Role.Manager });
        Assert.Equal((true, true), await WatchesAsync());
        await leaves.EndWatchesAsync(Ada.Id, new Actor(Ada.Id, Role.Customer, Stranger.OrganisationId));
        Assert.Equal((false, true), await WatchesAsync());
        await leaves.EndWatchesAsync(Ada.Id, null);
        Assert.Equal((false, false), await WatchesAsync());
        Assert.Empty(await desk.DifferencesAsync());

        async Task<(bool, bool)> WatchesAsync() =>
            ((await desk.Desk.FindAsync(Ada, northwinds.Ticket.Id))!.Ticket.IsWatchedBy(Ada.Id), (await desk.Desk.FindAsync(Ada, contosos.Ticket.Id))!.Ticket.IsWatchedBy(Ada.Id));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_people_who_begin_to_watch_at_once_both_do(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        var people = Enumerable.Range(0, 12).Select(i => new Actor($"agent{i}", Role.Agent)).ToList();
        await Task.WhenAll(people.Select(person => desk.ActAsync(person, opened, ticket => ticket.Watch(person))));
        await using var db = await desk.Database.OpenAsync();
        Assert.Equal(12, await db.Set<WatcherRow>().CountAsync());
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [InlineData("DELETE FROM \"Watchers\"", "row: Watchers is [], and follows from the events as [max]")]
    [InlineData("INSERT INTO \"Watchers\" (\"TicketId\", \"PersonId\") VALUES (10001, 'eve')", "row: Watchers is [eve, max], and follows from the events as [max]")]
    [InlineData("INSERT INTO \"Watchers\" (\"TicketId\", \"PersonId\") VALUES (777, 'eve')", "SUP-777: is stored, though its number was never given out")]
    public async Task A_watcher_added_or_removed_past_the_store_is_found(string tampering, string difference)
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.ActAsync(Max, await desk.OpenAsync(), ticket => ticket.Watch(Max));
        Assert.Empty(await desk.DifferencesAsync());
        await desk.TamperAsync(tampering);
        Assert.EndsWith(difference, Assert.Single(await desk.DifferencesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customers_list_is_found_by_indexes()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var db = await desk.Database.OpenAsync();
        foreach (var who in new[] { Casey, OwnOnly })
        {
            var list = who.Sees(db.Set<TicketRow>(), db.WatchedBy(who)).OrderByDescending(row => row.ReportedAt).ThenByDescending(row => row.Id).Take(26);
            var plan = await PlanAsync(db, list);
            Assert.Contains(plan, step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.EndsWith("USING INTEGER PRIMARY KEY (rowid=?)", StringComparison.Ordinal));
            Assert.Contains(plan, step => step.Contains("IX_Watchers_PersonId", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_a_customer_sees_is_gathered_before_tickets_are_read(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var db = await desk.Database.OpenAsync();
        var sql = Casey.Sees(db.Set<TicketRow>(), db.WatchedBy(Casey)).OrderByDescending(row => row.ReportedAt).Take(26).ToQueryString();
        Assert.Contains(" IN (", sql, StringComparison.Ordinal);
        Assert.DoesNotContain(" OR ", sql, StringComparison.Ordinal); // PostgreSQL finds no index for it beside a query inside.
        Assert.DoesNotContain("EXISTS", sql, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(PortalDb db, IQueryable<TicketRow> list)
    {
        await using var command = list.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return steps;
    }

    /// <summary>Whether each way to the ticket shows it, and how many of them.</summary>
    private static async Task<(bool All, int Ways)> SeenAsync(SomeDesk desk, Actor actor, TicketHistory history)
    {
        var (id, get) = (history.Ticket.Id, desk.Database);
        bool[] ways =
        [
            await desk.Desk.FindAsync(actor, id) is not null,
            await desk.Queries.FindAsync(actor, id) is not null,
            await get.Get<TicketReader>().FindAsync(actor, id) is not null,
            await get.Get<TicketReader>().EventsAsync(actor, id, 0, 10) is not null,
            await get.Get<HistoryCache>().FindAsync(actor, id) is not null,
        ];
        return (ways.All(seen => seen), ways.Count(seen => seen));
    }
}
