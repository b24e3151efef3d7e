using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>How a person's second step stands.</summary>
/// <param name="IsOn">Whether a sign-in by password asks for a code.</param>
/// <param name="CodesLeft">How many recovery codes have not been used.</param>
public sealed record SecondFactor(bool IsOn, int CodesLeft);

/// <summary>A key that waits to be confirmed by one of its codes.</summary>
/// <param name="Key">In base 32, as it is typed into an app.</param>
/// <param name="Offer">The same, sealed for this person for half an hour: whoever confirms it sends it back.</param>
public sealed record OfferedKey(string Key, string Offer);

/// <summary>
/// The second step of a sign-in by password: codes of an authenticator app, and recovery codes for whoever lost it. Who may change it is
/// asked before, by <see cref="Confirmation"/>.
/// </summary>
public sealed class SecondFactors(IServiceScopeFactory scopes, PersonActs acts, SignIns signIns, AuditLog audit, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly Duration OfferIsGood = Duration.FromMinutes(30);
    private static readonly Refusal OfferExpired = new("", "This page was open for too long. Here is a new key: scan it again.");
    private static readonly Refusal WrongCode = new("code", "That is not the code that the app shows for this key now. Check that the phone's time is right.");
    private static readonly Refusal IsOff = new("", "The second step is off.");

    private readonly ITimeLimitedDataProtector _offers = protection.CreateProtector("OfferedAuthenticatorKey").ToTimeLimitedDataProtector();

    /// <summary>How it stands with a person.</summary>
    public async Task<SecondFactor> FindAsync(string personId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await people.FindByIdAsync(personId) is { TwoFactorEnabled: true } person ? new(true, await people.CountRecoveryCodesAsync(person)) : new(false, 0);
    }

    /// <summary>A new key. Nothing is kept until a code confirms that an app has it.</summary>
    public OfferedKey OfferKey(string personId) => Offered(personId, Totp.NewKey());

    /// <summary>The key of an offer, if it was made to this person less than half an hour ago.</summary>
    public OfferedKey? ReadOffer(string personId, string offer)
    {
        try
        {
            return _offers.Unprotect(offer).Split(' ') is [var owner, var key] && owner == personId ? new OfferedKey(key, offer) : null;
        }
        catch (CryptographicException) // Damaged, or too old.
        {
            return null;
        }
    }

    /// <summary>Switches the second step on; all sessions but this browser's end. Answers the recovery codes, which are seen here and never again.</summary>
    public Task<(IReadOnlyList<string>? Codes, Refusal? Refused)> SwitchOnAsync(Actor actor, string offer, string code, Client from, CancellationToken cancellation) =>
        ReadOffer(actor.Id, offer) is not { Key: var key }
            ? Task.FromResult<(IReadOnlyList<string>?, Refusal?)>((null, OfferExpired))
            : acts.DoAsync<(IReadOnlyList<string>?, Refusal?)>(actor.Id, (null, IsOff), async act =>
            {
                if (!await act.Codes.TakeAsync(key, code, act.Person)) return (null, WrongCode);
                await act.Store.SetAuthenticatorKeyAsync(act.Person, key, cancellation);
                var codes = await NewCodesAsync(act, cancellation);
                PersonActs.Require(await act.People.SetTwoFactorEnabledAsync(act.Person, true)); // Renews the security stamp.
                await Devices.EndAllAsync(act.Db, actor.Id, clock.Now(), cancellation, but: from.DeviceId);
                Note(act, actor, "Switched on.", from);
                return (codes, null);
            }, cancellation);

    /// <summary>New recovery codes in place of the old ones.</summary>
    public Task<(IReadOnlyList<string>? Codes, Refusal? Refused)> MakeCodesAsync(Actor actor, Client from, CancellationToken cancellation) =>
        acts.DoAsync<(IReadOnlyList<string>?, Refusal?)>(actor.Id, (null, IsOff), async act =>
        {
            if (!act.Person.TwoFactorEnabled) return (null, IsOff);
            var codes = await NewCodesAsync(act, cancellation);
            PersonActs.Require(await act.People.UpdateAsync(act.Person));
            Note(act, actor, "Recovery codes made anew.", from);
            return (codes, null);
        }, cancellation);

    /// <summary>Switches the second step off; all sessions but this browser's end.</summary>
    public Task<Refusal?> SwitchOffAsync(Actor actor, Client from, CancellationToken cancellation) => acts.DoAsync<Refusal?>(actor.Id, IsOff, async act =>
    {
        if (!act.Person.TwoFactorEnabled) return IsOff;
        await act.Store.ForgetSecondFactorAsync(act.Person, cancellation);
        PersonActs.Require(await act.People.SetTwoFactorEnabledAsync(act.Person, false));
        await Devices.EndAllAsync(act.Db, actor.Id, clock.Now(), cancellation, but: from.DeviceId);
        Note(act, actor, "Switched off.", from);
        return null;
    }, cancellation);

    /// <summary>Takes a code of the app at the door; a wrong one counts, and is written down. Says whether it was good.</summary>
    public Task<bool> TakeCodeAsync(string personId, string code, Client from, CancellationToken cancellation) => acts.DoAsync(personId, false, async act =>
    {
        var good = await act.People.VerifyTwoFactorTokenAsync(act.Person, TokenOptions.DefaultAuthenticatorProvider, code);
        return await CountAsync(act, good, "Wrong code, or one that was used.", from);
    }, cancellation);

    /// <summary>Takes a recovery code at the door; whatever is not taken counts, and is written down.</summary>
    public Task<RecoveryCodeUse> TakeRecoveryCodeAsync(string personId, string code, Client from, CancellationToken cancellation) =>
        acts.DoAsync(personId, RecoveryCodeUse.Unknown, async act =>
        {
            var use = await act.Store.TakeCodeAsync(act.Person, code, cancellation);
            await CountAsync(act, use is RecoveryCodeUse.Taken, use is RecoveryCodeUse.Spent ? "A recovery code that was used already." : "Wrong recovery code.", from);
            return use;
        }, cancellation);

    private async Task<bool> CountAsync(PersonAct act, bool good, string why, Client from)
    {
        PersonActs.Require(good ? await act.People.UpdateAsync(act.Person) : await act.People.AccessFailedAsync(act.Person));
        if (!good) signIns.NoteRefusal(act, why, from);
        return good;
    }

    private static async Task<IReadOnlyList<string>> NewCodesAsync(PersonAct act, CancellationToken cancellation)
    {
        var codes = RecoveryCodes.Make();
        await act.Store.ReplaceCodesAsync(act.Person, codes, cancellation);
        return codes;
    }

    private OfferedKey Offered(string personId, string key) => new(key, _offers.Protect($"{personId} {key}", OfferIsGood.ToTimeSpan()));

    private void Note(PersonAct act, Actor actor, string detail, Client from) =>
        audit.Note(act.Db, new Audited(AuditAct.SecondFactorChanged, actor, detail) { PersonId = actor.Id, Address = from.Address });
}
