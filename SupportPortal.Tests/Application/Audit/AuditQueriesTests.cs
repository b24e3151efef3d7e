using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Audit;

public sealed class AuditQueriesTests(PrivatePostgres postgres)
{
    private static readonly Actor Root = new("root", Role.Administrator);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Entries_are_found_by_every_filter_newest_first(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var start = database.Clock.Now() - Duration.FromHours(3);
        Assert.Equal(["Fourth.", "Third 50 %.", "Second.", "First."], await DetailsAsync(database, new()));
        Assert.Equal(["Second."], await DetailsAsync(database, new() { Act = AuditAct.SignInRefused }));
        Assert.Equal(["Fourth.", "First."], await DetailsAsync(database, new() { PersonId = "ann" })); // What she did, and what was done to her.
        Assert.Equal(["Third 50 %."], await DetailsAsync(database, new() { Organisation = "acme" }));
        Assert.Equal(["Third 50 %.", "Second."], await DetailsAsync(database, new() { From = start + Duration.FromHours(1), Before = start + Duration.FromHours(3) }));
        Assert.Equal(["Third 50 %."], await DetailsAsync(database, new() { Text = "50 %" }));
        Assert.Equal(["Second."], await DetailsAsync(database, new() { Text = "192.0.2." }));
        foreach (var nothing in (string[])["_", "a\0b", new string('x', 2000)])
            Assert.Empty(await DetailsAsync(database, new() { Text = nothing }));
        Assert.Empty((await database.Get<AuditQueries>().ListAsync(new Actor("max", Role.Manager), new(), null, 9, CancellationToken.None)).Items);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Pages_hold_every_entry_once_though_several_are_of_one_instant(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var log = database.Get<AuditLog>();
        for (var i = 0; i < 5; i++) await log.WriteAsync(new Audited(AuditAct.SignedIn, null, $"{i}"));
        List<string> seen = [];
        ListCursor? after = null;
        do
        {
            var page = await database.Get<AuditQueries>().ListAsync(Root, new(), after, 2, CancellationToken.None);
            seen.AddRange(page.Items.Select(e => e.Detail));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(["4", "3", "2", "1", "0", "Fourth.", "Third 50 %.", "Second.", "First."], seen);
    }

    [Fact]
    public async Task An_act_that_fails_leaves_no_entry()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var desk = database.Get<PeopleDesk>();
        await desk.AddAsync(new NewPerson("a@test.example", Role.Agent));
        Assert.NotNull((await desk.AddAsync(new NewPerson("a@test.example", Role.Customer, null, "Acme"))).Refused);
        Assert.Equal(["Added as Agent."], await DetailsAsync(database, new()));
        await using var db = await database.OpenAsync();
        Assert.Equal(0, await db.Organisations.CountAsync());
    }

    private async Task<TestDatabase> MakeAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.MakeAsync(provider, postgres);
        await using (var db = await database.OpenAsync())
        {
            db.Add(Organisation.Named("Acme GmbH"));
            await db.SaveChangesAsync();
        }

        await using var read = await database.OpenAsync();
        var acme = await read.Organisations.Select(o => o.Id).SingleAsync();
        Audited[] all =
        [
            new(AuditAct.SignedIn, new Actor("ann", Role.Agent), "First.") { PersonId = "ann" },
            new(AuditAct.SignInRefused, null, "Second.") { Address = "192.0.2.7" },
            new(AuditAct.OrganisationChanged, Root, "Third 50 %.") { OrganisationId = acme },
            new(AuditAct.PersonChanged, Root, "Fourth.") { PersonId = "ann" },
        ];
        foreach (var one in all)
        {
            await database.Get<AuditLog>().WriteAsync(one);
            if (one != all[^1]) database.Clock.Advance(TimeSpan.FromHours(1));
        }

        return database;
    }

    private static async Task<string[]> DetailsAsync(TestDatabase database, AuditFilter filter) =>
        [.. (await database.Get<AuditQueries>().ListAsync(Root, filter, null, 50, CancellationToken.None)).Items.Select(e => e.Detail)];
}
