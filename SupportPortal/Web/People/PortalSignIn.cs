using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.People.SingleSignOn;

namespace SupportPortal.Web.People;

/// <summary>
/// The one way in: whoever signs in by password, second factor, passkey or another system's word comes through
/// <see cref="SignInWithClaimsAsync"/>, and is written down there.
/// </summary>
internal sealed class PortalSignIn(
    UserManager<PortalUser> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<PortalUser> claims, IOptions<IdentityOptions> options,
    ILogger<PortalSignIn> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<PortalUser> confirmation, PeopleDesk desk,
    SingleSignOnDesk providers)
    : SignInManager<PortalUser>(people, http, claims, options, log, schemes, confirmation)
{
    /// <summary>Nobody who was deactivated or erased.</summary>
    public override async Task<bool> CanSignInAsync(PortalUser user) => user is { DeactivatedAt: null, ErasedAt: null } && await base.CanSignInAsync(user);

    /// <summary>Signs in whom an identity provider vouches for, or has them asked for the second step that they set up here.</summary>
    public Task<SignInResult> EnterByAsync(PortalUser user, string provider) => SignInOrTwoFactorAsync(user, isPersistent: true, provider);

    /// <summary>Neither by password nor by passkey for whom an identity provider is the only way.</summary>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(PortalUser user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false) =>
        loginProvider is null && await providers.IsOnlyWayAsync(user.Id, Context.RequestAborted)
            ? SignInResult.NotAllowed
            : await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);

    public override async Task SignInWithClaimsAsync(PortalUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        List<Claim> more = [.. additionalClaims];
        var isThere = Context.User.ToActor()?.Id == user.Id;
        await base.SignInWithClaimsAsync(user, authenticationProperties, more);
        if (isThere) return; // Renewed where the person is signed in already.
        var way = more.FirstOrDefault(c => c.Type is ClaimTypes.AuthenticationMethod or "amr")?.Value;
        await desk.NoteSignInAsync(user, way ?? "pwd", Context.Connection.RemoteIpAddress?.ToString());
    }
}
