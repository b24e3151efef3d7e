namespace SupportPortal.Application.Storage;

/// <summary>What a person searches for, as a pattern of <c>LIKE</c> with <c>\</c> as its escape.</summary>
internal static class LikePattern
{
    private const int Longest = 300;

    /// <summary>Everything that contains these words; null when nothing can, and the databases would refuse to look for it.</summary>
    public static string? Containing(string words)
    {
        var text = words.Trim();
        return text.Length > Longest || text.Contains('\0') ? null : $"%{Escaped(text)}%";
    }

    private static string Escaped(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
