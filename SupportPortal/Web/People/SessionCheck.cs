using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>Ends open pages whose person changed password or role, or is gone, or whose browser was signed out, within a minute. Cookies are checked as often.</summary>
internal sealed class SessionCheck(ILoggerFactory logs, SecurityStamps stamps, Devices devices, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override TimeSpan RevalidationInterval => Every - SecurityStamps.Freshness;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var stamp = authenticationState.User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;
        if (stamp is null || authenticationState.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return false;
        if (await stamps.FindAsync(id) is not { } standing || standing.Stamp != stamp) return false;
        if (authenticationState.User.ToDeviceId() is not { } device) return true;
        if (!standing.Devices.Contains(device)) return false;
        await devices.NoteSeenAsync(device);
        return true;
    }
}
