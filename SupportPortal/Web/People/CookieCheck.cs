using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>
/// Whether a cookie still stands for its person, asked of the store once a minute for all requests that carry it: a browser takes the
/// renewed cookie, but a client that keeps showing an old one would have every request checked and answered with another.
/// </summary>
internal sealed class CookieCheck(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<PortalUser> session, ILoggerFactory logs, CheckedCookies known, Devices devices, TimeProvider clock)
    : SecurityStampValidator<PortalUser>(options, session, logs)
{
    public override async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (clock.GetUtcNow() - context.Properties.IssuedUtc > Options.ValidationInterval && known.Find(context.Principal) is { } still)
        {
            context.ReplacePrincipal(still);
            return;
        }

        await base.ValidateAsync(context);
        if (context is { ShouldRenew: true, Principal: { } renewed }) known.Keep(renewed);
    }

    /// <summary>Whoever's stamp is still the one in the cookie, unless this browser was signed out.</summary>
    protected override async Task<PortalUser?> VerifySecurityStamp(ClaimsPrincipal? principal)
    {
        if (await base.VerifySecurityStamp(principal) is not { } person) return null;
        if (principal!.ToDeviceId() is not { } device) return person; // Older than devices.
        if (await devices.FindAsync(device) is not { } kept || kept.PersonId != person.Id) return null;
        await devices.NoteSeenAsync(device);
        return person;
    }
}

/// <summary>Who was found to be still there less than a minute ago, by the stamp and the device in their cookie.</summary>
internal sealed class CheckedCookies(IOptions<IdentityOptions> identity, TimeProvider clock)
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Principal, DateTimeOffset At)> _known = [];

    /// <summary>The person as they were at the last check; null when that is too long ago.</summary>
    public ClaimsPrincipal? Find(ClaimsPrincipal? shown) =>
        KeyOf(shown) is { } key && _known.TryGetValue(key, out var known) && clock.GetUtcNow() - known.At < SessionCheck.Between ? known.Principal.Clone() : null;

    /// <summary>Notes that this person was found just now.</summary>
    public void Keep(ClaimsPrincipal principal)
    {
        if (_known.Count > Most) _known.Clear();
        if (KeyOf(principal) is { } key) _known[key] = (principal.Clone(), clock.GetUtcNow());
    }

    private string? KeyOf(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) is { } stamp ? $"{stamp} {principal.ToDeviceId()}" : null;
}
