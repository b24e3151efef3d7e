using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class ErasureTests(PrivatePostgres postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_erased_person_is_nobody_and_their_requests_stay_whole(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var casey = await AddAsync(desk, Role.Customer, "casey@test.example", "Casey Customer");
        var request = await desk.OpenAsync(by: casey.ToActor());
        await desk.ReplyAsync(casey.ToActor(), request, "And now?");
        await desk.Database.Get<Drafts>().SaveAsync(casey.ToActor(), "new-request", "Begun");
        await desk.Database.Get<SavedViews>().SaveAsync(casey.ToActor(), "Mine", "?severity=1");
        var token = (await desk.Database.Get<ApiTokens>().MakeAsync(casey.Id, "ci", null, None)).Made!.Secret;
        await desk.Database.Get<ApiTokens>().AuthenticateAsync(token, None);
        var key = await desk.Database.Get<PeopleDesk>().OfferPasswordAsync(casey);
        await desk.Database.Get<SignIns>().NoteAsync(casey, "pwd", Devices.NewId(), new Client("192.0.2.7"));
        await AddSecretsAsync(desk, casey);

        Assert.Null(await EraseAsync(desk, casey.ToActor(), casey.Id));

        await using var db = await desk.Database.OpenAsync();
        var erased = await db.Users.SingleAsync(u => u.Id == casey.Id);
        Assert.Equal(("Erased person", null, false, null, null), (erased.Name, erased.PasswordHash, erased.TwoFactorEnabled, erased.OrganisationId, erased.PhoneNumber));
        Assert.Equal((desk.Database.Clock.Now(), desk.Database.Clock.Now()), (erased.ErasedAt!.Value, erased.DeactivatedAt!.Value));
        Assert.NotEqual(casey.SecurityStamp, erased.SecurityStamp);
        Assert.EndsWith("@erased.invalid", erased.Email, StringComparison.Ordinal);
        Assert.Equal(0, await db.Set<Device>().CountAsync() + await db.ApiTokens.CountAsync() + await db.Set<DraftRow>().CountAsync() + await db.Set<SavedView>().CountAsync()
            + await db.Set<IdentityUserLogin<string>>().CountAsync() + await db.Set<IdentityUserToken<string>>().CountAsync() + await db.Set<AttachmentRow>().CountAsync());
        Assert.False(await db.Set<OutgoingMail>().AnyAsync(m => m.Letter != null && (m.Address != null || m.NextAttemptAt != null)));

        Assert.Null(await desk.Database.Get<ApiTokens>().AuthenticateAsync(token, None));
        Assert.Null(await desk.Database.Get<PeopleDesk>().FindByEmailAsync("casey@test.example"));
        Assert.NotNull(await desk.Database.Get<PeopleDesk>().SetPasswordAsync(casey.Id, key, "another horse and battery"));
        Assert.Equal("Erased person", (await desk.Database.Get<PeopleDirectory>().FindAsync(casey.Id, None))!.Name);
        Assert.NotNull((await desk.Database.Get<PeopleDesk>().AddAsync(new NewPerson("casey@test.example", Role.Customer))).Added); // The address is free again.

        Assert.Empty(await desk.DifferencesAsync());
        Assert.Equal([casey.Id, casey.Id], (await desk.Desk.FindAsync(Actor.System, request.Ticket.Id))!.Happened.Select(e => e.By.Id));
        var entries = await db.Set<AuditEntry>().Where(e => e.PersonId == casey.Id && (e.Act == AuditAct.SignedIn || e.Act == AuditAct.PersonErased)).OrderBy(e => e.Id).ToListAsync();
        Assert.Equal([(AuditAct.SignedIn, casey.Id, null), (AuditAct.PersonErased, casey.Id, (string?)null)], entries.Select(e => (e.Act, e.ActorId, e.Address)));
        Assert.DoesNotContain(entries, e => e.Detail.Contains("Casey", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_erased_agent_is_in_no_team()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var ada = (await desk.Database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", Role.Agent) { Team = "First line" })).Added!;
        var root = await AddAsync(desk, Role.Administrator, "root@test.example", "Root");
        Assert.Single(await desk.Database.Get<PeopleDirectory>().TeamsAsync(None));
        Assert.Null(await EraseAsync(desk, root.ToActor(), ada.Id));
        Assert.Empty(await desk.Database.Get<PeopleDirectory>().TeamsAsync(None));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_erased_person_follows_nothing_and_their_address_stands_in_no_ticket(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var carol = await AddAsync(desk, Role.Customer, "carol@test.example", "Carol");
        var (watched, copied) = (await desk.OpenAsync("Watched"), await desk.OpenAsync("Copied"));
        await desk.ActAsync(SomeDesk.Ada, watched, ticket => ticket.AddFollower(SomeDesk.Ada, carol.ToActor(), TicketDesk.Seal(carol.Email!)));
        await desk.ActAsync(SomeDesk.Casey, copied, ticket => ticket.AddFollower(SomeDesk.Casey, carol.ToActor(), TicketDesk.Seal("Carol@test.example"))); // Of elsewhere, so a copy.
        await desk.ActAsync(SomeDesk.Casey, copied, ticket => ticket.AddFollower(SomeDesk.Casey, null, TicketDesk.Seal("other@test.example")));

        Assert.Null(await EraseAsync(desk, carol.ToActor(), carol.Id));

        var (first, second) = ((await desk.Desk.FindAsync(Actor.System, watched.Ticket.Id))!.Ticket, (await desk.Desk.FindAsync(Actor.System, copied.Ticket.Id))!.Ticket);
        Assert.Empty(first.Watchers);
        Assert.Equal(["other@test.example"], second.Copies.Select(copy => copy.Address.Text));
        await using var db = await desk.Database.OpenAsync();
        Assert.DoesNotContain(await db.Set<EventTextRow>().Select(t => t.Texts).ToListAsync(), texts => texts.Contains("carol@", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await desk.DifferencesAsync()); // Every chain is whole.
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Who_may_erase_whom(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (ada, casey, ben) = (await AddAsync(desk, Role.Administrator), await AddAsync(desk, Role.Customer), await AddAsync(desk, Role.Agent));
        Assert.Equal(RefusalKind.NotAllowed, (await EraseAsync(desk, casey.ToActor(), ben.Id))!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await EraseAsync(desk, ben.ToActor(), casey.Id))!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await EraseAsync(desk, ben.ToActor(), ben.Id))!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await EraseAsync(desk, casey.ToActor(), "nobody"))!.Kind);
        Assert.Equal(RefusalKind.NotNow, (await EraseAsync(desk, ada.ToActor(), "nobody"))!.Kind);

        Assert.Equal("This is the last administrator who can sign in. Make somebody else one first.", (await EraseAsync(desk, ada.ToActor(), ada.Id))!.Message);
        Assert.Null(await EraseAsync(desk, ada.ToActor(), ben.Id));
        Assert.Equal(RefusalKind.NotNow, (await EraseAsync(desk, ada.ToActor(), ben.Id))!.Kind);
        var other = await AddAsync(desk, Role.Administrator);
        Assert.Null(await EraseAsync(desk, other.ToActor(), ada.Id));
        Assert.NotNull(await EraseAsync(desk, other.ToActor(), other.Id)); // An erased administrator does not count.
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_administrators_who_erase_each_other_one_stays(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (ada, ben) = (await AddAsync(desk, Role.Administrator), await AddAsync(desk, Role.Administrator));
        var outcomes = await Task.WhenAll(EraseAsync(desk, ada.ToActor(), ben.Id), EraseAsync(desk, ben.ToActor(), ada.Id));
        Assert.Single(outcomes, refused => refused is null);
    }

    private static Task<Refusal?> EraseAsync(SomeDesk desk, Actor by, string person) => desk.Database.Get<Erasure>().EraseAsync(by, person, "192.0.2.7");

    private static async Task<PortalUser> AddAsync(SomeDesk desk, Role role, string? email = null, string? name = null) =>
        (await desk.Database.Get<PeopleDesk>().AddAsync(new NewPerson(email ?? $"{Guid.NewGuid():N}@test.example", role, name, role is Role.Customer ? "Acme" : null, PortalServer.Password))).Added!;

    private static async Task AddSecretsAsync(SomeDesk desk, PortalUser person)
    {
        var now = desk.Database.Clock.Now();
        await using var db = await desk.Database.OpenAsync();
        db.Add(new Device { Id = "d", PersonId = person.Id, Agent = "Firefox", SignedInAt = now, SeenAt = now });
        db.Add(new IdentityUserLogin<string> { UserId = person.Id, LoginProvider = "acme", ProviderKey = "42" });
        db.Add(new IdentityUserToken<string> { UserId = person.Id, LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = "SECRET" });
        db.Add(new OutgoingMail { Letter = AccountLetter.NewPassword, Address = person.Email, CreatedAt = now, NextAttemptAt = now });
        db.Add(new AttachmentRow { Id = new string('f', 32), OwnerId = person.Id, DraftKey = "new-request", FileName = "a.txt", ContentType = "text/plain", Bytes = 1, Sha256 = "", UploadedAt = now });
        await db.SaveChangesAsync();
    }
}
