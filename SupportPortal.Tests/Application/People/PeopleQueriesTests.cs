using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class PeopleQueriesTests(PrivatePostgres postgres)
{
    private static readonly Actor Root = new("root", Role.Administrator);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task People_are_found_by_every_filter(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        Assert.Equal(["ada", "bob", "casey", "dora", "erin"], await NamesAsync(database, new()));
        Assert.Equal(["ada"], await NamesAsync(database, new() { Text = "ADA A" }));
        Assert.Equal(["casey"], await NamesAsync(database, new() { Text = "CASEY@test" }));
        Assert.Equal(["casey", "dora"], await NamesAsync(database, new() { Role = Role.Customer }));
        Assert.Equal(["casey"], await NamesAsync(database, new() { Organisation = "acme" }));
        Assert.Equal(["dora"], await NamesAsync(database, new() { State = PersonState.Invited }));
        Assert.Equal(["bob"], await NamesAsync(database, new() { State = PersonState.Deactivated }));
        Assert.Equal(["erin"], await NamesAsync(database, new() { State = PersonState.Erased }));
        Assert.Equal(["ada", "casey"], await NamesAsync(database, new() { State = PersonState.Active }));
        foreach (var nobody in (string[])["%", "_", "\\", "a\0b", new string('x', 2000)])
            Assert.Empty(await NamesAsync(database, new() { Text = nobody, Organisation = nobody }));
        Assert.Equal("Acme GmbH", (await PageAsync(database, new() { Text = "casey" }, null)).People.Single().Organisation);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Pages_hold_everybody_once(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        List<string> seen = [];
        string? after = null;
        bool more;
        do
        {
            var (people, hasMore) = await database.Get<PeopleQueries>().ListAsync(Root, new(), after, 2, CancellationToken.None);
            seen.AddRange(people.Select(p => p.Id));
            (after, more) = (people[^1].Id, hasMore);
        }
        while (more);

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(5, (await database.Get<PeopleQueries>().ListAsync(Root, new(), "nobody", 9, CancellationToken.None)).People.Count);
    }

    [Fact]
    public async Task Only_administrators_read_them()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var manager = new Actor("max", Role.Manager);
        var queries = database.Get<PeopleQueries>();
        Assert.Empty((await queries.ListAsync(manager, new(), null, 9, CancellationToken.None)).People);
        var id = (await queries.ListAsync(Root, new(), null, 9, CancellationToken.None)).People[0].Id;
        Assert.NotNull(await queries.FindAsync(Root, id, CancellationToken.None));
        Assert.Null(await queries.FindAsync(manager, id, CancellationToken.None));
        Assert.Null(await queries.FindAsync(Root, "no\0body", CancellationToken.None));
        Assert.Empty((await database.Get<TokenAdministration>().ListAsync(manager, null, null, 9, CancellationToken.None)).Tokens);
        Assert.Null(await database.Get<PortalState>().CountAsync(manager, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Tokens_that_open_something_are_found_by_owner_and_revoked(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (tokens, all) = (database.Get<ApiTokens>(), database.Get<TokenAdministration>());
        var ada = (await database.Get<PeopleDesk>().FindByEmailAsync("ada@test.example"))!;
        var casey = (await database.Get<PeopleDesk>().FindByEmailAsync("casey@test.example"))!;
        await tokens.MakeAsync(ada.Id, "old", database.Clock.Now() + NodaTime.Duration.FromSeconds(1), CancellationToken.None);
        await tokens.MakeAsync(ada.Id, "ci", null, CancellationToken.None);
        await tokens.MakeAsync(casey.Id, "erp", null, CancellationToken.None);
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["erp", "ci"], (await all.ListAsync(Root, null, null, 9, CancellationToken.None)).Tokens.Select(t => t.Token.Name));
        var ci = Assert.Single((await all.ListAsync(Root, "ADA", null, 9, CancellationToken.None)).Tokens);
        Assert.True((await all.ListAsync(Root, null, null, 1, CancellationToken.None)).HasMore);
        Assert.False(await all.RevokeAsync(new Actor("max", Role.Manager), ci.Token, CancellationToken.None));
        Assert.True(await all.RevokeAsync(Root, ci.Token, CancellationToken.None));
        Assert.False(await all.RevokeAsync(Root, ci.Token, CancellationToken.None));
        Assert.Equal(["erp"], (await all.ListAsync(Root, null, null, 9, CancellationToken.None)).Tokens.Select(t => t.Token.Name));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_overview_counts_who_can_get_in_and_who_is_waited_for(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var counts = (await database.Get<PortalState>().CountAsync(Root, CancellationToken.None))!;
        Assert.Equal((2, 1, 1, 0, 0), (counts.Active, counts.Invited, counts.StaffWithoutSecondFactor, counts.MailsWaiting, counts.Drafts.Count));
    }

    /// <summary>Ada on the staff, Bob who left it, Casey of Acme, Dora who has not been in, Erin who was erased.</summary>
    private async Task<TestDatabase> MakeAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.MakeAsync(provider, postgres);
        var desk = database.Get<PeopleDesk>();
        await desk.AddAsync(new NewPerson("ada@test.example", Role.Agent, "Ada Agent", null, PortalServer.Password));
        await desk.AddAsync(new NewPerson("bob@test.example", Role.Agent, "Bob", null, PortalServer.Password));
        await desk.AddAsync(new NewPerson("casey@test.example", Role.Customer, "Casey", "Acme GmbH", PortalServer.Password));
        await desk.AddAsync(new NewPerson("dora@test.example", Role.Customer, "Dora"));
        await desk.AddAsync(new NewPerson("erin@test.example", Role.Manager, "Erin", null, PortalServer.Password));
        var now = database.Clock.Now();
        await using var db = await database.OpenAsync();
        await db.Users.Where(u => u.Name == "Bob" || u.Name == "Erin").ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, now));
        await db.Users.Where(u => u.Name == "Erin").ExecuteUpdateAsync(set => set.SetProperty(u => u.ErasedAt, now));
        return database;
    }

    private static async Task<string[]> NamesAsync(TestDatabase database, PeopleFilter filter) =>
        [.. (await PageAsync(database, filter, null)).People.Select(p => p.Email!.Split('@')[0])];

    private static Task<(IReadOnlyList<PersonLine> People, bool HasMore)> PageAsync(TestDatabase database, PeopleFilter filter, string? after) =>
        database.Get<PeopleQueries>().ListAsync(Root, filter, after, 50, CancellationToken.None);
}
