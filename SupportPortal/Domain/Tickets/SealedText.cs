using System.Security.Cryptography;
using System.Text;

namespace SupportPortal.Domain.Tickets;

/// <summary>
/// Text that a person may have a right to see erased (a message body, a name). The event carries only the salted digest;
/// text and salt lie beside it, so that erasing them leaves the chain whole.
/// </summary>
public sealed record SealedText
{
    private SealedText(string digest, string? text, string? salt) => (Digest, Text, Salt) = (digest, text, salt);

    /// <summary>SHA-256 over salt and text, lower-case hexadecimal: what the event and its hash know.</summary>
    public string Digest { get; }

    /// <summary>The text; null once erased, or where the events were loaded without their texts.</summary>
    public string? Text { get; }

    /// <summary>The salt, hexadecimal; null when the text is.</summary>
    public string? Salt { get; }

    /// <summary>Seals a text under a salt (128 random bits, hexadecimal, from the caller: the domain draws no chance).</summary>
    public static SealedText Seal(string text, string salt) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + "\n" + text))), text, salt);

    /// <summary>The seal alone, its text erased or not loaded.</summary>
    public static SealedText Erased(string digest) => new(digest, null, null);

    /// <summary>Puts text and salt back beside the digest that the event holds; they are checked by <see cref="IsGenuine"/>.</summary>
    public static SealedText Restored(string digest, string text, string salt) => new(digest, text, salt);

    /// <summary>Whether the text is the one that was sealed. Erased text is genuine: there is nothing to doubt.</summary>
    public bool IsGenuine => Text is null || Salt is null || Seal(Text, Salt).Digest == Digest;
}
