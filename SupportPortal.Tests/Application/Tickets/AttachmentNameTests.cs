using SupportPortal.Application.Tickets;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class AttachmentNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\me\\log.txt", "log.txt")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")] // would read "invoiceexe.pdf"
    [InlineData("a\r\nSet-Cookie: x\0.log", "aSet-Cookie_ x.log")]
    [InlineData("what?<now>|\"really\".txt", "what__now___really_.txt")]
    [InlineData("naïve résumé 日本.txt", "naïve résumé 日本.txt")]
    [InlineData("family 👨‍👩‍👧.png", "family 👨‍👩‍👧.png")]
    [InlineData("  .. spaced .txt . ", "spaced.txt")]
    [InlineData(".log", "file.log")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("\u200B\u2066.txt", "file.txt")]
    public void A_name_loses_its_path_and_whatever_could_deceive(string? given, string kept) =>
        Assert.Equal(kept, AttachmentName.Clean(given));

    [Fact]
    public void A_long_name_keeps_its_extension_and_its_emoji_whole()
    {
        var kept = AttachmentName.Clean(string.Concat(Enumerable.Repeat("😀", 200)) + ".png");
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 73)) + ".png", kept);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_sign() =>
        Assert.Equal("a\uFFFDb.txt", AttachmentName.Clean("a\uD83Db.txt"));
}
