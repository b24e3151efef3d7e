using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>Someone who is to have an account.</summary>
public sealed record NewPerson(string Email, Role Role, string? Name = null, string? Organisation = null, string? Password = null)
{
    /// <summary>Whether a customer sees all of the organisation's requests or only their own.</summary>
    public bool SeesOrganisation { get; init; } = true;

    /// <summary>The team of an agent; null for none.</summary>
    public string? Team { get; init; }
}

/// <summary>What is done to people: accounts, roles, passwords. Each act opens its own scope, as Identity's stores keep a context.</summary>
public sealed class PeopleDesk(IServiceScopeFactory scopes, WriteGate gate, PeopleDirectory directory, ApiTokens tokens, SignIns signIns, AuditLog audit, TimeProvider clock)
{
    /// <summary>Makes an account; without a password it waits for one to be set through <see cref="OfferPasswordAsync"/>.</summary>
    /// <param name="person">Who is to have it.</param>
    /// <param name="by">Who makes it; null for the portal itself and its command line.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<(PortalUser? Added, Refusal? Refused)> AddAsync(NewPerson person, Actor? by = null, CancellationToken cancellation = default) =>
        AddAsync(person, new Audited(AuditAct.PersonAdded, by, $"Added as {person.Role}."), (_, _, _) => Task.FromResult<Refusal?>(null), cancellation);

    /// <summary>Makes an account, and in its transaction what belongs to it, which may refuse the whole.</summary>
    internal async Task<(PortalUser? Added, Refusal? Refused)> AddAsync(
        NewPerson person, Audited audited, Func<PortalDb, PortalUser, CancellationToken, Task<Refusal?>> with, CancellationToken cancellation)
    {
        if (PersonRules.Refuse(person) is { } refused) return (null, refused);
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();

        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PeopleTurn.TakeAsync(db, cancellation);
        var email = person.Email.Trim();
        var user = new PortalUser
        {
            UserName = email,
            Email = email,
            EmailConfirmed = person.Password is not null, // Whoever sets a password vouches for the address; else the link to set one shows it.
            Name = string.IsNullOrWhiteSpace(person.Name) ? email.Split('@')[0] : person.Name.Trim(),
            Role = person.Role,
            SeesOrganisation = person.SeesOrganisation,
            AddedAt = clock.Now(),
            OrganisationId = await OrganisationOf.FindOrAddAsync(db, person.Organisation, audited.By, audit, cancellation),
        };
        user.Team = await TeamOf.SpelledAsync(db, person.Team, user.Id, cancellation);
        if (await with(db, user, cancellation) is { } refusedToo) return (null, refusedToo);
        audit.Note(db, audited with { PersonId = user.Id, OrganisationId = user.OrganisationId });
        var outcome = person.Password is { } password ? await people.CreateAsync(user, password) : await people.CreateAsync(user);
        if (!outcome.Succeeded) return (null, PersonRules.ToRefusal(outcome));

        await transaction.CommitAsync(CancellationToken.None);
        directory.Forget();
        return (user, null);
    }

    /// <summary>Gives the person another role; open sessions and tokens follow.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="role">The role to have from now on.</param>
    /// <param name="by">Who gives it; null for the portal itself.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Refusal?> ChangeRoleAsync(string id, Role role, Actor? by = null, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PeopleTurn.TakeAsync(db, cancellation);
        if (await people.FindByIdAsync(id) is not { } user) return PersonRules.NoSuchPerson;
        if (role != Role.Administrator && await PeopleTurn.RefuseLastAdministratorAsync(db, id, cancellation) is { } last) return last;

        audit.Note(db, new Audited(AuditAct.PersonChanged, by, $"Role {user.Role} → {role}.") { PersonId = id });
        user.Role = role;
        var outcome = await people.UpdateSecurityStampAsync(user); // Saves the role too, and ends the sessions that carry the old one.
        if (!outcome.Succeeded) return PersonRules.ToRefusal(outcome);
        await transaction.CommitAsync(CancellationToken.None);
        tokens.Forget(id);
        directory.Forget();
        return null;
    }

    /// <summary>The person with this e-mail address.</summary>
    public async Task<PortalUser?> FindByEmailAsync(string email)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().FindByEmailAsync(email.Trim());
    }

    /// <summary>The person with this id, as they are now.</summary>
    public async Task<PortalUser?> FindAsync(string id)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().FindByIdAsync(id);
    }

    /// <summary>A one-time key with which the person can set a password; void once used or after three days.</summary>
    public async Task<string> OfferPasswordAsync(PortalUser user)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().GeneratePasswordResetTokenAsync(user);
    }

    /// <summary>Sets a password with a key from <see cref="OfferPasswordAsync"/>.</summary>
    public async Task<Refusal?> SetPasswordAsync(string id, string key, string password, Client? from = null, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        if (id.Any(char.IsControl)) return PersonRules.SpentLink; // Which no database looks for.
        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PeopleTurn.TakeAsync(db, cancellation);
        if (await people.FindByIdAsync(id) is not { } user) return PersonRules.SpentLink;
        (user.EmailConfirmed, user.LockoutEnd, user.AccessFailedCount) = (true, null, 0); // The link was in a mail to it. Saved with the password, if that is.
        var outcome = await people.ResetPasswordAsync(user, key, password);
        if (!outcome.Succeeded) return PersonRules.ToRefusal(outcome);
        await NotePasswordAsync(db, user, "Set by a link.", from ?? Client.None, keep: null);
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    /// <summary>Sets another password for somebody who knows the present one, and ends their sessions; answers the person as they are now.</summary>
    public async Task<(PortalUser? Changed, Refusal? Refused)> ChangePasswordAsync(string id, string present, string password, Client from, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        if (await people.FindByIdAsync(id) is not { } user) return (null, PersonRules.NoSuchPerson);
        var isTheirs = !await people.IsLockedOutAsync(user) && await people.CheckPasswordAsync(user, present); // Slow by design: nobody's write waits for it.
        if (!isTheirs)
        {
            await signIns.RefuseAsync(id, "Wrong present password.", from, counts: true); // Whoever found an open browser guesses no more often than at the door.
            return (null, new Refusal("present", "That is not your present password. After several wrong tries an account waits five minutes."));
        }

        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var outcome = await people.ChangePasswordAsync(user, present, password);
        if (!outcome.Succeeded) return (null, PersonRules.ToRefusal(outcome));
        await NotePasswordAsync(db, user, "Changed by its owner.", from, from.DeviceId);
        await transaction.CommitAsync(CancellationToken.None);
        return (user, null);
    }

    /// <summary>Whether this is an e-mail address that an account can have. Without blanks and control characters, so that it can break no mail's header.</summary>
    public static bool IsAddress(string text) =>
        text.Trim() is { Length: > 0 and <= 254 } email && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && email.Split('@') is [{ Length: > 0 }, { Length: > 0 }];

    private async Task NotePasswordAsync(PortalDb db, PortalUser person, string detail, Client from, string? keep)
    {
        await Devices.EndAllAsync(db, person.Id, clock.Now(), CancellationToken.None, but: keep);
        audit.Note(db, new Audited(AuditAct.PasswordChanged, person.ToActor(), detail) { PersonId = person.Id, Address = from.Address });
        await db.SaveChangesAsync();
    }
}
