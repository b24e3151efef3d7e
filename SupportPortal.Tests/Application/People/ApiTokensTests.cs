using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class ApiTokensTests(PrivatePostgres postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_token_has_its_owners_rights_and_only_a_digest_is_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var owner = await AddAsync(database, new NewPerson("c@test.example", Role.Customer, "Casey", "Acme"));
        var made = await MakeAsync(database, owner, "ci");

        Assert.Equal(
            new TokenOwner(new Actor(owner.Id, Role.Customer, owner.OrganisationId), "Casey", made.Kept.Id),
            await database.Get<ApiTokens>().AuthenticateAsync(made.Secret, None));

        await using var db = await database.OpenAsync();
        var kept = await db.ApiTokens.SingleAsync();
        Assert.Equal(32, kept.Hash.Length);
        Assert.DoesNotContain(Convert.ToHexString(kept.Hash), made.Secret, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(database.Clock.Now(), kept.LastUsedAt);
    }

    [Fact]
    public async Task Tokens_that_open_nothing()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var tokens = database.Get<ApiTokens>();
        var secret = (await MakeAsync(database, await AddAsync(database), "ci")).Secret;
        foreach (var wrong in (string[])["", "spt_", "x", secret[..^1], secret + "x", secret.ToUpperInvariant(), "spt_" + new string('a', 43), new string('é', 47)])
            Assert.Null(await tokens.AuthenticateAsync(wrong, None));
    }

    [Fact]
    public async Task A_token_ends_at_the_instant_it_expires_even_if_it_was_just_checked()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var made = await MakeAsync(database, await AddAsync(database), "short", database.Clock.Now() + Duration.FromSeconds(10));
        database.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(await database.Get<ApiTokens>().AuthenticateAsync(made.Secret, None));
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await database.Get<ApiTokens>().AuthenticateAsync(made.Secret, None));
    }

    [Fact]
    public async Task What_changes_in_this_process_counts_at_once()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var tokens = database.Get<ApiTokens>();
        var owner = await AddAsync(database);
        var made = await MakeAsync(database, owner, "ci");
        Assert.Equal(Role.Agent, (await tokens.AuthenticateAsync(made.Secret, None))!.Actor.Role);

        Assert.Null(await database.Get<PeopleDesk>().ChangeRoleAsync(owner.Id, Role.Manager));
        Assert.Equal(Role.Manager, (await tokens.AuthenticateAsync(made.Secret, None))!.Actor.Role);

        Assert.False(await tokens.RevokeAsync("somebody else", made.Kept.Id, None));
        Assert.NotNull(await tokens.AuthenticateAsync(made.Secret, None));
        Assert.True(await tokens.RevokeAsync(owner.Id, made.Kept.Id, None));
        Assert.Null(await tokens.AuthenticateAsync(made.Secret, None));
        Assert.Empty(await tokens.ListAsync(owner.Id, None));
    }

    [Fact]
    public async Task What_another_process_revokes_counts_within_the_time_a_check_is_believed()
    {
        await using var portal = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var other = portal.OpenAgain();
        var owner = await AddAsync(portal);
        var made = await MakeAsync(other, owner, "ci");
        Assert.NotNull(await portal.Get<ApiTokens>().AuthenticateAsync(made.Secret, None));

        await other.Get<ApiTokens>().RevokeAsync(owner.Id, made.Kept.Id, None);
        Assert.NotNull(await portal.Get<ApiTokens>().AuthenticateAsync(made.Secret, None)); // Believed: no query was made.
        portal.Clock.Advance(ApiTokens.Trust.ToTimeSpan());
        Assert.Null(await portal.Get<ApiTokens>().AuthenticateAsync(made.Secret, None));
    }

    [Fact]
    public async Task A_token_needs_a_name_and_a_future()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var owner = await AddAsync(database);
        var tokens = database.Get<ApiTokens>();
        Assert.Equal("name", (await tokens.MakeAsync(owner.Id, " ", null, None)).Refused?.Field);
        Assert.Equal("expires", (await tokens.MakeAsync(owner.Id, "late", database.Clock.Now(), None)).Refused?.Field);
    }

    private static async Task<PortalUser> AddAsync(TestDatabase database, NewPerson? person = null) =>
        (await database.Get<PeopleDesk>().AddAsync(person ?? new NewPerson("a@test.example", Role.Agent))).Added!;

    private static async Task<NewToken> MakeAsync(TestDatabase database, PortalUser owner, string name, Instant? expires = null) =>
        (await database.Get<ApiTokens>().MakeAsync(owner.Id, name, expires, None)).Made!;
}
