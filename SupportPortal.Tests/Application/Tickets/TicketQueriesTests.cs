using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class TicketQueriesTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_list_shows_its_reader_their_own_their_organisations_or_all(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.OpenAsync("Casey's", Casey);
        await desk.OpenAsync("Cora's", Cora);
        await desk.OpenAsync("Stranger's", Stranger);
        await desk.OpenAsync("Nobody's", new Actor("visitor", Role.Customer));

        Assert.Equal(["Casey's", "Cora's"], await SeenByAsync(Casey));
        Assert.Equal(["Casey's"], await SeenByAsync(Casey with { SeesOrganisation = false }));
        Assert.Equal(["Stranger's"], await SeenByAsync(Stranger));
        Assert.Equal(["Nobody's"], await SeenByAsync(new Actor("visitor", Role.Customer)));
        Assert.Equal(["Casey's", "Cora's", "Stranger's", "Nobody's"], await SeenByAsync(Ada));

        async Task<IEnumerable<string>> SeenByAsync(Actor actor) =>
            (await desk.Queries.ListAsync(actor, new TicketFilter { Order = TicketOrder.Oldest }, null, 50)).Items.Select(t => t.Subject);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Clocks_are_those_of_the_version_that_is_listed_however_often_it_was_listed_before(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await using var other = await desk.OpenAgainAsync();
        var opened = await desk.OpenAsync();
        Assert.Equal([SlaClockState.Running], await ListedAsync());
        Assert.Equal([SlaClockState.Running], await ListedAsync());

        await other.ReplyAsync(Ada, opened, "Another server answers.");
        Assert.Equal([SlaClockState.Met], await ListedAsync());
        await other.ActAsync(Casey, opened, ticket => ticket.RequestStatus(Casey));
        Assert.Equal([SlaClockState.Met, SlaClockState.Running], await ListedAsync());
        Assert.Equal([SlaClockState.Met, SlaClockState.Running], (await desk.Queries.FindAsync(Ada, opened.Ticket.Id))!.Clocks.Select(c => c.State));

        async Task<IEnumerable<SlaClockState>> ListedAsync() =>
            Assert.Single((await desk.Queries.ListWithClocksAsync(Ada, new TicketFilter(), null, 50)).Items).Clocks.Select(c => c.State);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_row_and_its_clocks_never_say_two_things_when_a_change_comes_between_them(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        var read = Assert.Single((await desk.Queries.ListAsync(Ada, new TicketFilter(), null, 50)).Items);
        await desk.ReplyAsync(Ada, opened, "Between the two.");

        await using var db = await desk.Database.OpenAsync();
        var clocks = desk.Database.Get<TicketClocks>();
        var listed = Assert.Single(await clocks.OfAsync(db, [read], CancellationToken.None));
        Assert.Equal((2, SlaClockState.Met), (listed.Row.Version, Assert.Single(listed.Clocks).State));
        Assert.Null(await clocks.OfAsync(db, read, CancellationToken.None));
    }

    public static TheoryData<DatabaseProvider, TicketOrder> Orders { get; } = new MatrixTheoryData<DatabaseProvider, TicketOrder>(
        [DatabaseProvider.Sqlite, DatabaseProvider.Postgres], Enum.GetValues<TicketOrder>());

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Pages_are_complete_in_order_and_stable_among_equal_keys_and_changes(DatabaseProvider provider, TicketOrder order)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        for (var i = 0; i < 23; i++)
        {
            if (i % 3 == 0) desk.Database.Clock.Advance(TimeSpan.FromMinutes(1)); // Most share their instant with others.
            var opened = await desk.OpenAsync($"No. {i}");
            if (i % 2 == 0) await desk.ActAsync(Ada, opened, ticket => ticket.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Done.")));
        }

        var filter = new TicketFilter { Order = order };
        var whole = (await desk.Queries.ListAsync(Ada, filter, null, 100)).Items.Select(t => t.Id).ToList();
        var paged = new List<long>();
        ListCursor? after = null;
        do
        {
            var page = await desk.Queries.ListWithClocksAsync(Ada, filter, after, 4);
            paged.AddRange(page.Items.Select(t => t.Row.Id));
            Assert.All(page.Items, t => Assert.NotEmpty(t.Clocks));
            after = page.Next is null ? null : ListCursor.TryParse(page.Next.ToString(), out var read) ? read : null;
        }
        while (after is not null);

        Assert.Equal(23, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Words_are_found_as_they_are_written_whatever_their_case(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.OpenAsync("Export at 100% of_all");
        await desk.OpenAsync("export at 1000 ofXall \\o/");
        Assert.Equal(["Export at 100% of_all"], await FoundAsync("100%"));
        Assert.Equal(["Export at 100% of_all"], await FoundAsync("OF_ALL"));
        Assert.Equal(["export at 1000 ofXall \\o/"], await FoundAsync("\\o/"));
        Assert.Equal(["export at 1000 ofXall \\o/"], await FoundAsync("sup-10002"));
        Assert.Equal(2, (await FoundAsync("EXPORT")).Count());

        async Task<IEnumerable<string>> FoundAsync(string text) => (await desk.Queries.ListAsync(Ada, new TicketFilter { Text = text }, null, 50)).Items.Select(t => t.Subject);
    }
}
