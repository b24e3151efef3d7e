using Microsoft.AspNetCore.Identity;
using SupportPortal.Domain;

namespace SupportPortal.Application.People;

/// <summary>
/// Checks the codes of an authenticator app by the portal's clock, which Identity's own does not, and takes each once (RFC 6238, 5.2). A
/// phone's clock may be half a minute off, in either direction.
/// </summary>
public sealed class AuthenticatorCodes(PeopleStore store, TimeProvider clock) : AuthenticatorTokenProvider<PortalUser>
{
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<PortalUser> manager, PortalUser user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { } key) return false;
        return await TakeAsync(key, token, user) && (await manager.UpdateAsync(user)).Succeeded;
    }

    /// <summary>Whether the code is one of the key's now and was not used before; the user is to be saved then.</summary>
    internal async Task<bool> TakeAsync(string key, string code, PortalUser user)
    {
        var typed = string.Concat(code.Where(char.IsAsciiDigit));
        var now = Totp.StepAt(clock.Now());
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (Totp.Code(key, step) == typed) return await store.TakeStepAsync(user, step, CancellationToken.None);
        }

        return false;
    }
}
