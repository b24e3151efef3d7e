using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People.SingleSignOn;

/// <summary>
/// Who somebody is whom an identity provider vouches for, and what they may do here: found, linked or added, and given the role and
/// organisation of their claims, in one transaction with what the audit log says of it.
/// </summary>
public sealed partial class SingleSignOnDesk(
    IServiceScopeFactory scopes, WriteGate gate, PeopleDirectory directory, ApiTokens tokens, FollowersWhoLeave followers, AuditLog audit, IOptions<PortalOptions> options,
    IDbContextFactory<PortalDb> databases, TimeProvider clock, ILogger<SingleSignOnDesk> log)
{
    /// <summary>The person as they are now, or why they are not let in.</summary>
    /// <param name="key">The provider's key.</param>
    /// <param name="claims">What it says.</param>
    /// <param name="address">The network address it came from.</param>
    public async Task<(PortalUser? Person, SingleSignOnRefusal? Refused)> AdmitAsync(string key, ProviderClaims claims, string? address, CancellationToken cancellation)
    {
        var (person, refused) = await DecideAsync(key, claims, address, cancellation);
        if (refused is not { } why) return (person, null);
        await RefuseAsync(key, why, person?.Id, address, cancellation);
        return (null, why);
    }

    /// <summary>Writes down that somebody was not let in.</summary>
    public async Task RefuseAsync(string key, SingleSignOnRefusal why, string? personId, string? address, CancellationToken cancellation)
    {
        LogRefused(key, why);
        await audit.WriteAsync(new Audited(AuditAct.SignInRefused, null, $"By {options.Value.SingleSignOn[key].Name}: {why}.") { PersonId = personId, Address = address }, cancellation);
    }

    /// <summary>Whether the person signs in through a provider and in no other way.</summary>
    public async Task<bool> IsOnlyWayAsync(string personId, CancellationToken cancellation)
    {
        string[] only = [.. options.Value.SingleSignOn.Where(provider => provider.Value.IsOnlyWay).Select(provider => provider.Key)];
        if (only.Length == 0) return false;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.UserLogins.AnyAsync(login => login.UserId == personId && only.Contains(login.LoginProvider), cancellation);
    }

    private async Task<(PortalUser? Person, SingleSignOnRefusal? Refused)> DecideAsync(string key, ProviderClaims claims, string? address, CancellationToken cancellation)
    {
        var provider = options.Value.SingleSignOn[key];
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PeopleTurn.TakeAsync(db, cancellation);

        var known = await people.FindByLoginAsync(key, claims.Subject);
        var (person, refused) = known is null ? await FindByAddressAsync(people, key, provider, claims) : (known, null);
        if (refused is not null) return (person, refused);
        if (person is { DeactivatedAt: not null } or { ErasedAt: not null }) return (person, SingleSignOnRefusal.Inactive);
        if (person?.Role > provider.HighestRole) return (person, SingleSignOnRefusal.NotTheirs); // Made so here, by somebody who did not mean to hand the account over.
        var role = provider.RoleOf(claims);
        if (role is null && provider.RoleClaim is not null) return (person, SingleSignOnRefusal.NoRole);
        if (person is null && !provider.AddsPeople) return (null, SingleSignOnRefusal.NoAccount);

        (Role, int?)? before = person is null ? null : (person.Role, person.OrganisationId);
        person ??= await AddAsync(people, db, provider, claims, role ?? provider.DefaultRole ?? Role.Customer, address, cancellation);
        if (known is null) await LinkAsync(people, db, key, provider, claims, person, address);
        await FollowAsync(people, db, provider, claims, person, role ?? person.Role, address, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        tokens.Forget(person.Id);
        directory.Forget();
        if (before is not null && before != (person.Role, person.OrganisationId)) await followers.EndWatchesAsync(person.Id, person.ToActor(), CancellationToken.None);
        return (person, null);
    }

    /// <summary>
    /// The account that a verified address opens. Never one that somebody else of this provider has.
    /// </summary>
    private static async Task<(PortalUser? Person, SingleSignOnRefusal? Refused)> FindByAddressAsync(
        UserManager<PortalUser> people, string key, IdentityProviderOptions provider, ProviderClaims claims)
    {
        if (claims.Email is not { } email || !(claims.IsVerified || provider.TrustsAddresses) || !provider.SpeaksFor(email)) return (null, SingleSignOnRefusal.NoAddress);
        if (await people.FindByEmailAsync(email) is not { } person) return (null, null);
        return (await people.GetLoginsAsync(person)).Any(login => login.LoginProvider == key) ? (person, SingleSignOnRefusal.NotTheirs) : (person, null);
    }

    private async Task<PortalUser> AddAsync(
        UserManager<PortalUser> people, PortalDb db, IdentityProviderOptions provider, ProviderClaims claims, Role role, string? address, CancellationToken cancellation)
    {
        var person = new PortalUser
        {
            UserName = claims.Email,
            Email = claims.Email,
            EmailConfirmed = true,
            Name = claims.Name ?? claims.Email!.Split('@')[0],
            Role = role,
            AddedAt = clock.Now(),
            OrganisationId = role is Role.Customer ? await OrganisationIdAsync(db, provider, claims, cancellation) : null,
        };
        Require(await people.CreateAsync(person));
        Note(db, AuditAct.PersonAdded, person, $"As {role}, at the first sign-in by {provider.Name}.", address);
        return person;
    }

    private async Task LinkAsync(UserManager<PortalUser> people, PortalDb db, string key, IdentityProviderOptions provider, ProviderClaims claims, PortalUser person, string? address)
    {
        person.EmailConfirmed = true; // The provider vouches for it; saved with the link.
        Require(await people.AddLoginAsync(person, new UserLoginInfo(key, claims.Subject, provider.Name)));
        Note(db, AuditAct.PersonChanged, person, $"Signs in by {provider.Name} from now on.", address);
    }

    /// <summary>Gives the person what their claims give; open sessions and tokens follow.</summary>
    private async Task FollowAsync(
        UserManager<PortalUser> people, PortalDb db, IdentityProviderOptions provider, ProviderClaims claims, PortalUser person, Role role, string? address, CancellationToken cancellation)
    {
        if (person.Role is Role.Administrator && role < Role.Administrator && await PeopleTurn.RefuseLastAdministratorAsync(db, person.Id, cancellation) is not null)
        {
            Note(db, AuditAct.PersonChanged, person, $"Stays the last administrator, though {provider.Name} gives the role {role}.", address);
            LogLastAdministrator(provider.Name, role);
            role = Role.Administrator;
        }

        var organisation = role is not Role.Customer ? null
            : provider.OrganisationClaim is null ? person.OrganisationId
            : await OrganisationIdAsync(db, provider, claims, cancellation);
        if (person.Role == role && person.OrganisationId == organisation) return;

        var changes = person.Role == role ? $"Another organisation, by the claims of {provider.Name}." : $"{person.Role} became {role}, by the claims of {provider.Name}.";
        (person.Role, person.OrganisationId) = (role, organisation);
        Note(db, AuditAct.PersonChanged, person, changes, address);
        await Devices.EndAllAsync(db, person.Id, clock.Now(), cancellation);
        Require(await people.UpdateSecurityStampAsync(person)); // Saves the rest too, and ends the sessions that carry the old rights.
    }

    private async Task<int?> OrganisationIdAsync(PortalDb db, IdentityProviderOptions provider, ProviderClaims claims, CancellationToken cancellation)
    {
        if (provider.OrganisationClaim is null || provider.OrganisationOf(claims) is not { } name) return null;
        return await OrganisationOf.FindOrAddAsync(db, name, null, audit, cancellation);
    }

    private void Note(PortalDb db, AuditAct act, PortalUser person, string detail, string? address) =>
        audit.Note(db, new Audited(act, null, detail) { PersonId = person.Id, OrganisationId = person.OrganisationId, Address = address });

    private static void Require(IdentityResult outcome)
    {
        if (!outcome.Succeeded) throw new InvalidOperationException(string.Join(' ', outcome.Errors.Select(error => error.Code)));
    }

    [LoggerMessage(LogLevel.Warning, "Sign-in by {Provider} refused: {Why}")]
    private partial void LogRefused(string provider, SingleSignOnRefusal why);

    [LoggerMessage(LogLevel.Warning, "{Provider} gives the last administrator the role {Role}: they stay administrator")]
    private partial void LogLastAdministrator(string provider, Role role);
}
