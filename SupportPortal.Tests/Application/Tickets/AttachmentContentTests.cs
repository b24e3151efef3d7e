using System.Text;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class AttachmentContentTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13];
    private static readonly byte[] Windows = [.. "MZ"u8, 0x90, 0, 3, 0];
    private static readonly byte[] Linux = [0x7F, .. "ELF"u8, 2, 1, 1, 0];

    public static TheoryData<string, byte[]> Honest { get; } = new()
    {
        { "a.png", Png },
        { "a.JPG", [0xFF, 0xD8, 0xFF, 0xE0] },
        { "a.pdf", "%PDF-1.7"u8.ToArray() },
        { "a.docx", [.. "PK"u8, 3, 4] },
        { "a.mp4", [0, 0, 0, 24, .. "ftypisom"u8] },
        { "a.txt", "<html>is only text here</html>"u8.ToArray() },
        { "a.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a;b")).ToArray() },
        { "a.unknown", Windows },
    };

    [Theory]
    [MemberData(nameof(Honest))]
    public void A_file_that_is_what_it_says_is_taken(string name, byte[] start) => Assert.Null(AttachmentContent.Doubt(name, start));

    public static TheoryData<string, byte[], string> Disguised { get; } = new()
    {
        { "cat.png", Windows, "“cat.png” is not a PNG image: inside it is a Windows program." },
        { "cat.png", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(), "“cat.png” is not a PNG image: inside it is a web page." },
        { "cat.gif", "<svg onload='x()'>"u8.ToArray(), "“cat.gif” is not a GIF image: inside it is a web page." },
        { "log.txt", Linux, "“log.txt” is not a text file: inside it is a Linux program." },
        { "log.pdf", [.. "PK"u8, 3, 4], "“log.pdf” is not a PDF document: inside it is an archive." },
        { "log.zip", "hello"u8.ToArray(), "“log.zip” is not a ZIP archive: inside it is plain text." },
        { "a.webp", [.. "RIFF"u8], "“a.webp” is not a WebP image: inside it is plain text." },
    };

    [Theory]
    [MemberData(nameof(Disguised))]
    public void A_disguised_file_is_called_what_it_is(string name, byte[] start, string sentence) =>
        Assert.Equal(sentence + " Give it the extension of what it is, or pack it into a ZIP archive.", AttachmentContent.Doubt(name, start));
}
