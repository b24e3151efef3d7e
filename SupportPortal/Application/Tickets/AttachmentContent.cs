using System.Text;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Whether a file is what its extension says, judged by its first bytes. Not a virus scanner: it keeps a program from
/// passing for a picture, and a page with script from passing for anything but text.
/// </summary>
public static class AttachmentContent
{
    /// <summary>So many first bytes are enough to judge.</summary>
    public const int Needed = 1024;

    private const string Binary = "application/octet-stream";

    private sealed record Kind(string Title, string ContentType, Func<byte[], bool> Fits);

    private static readonly Kind Image = new("PNG image", "image/png", start => Begins(start, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]));
    private static readonly Kind Photo = new("JPEG image", "image/jpeg", start => Begins(start, [0xFF, 0xD8, 0xFF]));
    private static readonly Kind Zip = new("ZIP archive", "application/zip", IsZip);

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        [".png"] = Image,
        [".jpg"] = Photo,
        [".jpeg"] = Photo,
        [".gif"] = new("GIF image", "image/gif", start => Begins(start, "GIF87a"u8) || Begins(start, "GIF89a"u8)),
        [".webp"] = new("WebP image", "image/webp", start => Begins(start, "RIFF"u8) && start.AsSpan(Math.Min(8, start.Length)).StartsWith("WEBP"u8)),
        [".pdf"] = new("PDF document", "application/pdf", start => start.AsSpan().IndexOf("%PDF-"u8) >= 0), // Readers allow some bytes before it.
        [".zip"] = Zip,
        [".docx"] = new("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", IsZip),
        [".xlsx"] = new("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IsZip),
        [".pptx"] = new("PowerPoint presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", IsZip),
        [".gz"] = new("gzip archive", "application/gzip", start => Begins(start, [0x1F, 0x8B])),
        [".mp4"] = new("MP4 video", "video/mp4", start => start.AsSpan(Math.Min(4, start.Length)).StartsWith("ftyp"u8)),
        [".webm"] = new("WebM video", "video/webm", start => Begins(start, [0x1A, 0x45, 0xDF, 0xA3])),
        [".pcap"] = new("packet capture", "application/vnd.tcpdump.pcap", IsCapture),
        [".txt"] = Text("text file", "text/plain"),
        [".log"] = Text("text file", "text/plain"),
        [".md"] = Text("text file", "text/markdown"),
        [".csv"] = Text("CSV file", "text/csv"),
        [".json"] = Text("JSON file", "application/json"),
        [".har"] = Text("HTTP archive", "application/json"),
        [".xml"] = Text("XML file", "application/xml"),
        [".yaml"] = Text("YAML file", "application/yaml"),
        [".yml"] = Text("YAML file", "application/yaml"),
        [".eml"] = Text("mail message", "message/rfc822"),
    };

    /// <summary>The media type to keep for an extension, from our own table; what the uploader says is not asked.</summary>
    public static string TypeOf(string extension) => Kinds.GetValueOrDefault(extension)?.ContentType ?? Binary;

    /// <summary>What is wrong with a file that begins like this, as a sentence; null when it is what its name says, or of a kind that we cannot judge.</summary>
    public static string? Doubt(string fileName, byte[] start)
    {
        if (!Kinds.TryGetValue(AttachmentName.ExtensionOf(fileName), out var kind) || kind.Fits(start)) return null;
        return $"“{fileName}” is not a {kind.Title}: inside it is {InWords(start)}. Give it the extension of what it is, or pack it into a ZIP archive.";
    }

    private static string InWords(byte[] start) =>
        Begins(start, "MZ"u8) ? "a Windows program"
        : Begins(start, [0x7F, (byte)'E', (byte)'L', (byte)'F']) ? "a Linux program"
        : LooksLikeMarkup(start) ? "a web page"
        : IsZip(start) ? "an archive"
        : IsText(start) ? "plain text"
        : "something else";

    private static Kind Text(string title, string contentType) => new(title, contentType, IsText);

    private static bool Begins(byte[] start, ReadOnlySpan<byte> signature) => start.AsSpan().StartsWith(signature);

    private static bool IsZip(byte[] start) => Begins(start, [(byte)'P', (byte)'K', 3, 4]) || Begins(start, [(byte)'P', (byte)'K', 5, 6]);

    private static bool IsCapture(byte[] start) =>
        Begins(start, [0xD4, 0xC3, 0xB2, 0xA1]) || Begins(start, [0xA1, 0xB2, 0xC3, 0xD4])
        || Begins(start, [0x4D, 0x3C, 0xB2, 0xA1]) || Begins(start, [0xA1, 0xB2, 0x3C, 0x4D]) || Begins(start, [0x0A, 0x0D, 0x0D, 0x0A]);

    // Text holds no zero byte, but for UTF-16, which says so at its start.
    private static bool IsText(byte[] start) => Begins(start, [0xFF, 0xFE]) || Begins(start, [0xFE, 0xFF]) || !start.Contains((byte)0);

    private static bool LooksLikeMarkup(byte[] start)
    {
        var text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<script", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase);
    }
}
