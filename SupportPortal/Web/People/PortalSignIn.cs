using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.People.SingleSignOn;

namespace SupportPortal.Web.People;

/// <summary>
/// The one way in: whoever signs in by password, second step, passkey or another system's word comes through
/// <see cref="SignInWithClaimsAsync"/>, is written down there, and gets a device.
/// </summary>
internal sealed class PortalSignIn(
    UserManager<PortalUser> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<PortalUser> claims, IOptions<IdentityOptions> options,
    ILogger<PortalSignIn> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<PortalUser> confirmation, SignIns signIns, PeopleDesk desk,
    SingleSignOnDesk providers)
    : SignInManager<PortalUser>(people, http, claims, options, log, schemes, confirmation)
{
    private const string HowClaim = "amr"; // Authentication method reference, RFC 8176.

    private bool _renews;

    /// <summary>Nobody who was deactivated or erased.</summary>
    public override async Task<bool> CanSignInAsync(PortalUser user) => user is { DeactivatedAt: null, ErasedAt: null } && await base.CanSignInAsync(user);

    /// <summary>Nor does the cookie of such a person stand for them any more.</summary>
    public override async Task<bool> ValidateSecurityStampAsync(PortalUser? user, string? securityStamp) =>
        user is { DeactivatedAt: null, ErasedAt: null } && await base.ValidateSecurityStampAsync(user, securityStamp);

    /// <summary>Why the person may not come in by password or passkey, whatever they know; for the audit log. Null when they may.</summary>
    public async Task<string?> WhyNotHereAsync(PortalUser user) =>
        await providers.IsOnlyWayAsync(user.Id, Context.RequestAborted) ? "An identity provider is the only way in." : await WhyNotAsync(user);

    /// <summary>Why the person may not come in at all; for the audit log. Null when they may.</summary>
    public async Task<string?> WhyNotAsync(PortalUser user)
    {
        if (user is { DeactivatedAt: not null } or { ErasedAt: not null }) return "The account is deactivated.";
        if (!await CanSignInAsync(user)) return "The account may not sign in yet.";
        return await IsLockedOut(user) ? "The account waits after wrong tries." : null;
    }

    /// <summary>Signs in whoever proved their first step, or has them asked for the second.</summary>
    public Task<SignInResult> EnterAsync(PortalUser user) => SignInOrTwoFactorAsync(user, isPersistent: true);

    /// <summary>Signs in whom an identity provider vouches for, or has them asked for the second step that they set up here.</summary>
    public Task<SignInResult> EnterByAsync(PortalUser user, string provider) => SignInOrTwoFactorAsync(user, isPersistent: true, provider);

    /// <summary>Signs in whoever proved both steps.</summary>
    /// <param name="user">Who.</param>
    /// <param name="way">How, as <see cref="SignIns.NoteAsync"/> has it.</param>
    public async Task FinishAsync(PortalUser user, string way)
    {
        List<Claim> more = [new(HowClaim, way)];
        var first = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        if (first?.FindFirst(ClaimTypes.AuthenticationMethod) is { } system) more.Add(system.Clone());
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Context.SignOutAsync(IdentityConstants.ExternalScheme);
        await SignInWithClaimsAsync(user, isPersistent: true, more);
    }

    /// <summary>Gives this browser a cookie that holds on, where those of all others no longer do: the person's stamp was renewed a moment ago.</summary>
    public async Task StayAsync(string personId)
    {
        if (await desk.FindAsync(personId) is { } person) await RefreshSignInAsync(person); // Not from this request's own context, which may know them as they were.
    }

    /// <summary>Gives this browser another cookie, because the person's stamp or rights changed. It is no sign-in, and keeps the device.</summary>
    public override async Task RefreshSignInAsync(PortalUser user)
    {
        _renews = true;
        await base.RefreshSignInAsync(user);
        _renews = false;
    }

    public override async Task SignInWithClaimsAsync(PortalUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        List<Claim> more = [.. additionalClaims];
        var client = Context.ToClient();
        if (_renews && client.DeviceId is { } known)
        {
            more.Add(new(ClientOf.DeviceClaim, known));
        }
        else
        {
            var device = Devices.NewId();
            more.Add(new(ClientOf.DeviceClaim, device));
            string[] ways = [.. more.Where(c => c.Type is ClaimTypes.AuthenticationMethod or HowClaim).Select(c => c.Value)]; // Another system, and a second step here.
            await signIns.NoteAsync(user, _renews ? null : ways.Length == 0 ? "pwd" : string.Join(" and ", ways), device, client);
        }

        await base.SignInWithClaimsAsync(user, authenticationProperties, more);
    }

    /// <summary>What a cookie that is renewed takes over from the one before: the rest is made anew from the store.</summary>
    public static Task KeepAsync(SecurityStampRefreshingPrincipalContext renewal)
    {
        var kept = renewal.CurrentPrincipal?.Claims.Where(c => c.Type is ClientOf.DeviceClaim or HowClaim or ClaimTypes.AuthenticationMethod) ?? [];
        if (renewal.NewPrincipal?.Identity is ClaimsIdentity identity) identity.AddClaims(kept.Select(c => c.Clone()));
        return Task.CompletedTask;
    }
}
