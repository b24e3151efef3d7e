using PdfSharp.Fonts;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>DejaVu Sans Condensed, from this assembly: a server need not have a font. Latin, Greek, Cyrillic and more; not Chinese, Japanese or Korean.</summary>
internal sealed class PdfFonts : IFontResolver
{
    /// <summary>The family to ask for.</summary>
    public const string Family = "DejaVu Sans Condensed";

    private const string Regular = "DejaVuSansCondensed.ttf";
    private const string Bold = "DejaVuSansCondensed-Bold.ttf";
    private static readonly PdfFonts Ours = new();
    private static readonly Lock Turn = new();

    /// <summary>Has PDFs written with it, once in a process.</summary>
    public static void Use()
    {
        lock (Turn) GlobalFontSettings.FontResolver ??= Ours;
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? Bold : Regular);

    public byte[] GetFont(string faceName)
    {
        using var font = typeof(PdfFonts).Assembly.GetManifestResourceStream(faceName) ?? throw new InvalidOperationException($"The font {faceName} is not in the assembly.");
        using var bytes = new MemoryStream();
        font.CopyTo(bytes);
        return bytes.ToArray();
    }
}
