using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class PeopleDeskTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Customers_of_one_organisation_share_it_however_it_is_spelled(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var desk = database.Get<PeopleDesk>();
        var one = (await desk.AddAsync(new NewPerson("one@test.example", Role.Customer, Organisation: "Acme"))).Added!;
        var two = (await desk.AddAsync(new NewPerson("two@test.example", Role.Customer, Organisation: " ACME "))).Added!;
        Assert.Equal(one.OrganisationId, two.OrganisationId);
        Assert.Equal("Acme", await database.Get<PeopleDirectory>().OrganisationAsync(two.OrganisationId, CancellationToken.None));
        Assert.Equal("one", one.Name);
    }

    [Theory]
    [InlineData("nonsense", Role.Agent, null, null, "email")]
    [InlineData("a b@test.example", Role.Agent, null, null, "email")]
    [InlineData("@test.example", Role.Agent, null, null, "email")]
    [InlineData("taken@test.example", Role.Agent, null, null, "email")]
    [InlineData("TAKEN@test.example", Role.Agent, null, null, "email")]
    [InlineData("a@test.example", Role.Agent, "Acme", null, "organisation")]
    [InlineData("a@test.example", Role.Customer, " ", null, "organisation")]
    [InlineData("a@test.example", Role.Agent, null, "short", "password")]
    [InlineData("a@test.example", Role.Agent, null, "aaaaaaaaaaaa", "password")]
    public async Task A_person_who_cannot_be_added_leaves_nothing_behind(string email, Role role, string? organisation, string? password, string field)
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var desk = database.Get<PeopleDesk>();
        await desk.AddAsync(new NewPerson("taken@test.example", Role.Agent));

        var (added, refused) = await desk.AddAsync(new NewPerson(email, role, null, organisation, password));

        Assert.Equal((null, field), (added, refused?.Field));
        await using var db = await database.OpenAsync();
        Assert.Equal((1, 0), (await db.Users.CountAsync(), await db.Organisations.CountAsync()));
    }

    [Fact]
    public async Task A_link_sets_the_password_once_and_in_any_process()
    {
        await using var commandLine = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var portal = commandLine.OpenAgain();
        var user = (await commandLine.Get<PeopleDesk>().AddAsync(new NewPerson("new@test.example", Role.Agent))).Added!;
        var key = await commandLine.Get<PeopleDesk>().OfferPasswordAsync(user);
        var desk = portal.Get<PeopleDesk>();

        Assert.Equal("password", (await desk.SetPasswordAsync(user.Id, key, "short"))?.Field);
        Assert.NotNull(await desk.SetPasswordAsync("nobody", key, "long enough words"));
        Assert.NotNull(await desk.SetPasswordAsync(user.Id, key + "x", "long enough words"));
        Assert.Null(await desk.SetPasswordAsync(user.Id, key, "long enough words"));
        Assert.NotNull(await desk.SetPasswordAsync(user.Id, key, "another one of words"));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Demo_people_come_to_an_empty_portal_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        Assert.True(await DemoPeople.AddAsync(database.Get<PeopleDesk>(), database.Factory, CancellationToken.None));
        Assert.False(await DemoPeople.AddAsync(database.Get<PeopleDesk>(), database.Factory, CancellationToken.None));
        await using var db = await database.OpenAsync();
        Assert.Equal((5, 2), (await db.Users.CountAsync(), await db.Organisations.CountAsync()));
    }
}
