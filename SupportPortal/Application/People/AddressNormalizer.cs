using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace SupportPortal.Application.People;

/// <summary>
/// How an address is compared: in capitals, and its domain as the network writes it, so that a mailbox at a domain with letters of its own
/// has one account however it is spelled.
/// </summary>
internal sealed class AddressNormalizer : ILookupNormalizer
{
    private static readonly IdnMapping Idn = new();

    public string? NormalizeName(string? name) => Normalize(name);

    public string? NormalizeEmail(string? email) => Normalize(email);

    /// <summary>An address as it is compared.</summary>
    public static string? Normalize(string? address)
    {
        if (address?.LastIndexOf('@') is not (> 0 and var at)) return address?.Normalize().ToUpperInvariant();
        var domain = address[(at + 1)..];
        try
        {
            domain = Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // No domain: compared as it stands.
        }

        return $"{address[..at].Normalize()}@{domain}".ToUpperInvariant();
    }
}
