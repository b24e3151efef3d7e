using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>
/// The one way in: whoever signs in by password, second factor, passkey or another system's word comes through
/// <see cref="SignInWithClaimsAsync"/>, and is written down there.
/// </summary>
internal sealed class PortalSignIn(
    UserManager<PortalUser> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<PortalUser> claims, IOptions<IdentityOptions> options,
    ILogger<PortalSignIn> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<PortalUser> confirmation, PeopleDesk desk)
    : SignInManager<PortalUser>(people, http, claims, options, log, schemes, confirmation)
{
    /// <summary>Nobody who was deactivated or erased.</summary>
    public override async Task<bool> CanSignInAsync(PortalUser user) => user is { DeactivatedAt: null, ErasedAt: null } && await base.CanSignInAsync(user);

    /// <summary>Nor does the cookie of such a person stand for them any more.</summary>
    public override async Task<bool> ValidateSecurityStampAsync(PortalUser? user, string? securityStamp) =>
        user is { DeactivatedAt: null, ErasedAt: null } && await base.ValidateSecurityStampAsync(user, securityStamp);

    public override async Task SignInWithClaimsAsync(PortalUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        List<Claim> more = [.. additionalClaims];
        var isRenewed = Context.User.ToActor()?.Id == user.Id; // Where the person is signed in already. Asked first: signing in makes them the request's person.
        await base.SignInWithClaimsAsync(user, authenticationProperties, more);
        if (isRenewed) return;
        var way = more.FirstOrDefault(c => c.Type is ClaimTypes.AuthenticationMethod or "amr")?.Value;
        await desk.NoteSignInAsync(user, way ?? "pwd", Context.Connection.RemoteIpAddress?.ToString());
    }
}
