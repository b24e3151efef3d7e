using System.Globalization;

namespace SupportPortal.Application.Reports;

/// <summary>The settings under <c>Portal:Brand</c>: whose reports they are.</summary>
public sealed class BrandOptions
{
    /// <summary>The name on reports.</summary>
    public string Name { get; set; } = "Support Portal";

    /// <summary>The colour of headings and bars: <c>#1f5fa8</c>.</summary>
    public string Colour { get; set; } = "#1f5fa8";

    /// <summary>A PNG or JPEG file that stands beside the name; none when not set.</summary>
    public string? Logo { get; set; }

    /// <summary>What is unusable, each sentence beginning with its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 80) yield return "Portal:Brand:Name: must have 1 to 80 characters.";
        if (Brand.ReadColour(Colour) is null) yield return $"Portal:Brand:Colour: '{Colour}' is no colour such as #1f5fa8.";
        if (Logo is { } logo && !File.Exists(logo)) yield return $"Portal:Brand:Logo: there is no file '{logo}'.";
        else if (Logo is { } named && Brand.ReadLogo(named) is null) yield return $"Portal:Brand:Logo: '{named}' is neither a PNG nor a JPEG file.";
    }
}

/// <summary>Whose reports they are, as a report shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Colour">Red, green and blue.</param>
/// <param name="Logo">A picture beside the name; null for none.</param>
public sealed record Brand(string Name, (byte Red, byte Green, byte Blue) Colour, byte[]? Logo)
{
    /// <summary>As the settings have it.</summary>
    public static Brand Of(BrandOptions options) => new(options.Name, ReadColour(options.Colour) ?? default, options.Logo is { } logo ? ReadLogo(logo) : null);

    internal static (byte, byte, byte)? ReadColour(string text) =>
        text is ['#', _, _, _, _, _, _] && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) ? ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb) : null;

    internal static byte[]? ReadLogo(string path) => File.ReadAllBytes(path) is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xff, 0xd8, ..] ? File.ReadAllBytes(path) : null;
}
