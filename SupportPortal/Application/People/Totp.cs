using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NodaTime;

namespace SupportPortal.Application.People;

/// <summary>Time-based one-time passwords (RFC 6238) as every authenticator app makes them: six digits of an HMAC-SHA-1, new every 30 seconds.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecondsPerStep = 30;
    private const int KeyBytes = 20;

    /// <summary>A new key, in base 32 as it is typed into an app.</summary>
    public static string NewKey()
    {
        Span<char> key = stackalloc char[KeyBytes * 8 / 5];
        RandomNumberGenerator.GetItems(Alphabet, key);
        return new string(key);
    }

    /// <summary>Which of the 30-second steps since 1970 an instant lies in.</summary>
    public static long StepAt(Instant now) => now.ToUnixTimeSeconds() / SecondsPerStep;

    /// <summary>The code of a step.</summary>
    /// <param name="key">In base 32.</param>
    /// <param name="step">See <see cref="StepAt"/>.</param>
    public static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The standard's hash, and the only one that authenticator apps know.
        HMACSHA1.HashData(FromBase32(key), counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        var (held, bits, at) = (0, 0, 0);
        foreach (var letter in text)
        {
            (held, bits) = (held << 5 | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(held >> bits);
            held &= (1 << bits) - 1;
        }

        return bytes;
    }
}
