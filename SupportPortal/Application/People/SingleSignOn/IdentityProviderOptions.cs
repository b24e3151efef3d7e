using System.Text.RegularExpressions;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People.SingleSignOn;

/// <summary>
/// One identity provider under <c>Portal:SingleSignOn</c>, spoken to by OpenID Connect. Its key there is its name in addresses and in
/// the store: another provider gets another key.
/// </summary>
public sealed partial class IdentityProviderOptions
{
    private static readonly string[] UsualScopes = ["openid", "profile", "email"];

    /// <summary>The name on the button.</summary>
    public string Name { get; set; } = "";

    /// <summary>The provider's address, under which <c>.well-known/openid-configuration</c> lies.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The portal's name at the provider.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The portal's secret at the provider; null for a public client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What is asked for; <c>openid profile email</c> when not set.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>The claim whose values give a role at every sign-in; null where roles are given in the portal.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>For each role, the values of <see cref="RoleClaim"/> that give it. Of several, the highest counts.</summary>
    public Dictionary<string, string[]> Roles { get; set; } = [];

    /// <summary>The role of whoever's claims give none; null to refuse them where a <see cref="RoleClaim"/> is set.</summary>
    public Role? DefaultRole { get; set; }

    /// <summary>The claim that gives a customer's organisation at every sign-in; null where organisations are given in the portal.</summary>
    public string? OrganisationClaim { get; set; }

    /// <summary>For each organisation's name, the values of <see cref="OrganisationClaim"/> that give it; while empty, a value is the name.</summary>
    public Dictionary<string, string[]> Organisations { get; set; } = [];

    /// <summary>The mail domains that the provider may speak for; all of them when not set.</summary>
    public string[]? Domains { get; set; }

    /// <summary>Whether somebody without an account gets one at their first sign-in.</summary>
    public bool AddsPeople { get; set; }

    /// <summary>Whether every address counts as verified, for a provider that leaves <c>email_verified</c> out and lets nobody choose an address.</summary>
    public bool TrustsAddresses { get; set; }

    /// <summary>Whether people who have signed in through it can sign in no other way.</summary>
    public bool IsOnlyWay { get; set; }

    /// <summary>The scopes in force.</summary>
    public IReadOnlyList<string> AskedScopes => Scopes is { Length: > 0 } ? Scopes : UsualScopes;

    /// <summary>The highest role that it can give. It speaks for no account that has a higher one.</summary>
    public Role HighestRole => Roles.Keys.Select(role => Enum.TryParse<Role>(role, true, out var given) ? given : Role.Customer).Append(DefaultRole ?? Role.Customer).Max();

    /// <summary>The role that claims give; null when they give none.</summary>
    public Role? RoleOf(ProviderClaims claims)
    {
        if (RoleClaim is null) return null;
        Role? highest = null;
        foreach (var (name, values) in Roles)
        {
            if (Enum.TryParse<Role>(name, true, out var role) && (highest is null || role > highest) && values.Any(claims.Roles.Contains)) highest = role;
        }

        return highest ?? DefaultRole;
    }

    /// <summary>The name of the organisation that claims give; null when they give none.</summary>
    public string? OrganisationOf(ProviderClaims claims) => Organisations.Count == 0
        ? claims.Organisations is [{ } first, ..] && first.Trim().Length is > 0 and <= 100 ? first.Trim() : null
        : Organisations.FirstOrDefault(organisation => organisation.Value.Any(claims.Organisations.Contains)).Key;

    /// <summary>Whether the provider may speak for this address.</summary>
    public bool SpeaksFor(string address) =>
        Domains is not { Length: > 0 } || Domains.Contains(address[(address.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);

    /// <summary>What is unusable, each sentence beginning with its key.</summary>
    /// <param name="key">The provider's key.</param>
    public IEnumerable<string> Problems(string key)
    {
        var at = $"Portal:SingleSignOn:{key}";
        if (!Key().IsMatch(key)) yield return $"{at}: a provider's key has lower-case letters, digits and hyphens only, 40 at most.";
        if (Domains is { Length: > 0 } && OrganisationClaim is not null && Organisations.Count == 0)
            yield return $"{at}:Organisations: a provider that speaks for some domains only names the organisations that it may give; else its claims could name any.";
        if (Name.Trim().Length is 0 or > 60) yield return $"{at}:Name: name the provider in 1 to 60 characters; the button shows it.";
        if (AuthorityProblem() is { } wrong) yield return $"{at}:Authority: {wrong}";
        if (string.IsNullOrWhiteSpace(ClientId)) yield return $"{at}:ClientId: the provider knows the portal by one.";
        if (!AskedScopes.Contains("openid")) yield return $"{at}:Scopes: openid must be among them.";

        foreach (var role in Roles.Keys.Where(role => !Enum.GetNames<Role>().Contains(role, StringComparer.OrdinalIgnoreCase)))
            yield return $"{at}:Roles:{role}: use Customer, Agent, Manager or Administrator.";
        if (RoleClaim is null && Roles.Count > 0) yield return $"{at}:RoleClaim: name the claim that has the values in Roles.";
        if (RoleClaim is not null && Roles.Count == 0) yield return $"{at}:Roles: say which values of {RoleClaim} give which role.";
        if (DefaultRole is Role.Administrator) yield return $"{at}:DefaultRole: nobody becomes an administrator unless a claim says so.";
        if (DefaultRole is { } role2 && !Enum.IsDefined(role2)) yield return $"{at}:DefaultRole: use Customer, Agent or Manager.";

        if (OrganisationClaim is null && Organisations.Count > 0) yield return $"{at}:OrganisationClaim: name the claim that has the values in Organisations.";
        foreach (var name in Organisations.Keys.Where(name => name.Trim().Length is 0 or > 100))
            yield return $"{at}:Organisations:{name}: an organisation's name has 1 to 100 characters.";
        foreach (var domain in (Domains ?? []).Where(domain => !Domain().IsMatch(domain)))
            yield return $"{at}:Domains: '{domain}' is not a mail domain such as example.com.";
    }

    private string? AuthorityProblem()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address is not { Query: "", Fragment: "", UserInfo: "" })
            return $"'{Authority}' is not an address such as https://login.example.com.";
        if (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) return null;
        return $"'{Authority}' must begin with https; http is for this machine only.";
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[^\s@.]+(\.[^\s@.]+)+$")]
    private static partial Regex Domain();
}
