using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Tickets;

/// <summary>What was written: how much, its digest and how it begins. <paramref name="IsTooLarge"/>: more came than may, and nothing was kept.</summary>
internal sealed record WrittenFile(long Bytes, string Sha256, byte[] Start, bool IsTooLarge = false);

/// <summary>Attachments on disk, in the data directory, each under its random id: no name from outside ever reaches the file system.</summary>
public sealed class AttachmentFiles(IOptions<PortalOptions> options)
{
    private const int Chunk = 64 * 1024;

    /// <summary>Opens the bytes for reading; null when the file is gone.</summary>
    public Stream? Open(string id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Chunk, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes the bytes, if they are there.</summary>
    public void Delete(string id)
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(id)))) File.Delete(PathOf(id));
    }

    /// <summary>
    /// Streams to disk while counting and digesting; stops as soon as there is more than <paramref name="most"/>. The bytes are
    /// on the disk, not only in its cache, when this returns.
    /// </summary>
    internal async Task<WrittenFile> WriteAsync(string id, Stream content, long most, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        var kept = false;
        try
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (bytes, start) = (0L, Array.Empty<byte>());
            await using (var file = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                while (await content.ReadAtLeastAsync(buffer.AsMemory(0, Chunk), Chunk, throwOnEndOfStream: false, cancellation) is var read and > 0)
                {
                    if (bytes == 0) start = buffer[..Math.Min(read, AttachmentContent.Needed)];
                    bytes += read;
                    if (bytes > most) return new WrittenFile(bytes, "", start, IsTooLarge: true);
                    digest.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }

                file.Flush(flushToDisk: true);
            }

            kept = true;
            return new WrittenFile(bytes, Convert.ToHexStringLower(digest.GetHashAndReset()), start);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!kept) Delete(id);
        }
    }

    // Two levels, so that no directory grows endless.
    private string PathOf(string id) => options.Value.InDataDirectory("attachments", id[..2], id);
}
