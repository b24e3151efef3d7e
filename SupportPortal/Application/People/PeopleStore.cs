using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>
/// Identity's store, but that what opens the second step of a sign-in does not lie in the database as it is typed: the authenticator's
/// key is encrypted with the portal's keys, recovery codes are digests.
/// </summary>
public sealed class PeopleStore(PortalDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<PortalUser, PortalDb>(db, describer)
{
    private const string Provider = "SecondFactor";
    private const string Key = "Key";
    private const string Codes = "RecoveryCodes";
    private const string Step = "LastStep";

    private readonly IDataProtector _keys = protection.CreateProtector("AuthenticatorKey");

    public override Task SetAuthenticatorKeyAsync(PortalUser user, string key, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, Key, _keys.Protect(key), cancellationToken);

    // A key that cannot be decrypted is an exception: "none" would switch the second factor off.
    public override async Task<string?> GetAuthenticatorKeyAsync(PortalUser user, CancellationToken cancellationToken) =>
        await GetTokenAsync(user, Provider, Key, cancellationToken) is { } kept ? _keys.Unprotect(kept) : null;

    public override Task ReplaceCodesAsync(PortalUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, Codes, RecoveryCodes.Pack(recoveryCodes), cancellationToken);

    public override async Task<int> CountCodesAsync(PortalUser user, CancellationToken cancellationToken) =>
        RecoveryCodes.Left(await GetTokenAsync(user, Provider, Codes, cancellationToken));

    public override async Task<bool> RedeemCodeAsync(PortalUser user, string code, CancellationToken cancellationToken) =>
        await TakeCodeAsync(user, code, cancellationToken) is RecoveryCodeUse.Taken;

    /// <summary>Spends a recovery code; <see cref="RedeemCodeAsync"/> does not tell a spent one from one that never was.</summary>
    internal async Task<RecoveryCodeUse> TakeCodeAsync(PortalUser user, string code, CancellationToken cancellation)
    {
        var (use, kept) = RecoveryCodes.Take(await GetTokenAsync(user, Provider, Codes, cancellation), code);
        if (use is RecoveryCodeUse.Taken) await SetTokenAsync(user, Provider, Codes, kept, cancellation);
        return use;
    }

    /// <summary>Notes the 30-second step of a code that was good; false when that one, or a later one, has been used already.</summary>
    internal async Task<bool> TakeStepAsync(PortalUser user, long step, CancellationToken cancellation)
    {
        if (long.TryParse(await GetTokenAsync(user, Provider, Step, cancellation), CultureInfo.InvariantCulture, out var last) && step <= last) return false;
        await SetTokenAsync(user, Provider, Step, step.ToString(CultureInfo.InvariantCulture), cancellation);
        return true;
    }

    /// <summary>Forgets key and codes. The last step stays, so that no code is good twice.</summary>
    internal async Task ForgetSecondFactorAsync(PortalUser user, CancellationToken cancellation)
    {
        await RemoveTokenAsync(user, Provider, Key, cancellation);
        await RemoveTokenAsync(user, Provider, Codes, cancellation);
    }
}
