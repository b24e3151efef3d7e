using System.Globalization;
using System.Text;

namespace SupportPortal.Application.Tickets;

/// <summary>A file's name as it may be kept and shown: no path, nothing invisible, nothing that turns it around.</summary>
public static class AttachmentName
{
    /// <summary>The longest name that is kept, in UTF-16 units.</summary>
    public const int Longest = 150;

    private const string Forbidden = "<>:\"|?*";
    private const int ZeroWidthJoiner = 0x200D; // Holds an emoji together.

    /// <summary>The name without what could deceive a reader or a file system. Never empty.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (rune.Value > 0x7F ? IsSeen(rune) : rune.Value >= ' ' && rune.Value != 0x7F)
                clean.Append(rune.IsBmp && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        var text = clean.ToString().Normalize().TrimStart(' ').TrimEnd(' ', '.');
        var extension = Path.GetExtension(text);
        var stem = text[..^extension.Length].Trim(' ', '.');
        text = (stem.Length == 0 ? "file" : stem) + extension;
        return text.Length <= Longest ? text : Shorten(text, extension.Length < 20 ? extension : "");
    }

    /// <summary>The extension with its dot, in lower case.</summary>
    public static string ExtensionOf(string name) => Path.GetExtension(name).ToLowerInvariant();

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Format => rune.Value == ZeroWidthJoiner,
        _ => true,
    };

    private static string Shorten(string name, string extension)
    {
        var length = Longest - extension.Length;
        if (char.IsHighSurrogate(name[length - 1])) length--;
        return name[..length] + extension;
    }
}
