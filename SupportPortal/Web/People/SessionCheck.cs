using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>Ends open pages whose person changed password or role, or is gone. Cookies are checked as often.</summary>
internal sealed class SessionCheck(ILoggerFactory logs, IServiceScopeFactory scopes, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override TimeSpan RevalidationInterval => Every;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope(); // The circuit's own context would live for hours.
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var stamp = authenticationState.User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;
        return await people.GetUserAsync(authenticationState.User) is { } user && user.SecurityStamp == stamp;
    }
}
