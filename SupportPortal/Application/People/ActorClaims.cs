using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>The one place where a signed-in principal and an <see cref="Actor"/> become each other; for cookies and tokens alike.</summary>
public static class ActorClaims
{
    private const string DisplayName = "name";
    private const string Organisation = "organisation";
    private const string SeesOrganisation = "sees_organisation";
    private const string Token = "token";
    private const string Scope = "scope";

    /// <summary>Who acts; null for a visitor, and for a cookie that names no role any more.</summary>
    public static Actor? ToActor(this ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return null;
        if (!Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)) return null;
        int? organisation = int.TryParse(principal.FindFirstValue(Organisation), CultureInfo.InvariantCulture, out var number) ? number : null;
        return new Actor(id, role, organisation, principal.HasClaim(SeesOrganisation, bool.TrueString));
    }

    /// <summary>Who acts, where nobody gets without being signed in.</summary>
    public static Actor RequireActor(this ClaimsPrincipal principal) =>
        principal.ToActor() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The name to greet the person by.</summary>
    public static string? ToDisplayName(this ClaimsPrincipal principal) => principal.FindFirstValue(DisplayName);

    /// <summary>Which token the caller showed; null for a person in a browser.</summary>
    public static string? ToTokenId(this ClaimsPrincipal principal) => principal.FindFirstValue(Token);

    /// <summary>What the caller's token opens; everything for a person in a browser.</summary>
    public static TokenScope ToTokenScope(this ClaimsPrincipal principal) =>
        Enum.TryParse<TokenScope>(principal.FindFirstValue(Scope), out var scope) ? scope : TokenScope.All;

    /// <summary>The claims beside the person's id.</summary>
    internal static IEnumerable<Claim> Of(Actor actor, string name)
    {
        yield return new Claim(DisplayName, name);
        yield return new Claim(ClaimTypes.Role, actor.Role.ToString());
        yield return new Claim(SeesOrganisation, actor.SeesOrganisation.ToString());
        if (actor.OrganisationId is { } organisation)
            yield return new Claim(Organisation, organisation.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A principal for a token's owner.</summary>
    public static ClaimsPrincipal ToPrincipal(this TokenOwner owner, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, owner.Actor.Id), new Claim(Token, owner.TokenId.ToString(CultureInfo.InvariantCulture)), new Claim(Scope, owner.Scope.ToString()), .. Of(owner.Actor, owner.Name)],
        scheme, ClaimTypes.Name, ClaimTypes.Role));
}

/// <summary>Puts the actor's claims into the cookie.</summary>
public sealed class ActorClaimsFactory(UserManager<PortalUser> people, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<PortalUser>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(ActorClaims.Of(user.ToActor(), user.Name));
        return identity;
    }
}
