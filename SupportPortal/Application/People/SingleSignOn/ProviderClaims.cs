using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace SupportPortal.Application.People.SingleSignOn;

/// <summary>What an identity provider says of who signs in, cut down to what the portal asks.</summary>
/// <param name="Subject">Who it is there, for good; as <c>PersonLogins</c> keeps it.</param>
/// <param name="Email">Their address, if it is one.</param>
/// <param name="IsVerified">Whether the provider has seen that the address is theirs.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">The values of the claim that gives roles.</param>
/// <param name="Organisations">The values of the claim that gives organisations.</param>
public sealed record ProviderClaims(
    string Subject, string? Email, bool IsVerified, string? Name, IReadOnlyCollection<string> Roles, IReadOnlyList<string> Organisations)
{
    /// <summary>The most claims that are looked at; a list counts once for each of its values.</summary>
    public const int Most = 500;

    /// <summary>The most characters a claim's value may have.</summary>
    public const int Longest = 8 * 1024;

    // What the store's key takes.
    private const int LongestSubject = 100;

    /// <summary>Reads the claims; null for a subject that is missing, for too many claims, or for one that is too long.</summary>
    public static ProviderClaims? Read(IReadOnlyCollection<Claim> claims, IdentityProviderOptions provider)
    {
        if (claims.Count > Most || claims.Any(claim => claim.Value.Length > Longest)) return null;
        if (ValueOf("sub") is not { Length: > 0 } subject || subject.Any(char.IsControl)) return null;
        return new ProviderClaims(
            subject.Length <= LongestSubject ? subject : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(subject))),
            ValueOf("email") is { } email && PeopleDesk.IsAddress(email) ? email.Trim() : null,
            bool.TryParse(ValueOf("email_verified"), out var verified) && verified,
            ValueOf("name") is { } name && !string.IsNullOrWhiteSpace(name) && !name.Trim().Any(char.IsControl) ? name.Trim()[..Math.Min(100, name.Trim().Length)] : null,
            [.. ValuesOf(provider.RoleClaim).ToHashSet()],
            [.. ValuesOf(provider.OrganisationClaim)]);

        string? ValueOf(string type) => claims.FirstOrDefault(claim => claim.Type == type)?.Value;
        IEnumerable<string> ValuesOf(string? type) => claims.Where(claim => claim.Type == type).Select(claim => claim.Value);
    }
}
