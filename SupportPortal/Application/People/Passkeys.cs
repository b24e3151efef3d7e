using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Audit;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">The credential's id.</param>
/// <param name="Name">What the owner calls it.</param>
/// <param name="MadeAt">When it was added.</param>
/// <param name="UsedAt">When it last opened the portal; null for never.</param>
public sealed record Passkey(byte[] Id, string Name, Instant MadeAt, Instant? UsedAt);

/// <summary>The passkeys of people. The ceremonies themselves are Identity's, between browser and sign-in manager.</summary>
public sealed class Passkeys(IServiceScopeFactory scopes, PersonActs acts, AuditLog audit, TimeProvider clock)
{
    /// <summary>The most that one person can have.</summary>
    public const int Most = 20;

    private const string Used = "PasskeyUsed";
    private static readonly Refusal TooMany = new("", $"You have {Most} passkeys. Remove one first.");
    private static readonly Refusal BadName = new("name", "Give the passkey a name of at most 100 characters.");
    private static readonly Refusal NoSuch = new("", "There is no such passkey any more.");
    private static readonly Refusal NoSuchPerson = new("", "There is no such person.");

    /// <summary>A person's passkeys, oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ListAsync(string personId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await people.FindByIdAsync(personId) is not { } person) return [];
        List<Passkey> passkeys = [];
        foreach (var kept in (await people.GetPasskeysAsync(person)).OrderBy(p => p.CreatedAt))
        {
            var used = InstantPattern.ExtendedIso.Parse(await people.GetAuthenticationTokenAsync(person, Used, NameOf(kept.CredentialId)) ?? "");
            passkeys.Add(new(kept.CredentialId, kept.Name ?? "Passkey", Instant.FromDateTimeOffset(kept.CreatedAt), used.Success ? used.Value : null));
        }

        return passkeys;
    }

    /// <summary>Why a name cannot be given to a passkey; null when it can.</summary>
    public static Refusal? RefuseName(string? name) => name?.Trim() is { Length: > 0 and <= 100 } given && !given.Any(char.IsControl) ? null : BadName;

    /// <summary>Keeps a passkey that the person's browser just made.</summary>
    public Task<Refusal?> AddAsync(Actor actor, UserPasskeyInfo passkey, string name, Client from, CancellationToken cancellation) => RefuseName(name) is { } bad
        ? Task.FromResult<Refusal?>(bad)
        : acts.DoAsync<Refusal?>(actor.Id, NoSuchPerson, async act =>
        {
            if ((await act.People.GetPasskeysAsync(act.Person)).Count >= Most) return TooMany;
            passkey.Name = name.Trim();
            PersonActs.Require(await act.People.AddOrUpdatePasskeyAsync(act.Person, passkey));
            Note(act, actor, "Added.", from);
            return null;
        }, cancellation);

    /// <summary>Calls a passkey something else.</summary>
    public Task<Refusal?> RenameAsync(Actor actor, byte[] id, string name, Client from, CancellationToken cancellation) => RefuseName(name) is { } bad
        ? Task.FromResult<Refusal?>(bad)
        : acts.DoAsync<Refusal?>(actor.Id, NoSuchPerson, async act =>
        {
            if (await act.People.GetPasskeyAsync(act.Person, id) is not { } passkey) return NoSuch;
            passkey.Name = name.Trim();
            PersonActs.Require(await act.People.AddOrUpdatePasskeyAsync(act.Person, passkey));
            Note(act, actor, "Renamed.", from);
            return null;
        }, cancellation);

    /// <summary>Removes a passkey: it opens nothing any more.</summary>
    public Task<Refusal?> RemoveAsync(Actor actor, byte[] id, Client from, CancellationToken cancellation) => acts.DoAsync<Refusal?>(actor.Id, NoSuchPerson, async act =>
    {
        if (await act.People.GetPasskeyAsync(act.Person, id) is null) return NoSuch;
        PersonActs.Require(await act.People.RemovePasskeyAsync(act.Person, id));
        PersonActs.Require(await act.People.RemoveAuthenticationTokenAsync(act.Person, Used, NameOf(id)));
        Note(act, actor, "Removed.", from);
        return null;
    }, cancellation);

    /// <summary>Keeps what a sign-in changed: the authenticator's counter, and when it was.</summary>
    public Task NoteUseAsync(string personId, UserPasskeyInfo passkey, CancellationToken cancellation) => acts.DoAsync(personId, false, async act =>
    {
        PersonActs.Require(await act.People.AddOrUpdatePasskeyAsync(act.Person, passkey));
        PersonActs.Require(await act.People.SetAuthenticationTokenAsync(act.Person, Used, NameOf(passkey.CredentialId), InstantPattern.ExtendedIso.Format(clock.Now())));
        return true;
    }, cancellation);

    /// <summary>A name that fits into a key: credential ids may have a thousand bytes.</summary>
    private static string NameOf(byte[] id) => Convert.ToHexString(SHA256.HashData(id));

    private void Note(PersonAct act, Actor actor, string detail, Client from) =>
        audit.Note(act.Db, new Audited(AuditAct.PasskeyChanged, actor, detail) { PersonId = actor.Id, Address = from.Address });
}
