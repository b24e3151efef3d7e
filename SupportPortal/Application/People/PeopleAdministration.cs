using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// What administrators do to people. An act and its entry in the audit log are one transaction, in which whoever acts has to be an
/// administrator still, and the last one who can sign in stays one.
/// </summary>
public sealed class PeopleAdministration(
    IServiceScopeFactory scopes, WriteGate gate, PeopleDesk desk, PeopleDirectory directory, ApiTokens tokens, AccountLetters letters, AccountLinks links, MailOutbox outbox, FollowersWhoLeave followers,
    AuditLog audit, TimeProvider clock)
{
    private static readonly Refusal NotAllowed = new("", "Only administrators change people.", RefusalKind.NotAllowed);

    /// <summary>Makes an account that waits for its owner to set a password, and owes them the mail with the link to do so.</summary>
    public async Task<LinkOffered> InviteAsync(Actor by, NewPerson person, CancellationToken cancellation = default)
    {
        if (!by.MayAdminister()) return new LinkOffered(null, null, NotAllowed);
        var (added, refused) = await desk.AddAsync(person with { Password = null }, new Audited(AuditAct.PersonAdded, by, $"Invited as {person.Role}."), async (db, user, stop) =>
        {
            letters.Owe(db, AccountLetter.Invitation, user.Email!);
            return await db.IsAdministratorAsync(by, stop) ? null : NotAllowed;
        }, cancellation);
        return added is null ? new LinkOffered(null, null, refused) : await OfferAsync(added);
    }

    /// <summary>Owes the person another mail with a link to set a password; an invitation, as long as they have not been in.</summary>
    public async Task<LinkOffered> SendLinkAsync(Actor by, string id, CancellationToken cancellation = default)
    {
        PortalUser? person = null;
        var refused = await ActAsync(by, id, async act =>
        {
            person = act.Person;
            if (person.DeactivatedAt is not null) return new Refusal("", "This person is deactivated, and no link would let them in.", RefusalKind.NotNow);
            if (await act.Db.Set<OutgoingMail>().AnyAsync(m => m.Address == person.Email, act.Stop)) return new Refusal("", "A mail to this address is on its way already.", RefusalKind.NotNow);
            letters.Owe(act.Db, person.StateOf() is PersonState.Invited ? AccountLetter.Invitation : AccountLetter.NewPassword, person.Email!);
            act.Note(AuditAct.PersonChanged, letters.IsOn ? "A link to set a password was sent." : "A link to set a password was shown to the administrator.");
            await act.Db.SaveChangesAsync(act.Stop);
            return null;
        }, cancellation);
        return refused is null ? await OfferAsync(person!) : new LinkOffered(null, null, refused);
    }

    /// <summary>Changes what is said about a person. What changes their rights, or the address they sign in with, ends their sessions.</summary>
    public async Task<Refusal?> ChangeAsync(Actor by, string id, PersonChange to, CancellationToken cancellation = default)
    {
        Actor? moved = null; // To another organisation, or off the staff.
        var refused = await ActAsync(by, id, async act =>
        {
            var before = act.Person.ToActor();
            if (await ChangeAsync(act, by, id, to) is { } no) return no;
            if (act.Person.ToActor() is var after && (after.Role, after.OrganisationId) != (before.Role, before.OrganisationId)) moved = after;
            return null;
        }, cancellation);
        if (refused is null && moved is not null) await followers.EndWatchesAsync(id, moved, CancellationToken.None);
        return refused;
    }

    private async Task<Refusal?> ChangeAsync(PersonAct act, Actor by, string id, PersonChange to)
    {
        var (person, email) = (act.Person, to.Email.Trim());
        var wanted = new NewPerson(email, to.Role, to.Name, to.Organisation) { Team = to.Team };
        if (PersonRules.Refuse(wanted) is { } refused) return refused;
        if (string.IsNullOrWhiteSpace(to.Name)) return new Refusal("name", "Enter a name.");
        if (to.Role is not Role.Administrator && await PeopleTurn.RefuseLastAdministratorAsync(act.Db, id, act.Stop) is { } last) return last;

        var organisation = await OrganisationOf.FindOrAddAsync(act.Db, to.Organisation, by, audit, act.Stop);
        var team = await TeamOf.SpelledAsync(act.Db, to.Team, id, act.Stop);
        var said = PersonChanges.Say(person, to with { Name = to.Name.Trim(), Email = email, Team = team }, organisation);
        if (said.Length == 0) return null;
        var (before, endsSessions) = (person.Email, person.Email != email || person.ToActor() != new Actor(id, to.Role, organisation, to.SeesOrganisation));
        (person.Name, person.Role, person.OrganisationId, person.SeesOrganisation, person.Team) = (to.Name.Trim(), to.Role, organisation, to.SeesOrganisation, team);
        if (before != email)
        {
            (person.Email, person.UserName, person.EmailConfirmed) = (email, email, false);
            if (before is not null) letters.Owe(act.Db, AccountLetter.AddressChanged, before);
        }

        act.Note(AuditAct.PersonChanged, said);
        return endsSessions ? await EndAsync(act) : await SaveAsync(act);
    }

    /// <summary>Lets nobody in under this name any more, and ends what is open.</summary>
    public Task<Refusal?> DeactivateAsync(Actor by, string id, CancellationToken cancellation = default) => ActAsync(by, id, async act =>
    {
        if (act.Person.DeactivatedAt is not null) return null;
        if (await PeopleTurn.RefuseLastAdministratorAsync(act.Db, id, act.Stop) is { } last) return last with { Field = "" };
        act.Person.DeactivatedAt = clock.Now();
        await act.Db.ApiTokens.Where(t => t.OwnerId == id && t.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, clock.Now()), act.Stop);
        act.Note(AuditAct.PersonDeactivated, "May not sign in any more.");
        return await EndAsync(act);
    }, cancellation);

    /// <summary>Lets a deactivated person in again.</summary>
    public Task<Refusal?> ReactivateAsync(Actor by, string id, CancellationToken cancellation = default) => ActAsync(by, id, async act =>
    {
        if (act.Person.DeactivatedAt is null) return null;
        act.Person.DeactivatedAt = null;
        act.Note(AuditAct.PersonReactivated, "May sign in again.");
        return await EndAsync(act); // What was open before stays shut.
    }, cancellation);

    /// <summary>Signs the person out everywhere, within a minute.</summary>
    public Task<Refusal?> EndSessionsAsync(Actor by, string id, CancellationToken cancellation = default) => ActAsync(by, id, act =>
    {
        act.Note(AuditAct.SessionsEnded, "All browsers, by an administrator.");
        return EndAsync(act);
    }, cancellation);

    /// <summary>Takes away second factor, recovery codes and passkeys of whoever lost what they are on; the password alone signs in then.</summary>
    public Task<Refusal?> ResetSecondFactorAsync(Actor by, string id, CancellationToken cancellation = default) => ActAsync(by, id, async act =>
    {
        await act.Db.Set<IdentityUserToken<string>>().Where(t => t.UserId == id).ExecuteDeleteAsync(act.Stop);
        var passkeys = await act.Db.Set<IdentityUserPasskey<string>>().Where(p => p.UserId == id).ExecuteDeleteAsync(act.Stop);
        act.Person.TwoFactorEnabled = false;
        act.Note(AuditAct.SecondFactorChanged, passkeys == 0 ? "Reset by an administrator." : $"Reset by an administrator, {passkeys} passkeys with it.");
        return await EndAsync(act);
    }, cancellation);

    /// <summary>Revokes all of the person's API tokens.</summary>
    public Task<Refusal?> RevokeTokensAsync(Actor by, string id, CancellationToken cancellation = default) => ActAsync(by, id, async act =>
    {
        var now = clock.Now();
        var revoked = await act.Db.ApiTokens.Where(t => t.OwnerId == id && t.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, now), act.Stop);
        if (revoked > 0) act.Note(AuditAct.TokenRevoked, $"All {revoked} tokens.");
        await act.Db.SaveChangesAsync(act.Stop);
        return null;
    }, cancellation);

    private async Task<LinkOffered> OfferAsync(PortalUser person)
    {
        if (!letters.IsOn) return new LinkOffered(person, await links.ToSetPasswordAsync(person), null);
        outbox.Wake();
        return new LinkOffered(person, null, null);
    }

    private async Task<Refusal?> ActAsync(Actor by, string id, Func<PersonAct, Task<Refusal?>> act, CancellationToken cancellation)
    {
        if (!by.MayAdminister()) return NotAllowed;
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        using (await gate.TakeTurnAsync(cancellation))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await PeopleTurn.TakeAsync(db, cancellation);
            if (!await db.IsAdministratorAsync(by, cancellation)) return NotAllowed;
            if (await people.FindByIdAsync(id) is not { } person) return PersonRules.NoSuchPerson;
            if (person.ErasedAt is not null) return new Refusal("", "This person was erased, for good.", RefusalKind.NotNow);
            if (await act(new PersonAct(db, people, person, (what, detail) => audit.Note(db, new Audited(what, by, detail) { PersonId = id, OrganisationId = person.OrganisationId }), cancellation)) is { } refused) return refused;
            await transaction.CommitAsync(CancellationToken.None);
        }

        tokens.Forget(id);
        directory.Forget();
        outbox.Wake();
        return null;
    }

    private async Task<Refusal?> EndAsync(PersonAct act)
    {
        var now = clock.Now();
        await act.Db.Set<Device>().Where(d => d.PersonId == act.Person.Id && d.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedAt, now), act.Stop);
        var outcome = await act.People.UpdateSecurityStampAsync(act.Person); // Saves the person and the entry too.
        return outcome.Succeeded ? null : PersonRules.ToRefusal(outcome);
    }

    private static async Task<Refusal?> SaveAsync(PersonAct act)
    {
        var outcome = await act.People.UpdateAsync(act.Person);
        return outcome.Succeeded ? null : PersonRules.ToRefusal(outcome);
    }

    private sealed record PersonAct(PortalDb Db, UserManager<PortalUser> People, PortalUser Person, Action<AuditAct, string> Note, CancellationToken Stop);
}
