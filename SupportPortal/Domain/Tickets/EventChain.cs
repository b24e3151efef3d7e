using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace SupportPortal.Domain.Tickets;

/// <summary>
/// The chain that makes tampering visible: each event's hash covers everything stored of it and the hash before it.
/// Texts are covered through their salted digests, so erasing a text breaks nothing.
/// </summary>
public static class EventChain
{
    /// <summary>What the first event of a ticket follows.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    /// <param name="previousHash">The hash of the event before, or <see cref="Genesis"/>.</param>
    /// <param name="ticketId">Whose event it is: an event cannot be moved to another ticket.</param>
    /// <param name="version">Its place in the ticket.</param>
    /// <param name="type">Its type as the API spells it.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <param name="catalogue">Under which catalogue.</param>
    /// <param name="data">Its data, exactly as stored.</param>
    public static string Hash(string previousHash, long ticketId, int version, string type, Instant at, EventAuthor by, int catalogue, string data)
    {
        // Lengths stand before the free-form parts, so that no two different events read alike.
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{previousHash}\n{ticketId}\n{version}\n{type}\n{at.ToUnixTimeTicks()}\n{by.Id.Length}:{by.Id}\n{(int)by.Role}\n{catalogue}\n{data.Length}:{data}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
