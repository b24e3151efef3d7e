using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SupportPortal.Application.Reports;

/// <summary>
/// The last bytes of a report file: a SHA-256 digest of everything before them. What is cut has none, what is edited another; that the portal
/// made the file with this digest stands in its register.
/// </summary>
internal static class ReportSeal
{
    private const int HexLength = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The last bytes for a digest.</summary>
    public static byte[] Of(ReportFormat format, string digest)
    {
        var (before, after) = Around(format);
        return Encoding.ASCII.GetBytes($"{before}{digest}{after}");
    }

    /// <summary>How many bytes it has.</summary>
    public static int Length(ReportFormat format) => Around(format) is var (before, after) ? before.Length + HexLength + after.Length : 0;

    /// <summary>The digest that a file says, and that of its content; the first is null when it does not end as a report does.</summary>
    public static async Task<(string? Said, string Actual)> ReadAsync(Stream file, ReportFormat format, CancellationToken cancellation)
    {
        var (before, after) = Around(format);
        var length = Math.Max(0, file.Length - Length(format));
        file.Position = length;
        var bytes = new byte[file.Length - length];
        await file.ReadExactlyAsync(bytes, cancellation);
        var end = Encoding.ASCII.GetString(bytes);
        var isSealed = end.Length == Length(format) && end.StartsWith(before, StringComparison.Ordinal) && end.EndsWith(after, StringComparison.Ordinal) && !end.AsSpan(before.Length, HexLength).ContainsAnyExcept(Hex);
        return (isSealed ? end.Substring(before.Length, HexLength) : null, await DigestAsync(file, isSealed ? length : file.Length, cancellation));
    }

    /// <summary>The digest of a file's first bytes.</summary>
    public static async Task<string> DigestAsync(Stream file, long length, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        var buffer = new byte[81_920];
        while (length > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), cancellation);
            if (read == 0) break;
            hash.AppendData(buffer, 0, read);
            length -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (string Before, string After) Around(ReportFormat format) => format switch
    {
        ReportFormat.Json => (",\"digest\":\"sha256:", "\"}\n"),
        ReportFormat.Csv => ("# digest sha256:", "\r\n"),
        ReportFormat.Pdf => ("%digest sha256:", "\n"),
        _ => ("digest sha256:", ""), // The comment of the archive.
    };
}

/// <summary>Hands bytes on and remembers their digest.</summary>
internal sealed class DigestStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of what was written so far.</summary>
    public string Digest => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
