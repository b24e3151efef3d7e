using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SupportPortal.Web.People;

/// <summary>Ends open pages whose person changed password or role, or is gone, within a minute. Cookies are checked as often.</summary>
internal sealed class SessionCheck(ILoggerFactory logs, SecurityStamps stamps, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override TimeSpan RevalidationInterval => Every - SecurityStamps.Freshness;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var stamp = authenticationState.User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;
        return stamp is not null && authenticationState.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && await stamps.FindAsync(id) == stamp;
    }
}
