using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

/// <summary>What administrators do to people, and what is written down of it.</summary>
public sealed class PeopleAdministrationTests(PrivatePostgres postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_administrators_who_demote_each_other_at_the_same_instant_one_stays(DatabaseProvider provider)
    {
        await using var here = await MakeAsync(provider);
        await using var there = here.OpenAgain(Add);
        for (var round = 0; round < 5; round++)
        {
            var one = await AddAsync(here, Role.Administrator);
            var other = await AddAsync(here, Role.Administrator);
            var outcomes = await Task.WhenAll(
                DemoteAsync(here, one, other),
                DemoteAsync(there, other, one));

            Assert.Single(outcomes, refused => refused is null);
            var refusal = Assert.Single(outcomes.OfType<Refusal>());
            Assert.Contains(refusal.Message, (string[])["This is the last administrator who can sign in. Make somebody else one first.", "Only administrators change people."]);
            await using var db = await here.OpenAsync();
            var left = await db.Users.SingleAsync(u => u.Role == Role.Administrator);
            await db.Users.Where(u => u.Id == left.Id).ExecuteDeleteAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_last_administrator_who_can_sign_in_stays(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var people = database.Get<PeopleAdministration>();
        var ann = await AddAsync(database, Role.Administrator);
        var invited = (await people.InviteAsync(ann.ToActor(), new NewPerson("bob@test.example", Role.Administrator))).Person!; // Has no password yet.

        Assert.Equal("role", (await people.ChangeAsync(ann.ToActor(), ann.Id, Of(ann) with { Role = Role.Manager }))?.Field);
        Assert.Contains("last administrator", (await people.DeactivateAsync(ann.ToActor(), ann.Id))?.Message, StringComparison.Ordinal);
        Assert.Contains("last administrator", (await database.Get<PeopleDesk>().ChangeRoleAsync(ann.Id, Role.Agent))?.Message, StringComparison.Ordinal);
        Assert.Equal([AuditAct.PersonAdded, AuditAct.PersonAdded], (await LogAsync(database)).Select(e => e.Act));

        Assert.Null(await database.Get<PeopleDesk>().SetPasswordAsync(invited.Id, await database.Get<PeopleDesk>().OfferPasswordAsync(invited), "long enough words"));
        Assert.Null(await people.DeactivateAsync(ann.ToActor(), ann.Id));
        Assert.Equal("Only administrators change people.", (await people.ReactivateAsync(ann.ToActor(), ann.Id))?.Message);
    }

    [Fact]
    public async Task A_mailbox_has_one_account_however_its_domain_is_spelled()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, root) = (database.Get<PeopleAdministration>(), await AddAsync(database, Role.Administrator));
        var ann = (await people.InviteAsync(root.ToActor(), new NewPerson("ann@münchen.example", Role.Agent))).Person!;
        Assert.Equal("email", (await people.InviteAsync(root.ToActor(), new NewPerson("Ann@XN--MNCHEN-3YA.example", Role.Agent))).Refused?.Field);
        Assert.Equal(ann.Id, (await database.Get<PeopleDesk>().FindByEmailAsync("ann@xn--mnchen-3ya.example"))?.Id);
        Assert.Equal(ann.Id, await database.Get<PeopleQueries>().FindIdAsync(root.ToActor(), "ANN@MÜNCHEN.example", None));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_is_written_down_without_names_and_ends_what_is_open(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (people, root) = (database.Get<PeopleAdministration>(), await AddAsync(database, Role.Administrator));
        var casey = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("casey@test.example", Role.Customer, "Casey", "Acme", PortalServer.Password))).Added!;

        Assert.Null(await people.ChangeAsync(root.ToActor(), casey.Id, new PersonChange("Casey Jones", "casey@test.example", Role.Customer, "Acme", SeesOrganisation: true)));
        Assert.Equal(casey.SecurityStamp, (await FindAsync(database, casey.Id)).SecurityStamp);
        Assert.Null(await people.ChangeAsync(root.ToActor(), casey.Id, new PersonChange("Casey Jones", "jones@test.example", Role.Customer, "Contoso", SeesOrganisation: false)));

        var now = await FindAsync(database, casey.Id);
        Assert.Equal(("Casey Jones", "jones@test.example", "JONES@TEST.EXAMPLE", false), (now.Name, now.Email, now.NormalizedUserName, now.SeesOrganisation));
        Assert.NotEqual(casey.SecurityStamp, now.SecurityStamp);
        Assert.Equal("Contoso", await database.Get<PeopleDirectory>().OrganisationAsync(now.OrganisationId, None));
        var entries = (await LogAsync(database)).Where(e => e.Act is AuditAct.PersonChanged).ToList();
        Assert.Equal(["Name changed.", "E-mail address changed. Organisation changed. Sees own requests only."], entries.Select(e => e.Detail));
        Assert.All(entries, e => Assert.Equal((root.Id, casey.Id), (e.ActorId, e.PersonId)));

        Assert.Null(await people.ChangeAsync(root.ToActor(), casey.Id, Of(now) with { Organisation = "Contoso" })); // Nothing differs: nothing is written.
        Assert.Equal(2, (await LogAsync(database)).Count(e => e.Act is AuditAct.PersonChanged));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Agents_are_in_one_team_however_its_name_is_spelled_until_they_leave_the_staff(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (people, directory, root) = (database.Get<PeopleAdministration>(), database.Get<PeopleDirectory>(), await AddAsync(database, Role.Administrator));
        var ada = (await people.InviteAsync(root.ToActor(), new NewPerson("ada@test.example", Role.Agent) { Team = " First line " })).Person!;
        var bob = (await people.InviteAsync(root.ToActor(), new NewPerson("bob@test.example", Role.Manager) { Team = "FIRST LINE" })).Person!;
        string[] both = [.. new[] { ada.Id, bob.Id }.Order(StringComparer.Ordinal)];
        Assert.Equal([$"First line: {string.Join(' ', both)}"], Teams(await directory.TeamsAsync(None)));

        Assert.Null(await people.ChangeAsync(root.ToActor(), bob.Id, Of(bob) with { Team = "Second line" }));
        Assert.Equal([$"First line: {ada.Id}", $"Second line: {bob.Id}"], Teams(await directory.TeamsAsync(None)));
        Assert.Null(await people.ChangeAsync(root.ToActor(), ada.Id, Of(ada) with { Role = Role.Customer }));
        Assert.Null(await people.DeactivateAsync(root.ToActor(), bob.Id)); // What they owed when they worked counts for their team still.
        Assert.Equal([$"Second line: {bob.Id}"], Teams(await directory.TeamsAsync(None)));
        Assert.Equal(["From the team “First line” to “Second line”.", "Role Agent → Customer. Taken out of the team “First line”."], (await LogAsync(database)).Where(e => e.Act is AuditAct.PersonChanged).Select(e => e.Detail));

        // Its spelling can be put right by whoever is alone in it.
        Assert.Null(await people.ReactivateAsync(root.ToActor(), bob.Id));
        Assert.Null(await people.ChangeAsync(root.ToActor(), bob.Id, Of(bob) with { Team = "second Line" }));
        Assert.Equal([$"second Line: {bob.Id}"], Teams(await directory.TeamsAsync(None)));

        static IEnumerable<string> Teams(IEnumerable<Team> teams) => teams.Select(team => $"{team.Name}: {string.Join(' ', team.Members)}");
    }

    [Theory]
    [InlineData(Role.Customer, "First line", "Only staff belong to a team.")]
    [InlineData(Role.Agent, " ", "A team's name has 1 to 100 characters.")]
    [InlineData(Role.Agent, "First\nline", "A team's name is one line of text.")]
    [InlineData(Role.Agent, "Nobody", "“nobody” stands for what nobody had. Choose another name.")]
    [InlineData(Role.Agent, "None", "“none” stands for whoever is in no team. Leave the field empty.")]
    public async Task What_no_team_is_called_is_refused_at_the_field(Role role, string team, string message)
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, root) = (database.Get<PeopleAdministration>(), await AddAsync(database, Role.Administrator));
        var refused = (await people.InviteAsync(root.ToActor(), new NewPerson("ada@test.example", role) { Team = team })).Refused!;
        Assert.Equal(("team", message), (refused.Field, refused.Message));
        Assert.Empty(await database.Get<PeopleDirectory>().TeamsAsync(None));
    }

    [Theory]
    [InlineData("taken@test.example", "Casey", Role.Customer, "Acme", "email")]
    [InlineData("nonsense", "Casey", Role.Customer, "Acme", "email")]
    [InlineData("a@test.example\r\nBcc: eve@evil.example", "Casey", Role.Customer, "Acme", "email")]
    [InlineData("casey@test.example", " ", Role.Customer, "Acme", "name")]
    [InlineData("casey@test.example", "Casey\r\nBcc: eve@evil.example", Role.Customer, "Acme", "name")]
    [InlineData("casey@test.example", "Casey", Role.Agent, "Acme", "organisation")]
    [InlineData("casey@test.example", "Casey", Role.Customer, " ", "organisation")]
    public async Task What_a_person_cannot_be_is_refused_at_the_field_and_changes_nothing(string email, string name, Role role, string organisation, string field)
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, root) = (database.Get<PeopleAdministration>(), await AddAsync(database, Role.Administrator));
        await database.Get<PeopleDesk>().AddAsync(new NewPerson("taken@test.example", Role.Agent));
        var casey = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("casey@test.example", Role.Customer, "Casey", "Acme", PortalServer.Password))).Added!;

        Assert.Equal(field, (await people.ChangeAsync(root.ToActor(), casey.Id, new PersonChange(name, email, role, organisation, SeesOrganisation: false)))?.Field);
        var now = await FindAsync(database, casey.Id);
        Assert.Equal((casey.Email, casey.Name, casey.Role, true, casey.SecurityStamp), (now.Email, now.Name, now.Role, now.SeesOrganisation, now.SecurityStamp));
        Assert.DoesNotContain(await LogAsync(database), e => e.Act is AuditAct.PersonChanged);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_is_deactivated_has_no_token_and_no_session_left_and_comes_back_with_neither(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (people, tokens, root, ada) = (database.Get<PeopleAdministration>(), database.Get<ApiTokens>(), await AddAsync(database, Role.Administrator), await AddAsync(database, Role.Agent));
        var made = (await tokens.MakeAsync(ada.ToActor(), ada.Id, "ci", null, TokenScope.All, None)).Made!;
        Assert.NotNull(await tokens.AuthenticateAsync(made.Secret, None));
        await AddDeviceAsync(database, ada.Id);

        Assert.Null(await people.DeactivateAsync(root.ToActor(), ada.Id));
        Assert.Null(await tokens.AuthenticateAsync(made.Secret, None));
        Assert.DoesNotContain(await database.Get<PeopleDirectory>().StaffAsync(None), person => person.Id == ada.Id);
        var gone = await FindAsync(database, ada.Id);
        Assert.Equal((PersonState.Deactivated, true), (gone.StateOf(), gone.SecurityStamp != ada.SecurityStamp));
        await using (var db = await database.OpenAsync()) Assert.NotNull((await db.Set<Device>().SingleAsync()).EndedAt);
        Assert.NotNull((await people.SendLinkAsync(root.ToActor(), ada.Id)).Refused);

        Assert.Null(await people.ReactivateAsync(root.ToActor(), ada.Id));
        Assert.NotEqual(gone.SecurityStamp, (await FindAsync(database, ada.Id)).SecurityStamp);
        Assert.Equal([AuditAct.PersonDeactivated, AuditAct.PersonReactivated], (await LogAsync(database)).Where(e => e.PersonId == ada.Id && e.ActorId == root.Id).Select(e => e.Act));
        Assert.Equal(AuditAct.TokenMade, (await LogAsync(database)).Single(e => e.ActorId == ada.Id).Act);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_lost_phone_and_lost_tokens_open_nothing(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (people, tokens, root, ada) = (database.Get<PeopleAdministration>(), database.Get<ApiTokens>(), await AddAsync(database, Role.Administrator), await AddAsync(database, Role.Agent));
        var made = (await tokens.MakeAsync(ada.Id, "ci", null, None)).Made!;
        await using (var db = await database.OpenAsync())
        {
            db.UserTokens.Add(new() { UserId = ada.Id, LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = "KEY" });
            await db.SaveChangesAsync();
            await db.Users.Where(u => u.Id == ada.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true));
        }

        Assert.Null(await people.ResetSecondFactorAsync(root.ToActor(), ada.Id));
        Assert.Null(await people.RevokeTokensAsync(root.ToActor(), ada.Id));
        Assert.Null(await people.EndSessionsAsync(root.ToActor(), ada.Id));

        Assert.Null(await tokens.AuthenticateAsync(made.Secret, None));
        await using (var db = await database.OpenAsync()) Assert.Equal((false, 0), ((await FindAsync(database, ada.Id)).TwoFactorEnabled, await db.UserTokens.CountAsync()));
        Assert.Equal([AuditAct.SecondFactorChanged, AuditAct.TokenRevoked, AuditAct.SessionsEnded], (await LogAsync(database)).Where(e => e.ActorId == root.Id && e.PersonId == ada.Id).Select(e => e.Act));
    }

    [Fact]
    public async Task Nobody_else_changes_people()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, max) = (database.Get<PeopleAdministration>(), (await AddAsync(database, Role.Manager)).ToActor());
        var victim = await AddAsync(database, Role.Agent);
        Refusal?[] refusals =
        [
            (await people.InviteAsync(max, new NewPerson("x@test.example", Role.Administrator))).Refused,
            (await people.SendLinkAsync(max, victim.Id)).Refused,
            await people.ChangeAsync(max, victim.Id, Of(victim)),
            await people.DeactivateAsync(max, victim.Id),
            await people.ReactivateAsync(max, victim.Id),
            await people.EndSessionsAsync(max, victim.Id),
            await people.ResetSecondFactorAsync(max, victim.Id),
            await people.RevokeTokensAsync(max, victim.Id),
        ];
        Assert.All(refusals, refused => Assert.Equal(RefusalKind.NotAllowed, refused?.Kind));
        var forged = new Actor(max.Id, Role.Administrator); // As a cookie from before the demotion would have it.
        Assert.Equal(RefusalKind.NotAllowed, (await people.DeactivateAsync(forged, victim.Id))?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await people.InviteAsync(forged, new NewPerson("x@test.example", Role.Administrator))).Refused?.Kind);
        await using var db = await database.OpenAsync();
        Assert.Equal(2, await db.Users.CountAsync());
    }

    [Fact]
    public async Task Unknown_and_erased_people_are_refused()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, root, ada) = (database.Get<PeopleAdministration>(), (await AddAsync(database, Role.Administrator)).ToActor(), await AddAsync(database, Role.Agent));
        Assert.Equal("person", (await people.DeactivateAsync(root, "nobody"))?.Field);
        await using (var db = await database.OpenAsync()) await db.Users.Where(u => u.Id == ada.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.ErasedAt, database.Clock.Now()));
        Assert.Equal("This person was erased, for good.", (await people.ReactivateAsync(root, ada.Id))?.Message);
    }

    [Fact]
    public async Task Without_mail_an_invitation_is_a_link_that_sets_a_password()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (people, root) = (database.Get<PeopleAdministration>(), (await AddAsync(database, Role.Administrator)).ToActor());
        var invited = await people.InviteAsync(root, new NewPerson("new@test.example", Role.Customer, null, "Acme") { SeesOrganisation = false });
        Assert.Contains($"/account/set-password?person={invited.Person!.Id}&key=", invited.Link, StringComparison.Ordinal);
        Assert.Equal((PersonState.Invited, false), (invited.Person.StateOf(), invited.Person.SeesOrganisation));
        Assert.Equal("email", (await people.InviteAsync(root, new NewPerson("NEW@test.example", Role.Agent))).Refused?.Field);
        Assert.NotNull((await people.SendLinkAsync(root, invited.Person.Id)).Link);
        Assert.Equal(["Invited as Customer.", "A link to set a password was shown to the administrator."], (await LogAsync(database)).Where(e => e.PersonId == invited.Person.Id).Select(e => e.Detail));
    }

    [Fact]
    public async Task Passwords_and_sign_outs_of_ones_own_are_written_down_and_refused_ones_are_not()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var (desk, ada) = (database.Get<PeopleDesk>(), await AddAsync(database, Role.Agent));
        Assert.NotNull((await desk.ChangePasswordAsync(ada.Id, "wrong", "another fine password", Client.None)).Refused);
        Assert.NotNull((await desk.ChangePasswordAsync(ada.Id, PortalServer.Password, "short", Client.None)).Refused);
        Assert.NotNull(await desk.SetPasswordAsync(ada.Id, "no such key", "another fine password"));
        Assert.DoesNotContain(await LogAsync(database), e => e.ActorId == ada.Id);
        Assert.Null((await desk.ChangePasswordAsync(ada.Id, PortalServer.Password, "another fine password", Client.None)).Refused);
        Assert.True(await database.Get<Devices>().EndOthersAsync(ada.ToActor(), Client.None, CancellationToken.None));
        Assert.Equal([AuditAct.PasswordChanged, AuditAct.SessionsEnded], (await LogAsync(database)).Where(e => e.ActorId == ada.Id && e.PersonId == ada.Id).Select(e => e.Act));
    }

    private Task<TestDatabase> MakeAsync(DatabaseProvider provider) => TestDatabase.MakeAsync(provider, postgres, Add);

    private static void Add(IServiceCollection services) => services.AddTickets();

    private static async Task<Refusal?> DemoteAsync(TestDatabase server, PortalUser by, PortalUser whom)
    {
        await Task.Yield();
        return await server.Get<PeopleAdministration>().ChangeAsync(by.ToActor(), whom.Id, Of(whom) with { Role = Role.Manager });
    }

    private static PersonChange Of(PortalUser person) => new(person.Name, person.Email!, person.Role, null, person.SeesOrganisation);

    private static async Task<PortalUser> AddAsync(TestDatabase database, Role role) =>
        (await database.Get<PeopleDesk>().AddAsync(new NewPerson($"{Guid.NewGuid():N}@test.example", role, role.ToString(), null, PortalServer.Password))).Added!;

    private static async Task AddDeviceAsync(TestDatabase database, string personId)
    {
        await using var db = await database.OpenAsync();
        db.Add(new Device { Id = "d", PersonId = personId, Agent = "Firefox", SignedInAt = database.Clock.Now(), SeenAt = database.Clock.Now() });
        await db.SaveChangesAsync();
    }

    private static async Task<PortalUser> FindAsync(TestDatabase database, string id)
    {
        await using var db = await database.OpenAsync();
        return await db.Users.AsNoTracking().SingleAsync(u => u.Id == id);
    }

    private static async Task<List<AuditEntry>> LogAsync(TestDatabase database)
    {
        await using var db = await database.OpenAsync();
        return await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Act != AuditAct.OrganisationAdded).OrderBy(e => e.Id).ToListAsync();
    }
}
