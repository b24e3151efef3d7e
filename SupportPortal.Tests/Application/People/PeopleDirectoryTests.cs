using System.Security.Claims;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class PeopleDirectoryTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Names_are_found_by_id_and_strangers_left_out(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var desk = database.Get<PeopleDesk>();
        var directory = database.Get<PeopleDirectory>();
        var zoe = (await desk.AddAsync(new NewPerson("z@test.example", Role.Agent, "Zoe"))).Added!;
        var bea = (await desk.AddAsync(new NewPerson("b@test.example", Role.Manager, "Bea"))).Added!;
        var casey = (await desk.AddAsync(new NewPerson("c@test.example", Role.Customer, "Casey", "Acme"))).Added!;

        var found = await directory.FindAsync([zoe.Id, casey.Id, casey.Id, "stranger", "system"], CancellationToken.None);
        Assert.Equal(
            [new("system", "Support Portal", Role.Administrator, null), new(zoe.Id, "Zoe", Role.Agent, null), new(casey.Id, "Casey", Role.Customer, casey.OrganisationId)],
            found.Values.OrderBy(p => p.Id != "system").ThenByDescending(p => p.Name));
        Assert.Equal([bea.Id, zoe.Id], (await directory.StaffAsync(CancellationToken.None)).Select(p => p.Id));
        Assert.Null(await directory.FindAsync("stranger", CancellationToken.None));
    }

    [Fact]
    public async Task A_newcomer_from_here_is_seen_at_once_and_one_from_elsewhere_soon()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var elsewhere = database.OpenAgain();
        var directory = database.Get<PeopleDirectory>();
        Assert.Empty(await directory.StaffAsync(CancellationToken.None));
        await database.Get<PeopleDesk>().AddAsync(new NewPerson("a@test.example", Role.Agent));
        Assert.Single(await directory.StaffAsync(CancellationToken.None));
        await elsewhere.Get<PeopleDesk>().AddAsync(new NewPerson("b@test.example", Role.Agent));
        Assert.Single(await directory.StaffAsync(CancellationToken.None));
        database.Clock.Advance(PeopleDirectory.Freshness.ToTimeSpan());
        Assert.Equal(2, (await directory.StaffAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public void An_actor_survives_being_carried_as_claims()
    {
        foreach (var actor in (Actor[])[new("a", Role.Agent), new("c", Role.Customer, 7, SeesOrganisation: false), new("d", Role.Customer, 8)])
        {
            var principal = new TokenOwner(actor, "Some Name", 1).ToPrincipal("Token");
            Assert.Equal((actor, "Some Name"), (principal.ToActor(), principal.ToDisplayName()));
        }

        Assert.Null(new ClaimsPrincipal(new ClaimsIdentity()).ToActor());
    }
}
