using System.Globalization;

namespace SupportPortal.Application.Tickets;

/// <summary>Sizes of files as people read them.</summary>
public static class ByteWords
{
    /// <summary>"312 bytes", "48 KB", "1.5 MB".</summary>
    public static string Of(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
    };
}
