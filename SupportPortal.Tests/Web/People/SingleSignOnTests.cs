using System.Net;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>Whom a real identity provider's word lets in, and as what.</summary>
public sealed class SingleSignOnTests(SingleSignOnPortal scene) : IClassFixture<SingleSignOnPortal>
{
    [Fact]
    public async Task A_new_person_gets_the_role_and_the_organisation_of_their_claims_and_is_written_down()
    {
        scene.Says("casey", ("name", "Casey"), ("groups", new[] { "everyone", "customers" }), ("company", "acme"));
        Assert.Equal("/requests", await scene.SignInAsync("casey"));
        Assert.Equal("/requests/new", await scene.SignInAsync("casey", "/requests/new"));

        await using var db = await scene.OpenAsync();
        var person = await FindAsync(db, "casey");
        Assert.Equal(("Casey", Role.Customer, true, null), (person.Name, person.Role, person.EmailConfirmed, person.PasswordHash));
        Assert.Equal("Acme Ltd", (await db.Organisations.SingleAsync(o => o.Id == person.OrganisationId)).Name);
        Assert.NotNull(person.SignedInAt);
        Assert.Equal(
            [(AuditAct.PersonAdded, "As Customer, at the first sign-in by Acme ID."), (AuditAct.PersonChanged, "Signs in by Acme ID from now on."), (AuditAct.SignedIn, "By Acme ID."), (AuditAct.SignedIn, "By Acme ID.")],
            await LogAsync(db, person.Id));
    }

    [Fact]
    public async Task Role_and_organisation_follow_the_claims_at_each_sign_in_and_tokens_with_them()
    {
        scene.Says("ann", ("groups", "agents"));
        Assert.Equal("/desk", await scene.SignInAsync("ann"));
        await using var db = await scene.OpenAsync();
        var before = await FindAsync(db, "ann");
        await db.Users.Where(u => u.Id == before.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Team, "First line"));

        scene.Says("ann", ("email", "other@acme.example"), ("groups", "customers"), ("company", "acme"));
        Assert.Equal("/requests", await scene.SignInAsync("ann"));
        var after = await FindAsync(db, "ann");
        Assert.Equal((Role.Customer, true, null), (after.Role, after.OrganisationId is not null, after.Team)); // Only staff are in a team.
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp); // Ends the sessions that carry the old role.
        Assert.Contains((AuditAct.PersonChanged, "Agent became Customer, by the claims of Acme ID."), await LogAsync(db, before.Id));

        scene.Says("ann", ("groups", "customers"));
        Assert.Equal("/requests", await scene.SignInAsync("ann"));
        Assert.Null((await FindAsync(db, "ann")).OrganisationId);
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var admin = await scene.Portal.AddPersonAsync(Role.Administrator, "root@acme.example");
        scene.Says("root", ("groups", "customers"));
        Assert.Equal("/desk", await scene.SignInAsync("root"));
        await using var db = await scene.OpenAsync();
        Assert.Equal(Role.Administrator, (await FindAsync(db, "root")).Role);
        Assert.Contains((AuditAct.PersonChanged, "Stays the last administrator, though Acme ID gives the role Customer."), await LogAsync(db, admin.Id));

        await scene.Portal.AddPersonAsync(Role.Administrator);
        Assert.Equal("/requests", await scene.SignInAsync("root"));
    }

    [Theory]
    [InlineData("verified", true, "/requests")]
    [InlineData("unverified", false, "NoAddress")]
    [InlineData("silent", null, "NoAddress")]
    public async Task Only_a_verified_address_opens_an_account_that_exists(string subject, bool? verified, string outcome)
    {
        var person = await scene.Portal.AddPersonAsync(Role.Customer, $"{subject}@acme.example");
        Dictionary<string, object> says = new() { ["email"] = $"{subject}@ACME.example", ["groups"] = "customers" };
        if (verified is { } flag) says["email_verified"] = flag;
        scene.Provider.Add(subject, says);
        Assert.Equal(outcome, await scene.SignInAsync(subject));
        await using var db = await scene.OpenAsync();
        Assert.Equal(verified == true, await db.UserLogins.AnyAsync(login => login.UserId == person.Id));
    }

    [Fact]
    public async Task A_provider_of_customers_opens_no_account_of_the_staff_and_speaks_for_its_domains_only()
    {
        await scene.Portal.AddPersonAsync(Role.Agent, "staff@acme.example");
        scene.Says("staff", ("groups", "customers"));
        Assert.Equal("NotTheirs", await scene.SignInAsync("staff", key: "customers"));
        scene.Says("contoso", ("groups", "customers"), ("email", "contoso@contoso.example"));
        Assert.Equal("NoAddress", await scene.SignInAsync("contoso", key: "customers"));
    }

    [Fact]
    public async Task An_address_that_went_to_somebody_else_opens_nothing()
    {
        scene.Says("first", ("groups", "customers"));
        scene.Says("second", ("groups", "customers"), ("email", "first@acme.example"));
        Assert.Equal("/requests", await scene.SignInAsync("first"));
        Assert.Equal("NotTheirs", await scene.SignInAsync("second"));
    }

    [Fact]
    public async Task Whoever_has_no_role_no_account_or_was_deactivated_is_told_so_and_it_is_written_down()
    {
        scene.Says("gardener", ("groups", "gardeners"));
        Assert.Equal("NoRole", await scene.SignInAsync("gardener"));
        Assert.Equal("NoAccount", await SignInInvitedAsync());
        Assert.Equal("/desk", await scene.SignInAsync("gardener"));

        await using var db = await scene.OpenAsync();
        var now = scene.Portal.Get<TimeProvider>().Now();
        var person = await FindAsync(db, "gardener");
        await db.Users.Where(u => u.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, now));
        Assert.Equal("Inactive", await scene.SignInAsync("gardener"));
        Assert.Contains((AuditAct.SignInRefused, "By Acme ID: Inactive."), await LogAsync(db, person.Id));
        Assert.True(await db.Set<AuditEntry>().AnyAsync(e => e.Act == AuditAct.SignInRefused && e.PersonId == null && e.Detail == "By Acme ID: NoRole."));

        async Task<string> SignInInvitedAsync()
        {
            scene.Says("gardener", ("groups", "agents"));
            return await scene.SignInAsync("gardener", key: "invited");
        }
    }

    [Fact]
    public async Task A_password_opens_nothing_where_the_provider_is_the_only_way()
    {
        await scene.Portal.AddPersonAsync(Role.Agent, "only@acme.example");
        using (await scene.Portal.SignedInClientAsync("only@acme.example"))
        {
        }

        scene.Says("only", ("groups", "agents"));
        Assert.Equal("/desk", await scene.SignInAsync("only", key: "only"));
        using var stranger = scene.Visitor();
        using var refused = await stranger.PostFormAsync("/account/login", "sign-in", ("Form.Email", "only@acme.example"), ("Form.Password", PortalServer.Password));
        Assert.Contains("That did not work", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_told_in_a_sentence_and_an_unknown_one_is_not_found()
    {
        using var client = scene.Visitor();
        using var answer = await client.PostFormAsync("/account/sso/down", "leave");
        Assert.Equal("Unreachable", SingleSignOnPortal.Refusal(answer));
        Assert.Contains("Acme ID does not answer. Try again in a few minutes", await client.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
        using var unknown = await client.GetAsync(new Uri("/account/sso/nobody", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Task<PortalUser> FindAsync(PortalDb db, string subject) => db.Users.AsNoTracking().SingleAsync(u => u.Email == $"{subject}@acme.example");

    private static async Task<IReadOnlyList<(AuditAct Act, string Detail)>> LogAsync(PortalDb db, string personId) =>
        [.. (await db.Set<AuditEntry>().AsNoTracking().Where(e => e.PersonId == personId).OrderBy(e => e.Id).ToListAsync()).Select(e => (e.Act, e.Detail))];
}
