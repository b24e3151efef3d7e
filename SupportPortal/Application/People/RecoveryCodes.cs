using System.Security.Cryptography;
using System.Text;

namespace SupportPortal.Application.People;

/// <summary>What became of a recovery code that somebody typed.</summary>
public enum RecoveryCodeUse
{
    /// <summary>There is no such code.</summary>
    Unknown,

    /// <summary>It was good, and is spent from now on.</summary>
    Taken,

    /// <summary>It was good once, and has been used.</summary>
    Spent,
}

/// <summary>
/// Recovery codes as they are kept: a salt and the SHA-256 of it with each code, marked when it is spent. A code has 70 random bits, which
/// nobody finds from its digest.
/// </summary>
internal static class RecoveryCodes
{
    /// <summary>How many a person gets at once.</summary>
    public const int Count = 10;

    private const string Letters = "23456789BCDFGHJKMNPQRTVWXY"; // None that look alike, no vowels: no words come about.
    private const char Mark = '-';

    /// <summary>New codes, as the person writes them down.</summary>
    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Group(), Group(), Group()))];

    /// <summary>What is kept of them.</summary>
    public static string Pack(IEnumerable<string> codes)
    {
        var salt = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        return string.Join(';', [salt, .. codes.Select(code => Digest(salt, code))]);
    }

    /// <summary>How many are left.</summary>
    public static int Left(string? kept) => kept?.Split(';').Skip(1).Count(digest => digest[0] != Mark) ?? 0;

    /// <summary>Spends a code; answers what is to be kept from now on.</summary>
    public static (RecoveryCodeUse Use, string? Kept) Take(string? kept, string code)
    {
        if (kept?.Split(';') is not { Length: > 1 } parts) return (RecoveryCodeUse.Unknown, kept);
        var digest = Digest(parts[0], code);
        if (parts.Contains(Mark + digest)) return (RecoveryCodeUse.Spent, kept);
        var at = Array.IndexOf(parts, digest, startIndex: 1);
        if (at < 0) return (RecoveryCodeUse.Unknown, kept);
        parts[at] = Mark + digest;
        return (RecoveryCodeUse.Taken, string.Join(';', parts));
    }

    private static string Group() => RandomNumberGenerator.GetString(Letters, 5);

    /// <summary>However it was typed: small letters, blanks, no hyphens.</summary>
    private static string Digest(string salt, string code) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes(salt + string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())));
}
