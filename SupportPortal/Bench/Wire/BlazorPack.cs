using System.Buffers.Binary;
using System.Text;

namespace SupportPortal.Bench.Wire;

/// <summary>
/// As much of MessagePack and of SignalR's framing as a circuit speaks: a message is a varint length and an array
/// <c>[1, headers, invocationId, target, [arguments], [streams]]</c>.
/// </summary>
internal static class BlazorPack
{
    /// <summary>A call from the browser to the circuit, without an answer, or with one when it has an id.</summary>
    public static byte[] Invocation(string? id, string target, params object?[] arguments)
    {
        var body = new List<byte> { 0x96, 1, 0x80 };
        Write(body, id);
        Write(body, target);
        body.Add((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments) Write(body, argument);
        body.Add(0x90);
        return Framed(body);
    }

    /// <summary>What keeps an idle connection open.</summary>
    public static byte[] Ping { get; } = Framed([0x91, 6]);

    /// <summary>Reads one message at the start of <paramref name="data"/>: how many bytes it takes, 0 when it is not all there yet.</summary>
    public static int TryFrame(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> message)
    {
        message = default;
        var (length, shift) = (0, 0);
        for (var i = 0; i < Math.Min(5, data.Length); i++, shift += 7)
        {
            length |= (data[i] & 0x7F) << shift;
            if (data[i] >= 0x80) continue;
            if (data.Length < i + 1 + length) return 0;
            message = data.Slice(i + 1, length);
            return i + 1 + length;
        }

        return 0;
    }

    /// <summary>The target of an invocation and its first argument when that is a number; null for any other message.</summary>
    public static (string Target, long First)? ReadInvocation(ReadOnlySpan<byte> message)
    {
        var at = 1;
        if (message.Length < 4 || message[at++] != 1) return null;
        Skip(message, ref at);
        Skip(message, ref at);
        var target = ReadString(message, ref at);
        var count = message[at++] & 0x0F;
        return (target, count == 0 ? 0 : ReadNumber(message, at));
    }

    /// <summary>The text that answers a call with an id; null for any other message.</summary>
    public static string? ReadAnswer(ReadOnlySpan<byte> message)
    {
        const byte Completion = 3, HasResult = 3;
        var at = 1;
        if (message.Length < 5 || message[at++] != Completion) return null;
        Skip(message, ref at);
        Skip(message, ref at);
        return message[at++] == HasResult && message[at] != 0xC0 ? ReadString(message, ref at) : null;
    }

    private static byte[] Framed(List<byte> body)
    {
        var framed = new List<byte>(body.Count + 3);
        var length = body.Count;
        for (; length >= 0x80; length >>= 7) framed.Add((byte)(length | 0x80));
        framed.Add((byte)length);
        framed.AddRange(body);
        return [.. framed];
    }

    private static void Write(List<byte> body, object? value)
    {
        switch (value)
        {
            case null: body.Add(0xC0); break;
            case bool truth: body.Add(truth ? (byte)0xC3 : (byte)0xC2); break;
            case long number:
                body.Add(0xD3);
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(eight, number);
                body.AddRange(eight);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                body.Add(0xDB);
                Span<byte> four = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, bytes.Length);
                body.AddRange(four);
                body.AddRange(bytes);
                break;
            default: throw new ArgumentException($"The bench does not send {value.GetType()}.", nameof(value));
        }
    }

    private static string ReadString(ReadOnlySpan<byte> data, ref int at)
    {
        var kind = data[at++];
        var length = kind switch
        {
            >= 0xA0 and <= 0xBF => kind & 0x1F,
            0xD9 => data[at++],
            0xDA => (data[at++] << 8) | data[at++],
            _ => throw new InvalidDataException($"Not a text: {kind:X2}"),
        };
        var text = Encoding.UTF8.GetString(data.Slice(at, length));
        at += length;
        return text;
    }

    private static long ReadNumber(ReadOnlySpan<byte> data, int at) => data[at] switch
    {
        <= 0x7F => data[at],
        0xCC => data[at + 1],
        0xCD => BinaryPrimitives.ReadUInt16BigEndian(data[(at + 1)..]),
        0xCE => BinaryPrimitives.ReadUInt32BigEndian(data[(at + 1)..]),
        0xCF or 0xD3 => BinaryPrimitives.ReadInt64BigEndian(data[(at + 1)..]),
        _ => 0,
    };

    private static void Skip(ReadOnlySpan<byte> data, ref int at)
    {
        if (data[at] is 0x80 or 0xC0) at++; // Empty headers, no invocation id: all that a circuit sends.
        else _ = ReadString(data, ref at);
    }
}
