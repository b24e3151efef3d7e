using System.Globalization;
using System.Text;

namespace SupportPortal.Domain.Tickets;

/// <summary>Which texts may stand in a mail's header as the address of a copy: one bare address, and nothing that could become a second line or a second reader.</summary>
public static class CopyAddress
{
    /// <summary>The longest address that mail can carry, in characters.</summary>
    public const int Longest = 254;

    private const string Special = "()<>[],;:\\\"";

    /// <summary>The refusals of a text that is to be an address.</summary>
    public static IEnumerable<Refusal> Check(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return new(field, "Enter an e-mail address, such as you@example.com.");
        else if (!IsOne(text)) yield return new(field, "This is not one e-mail address. Write it alone, such as you@example.com.");
    }

    private static bool IsOne(string text) =>
        text.Length <= Longest
        && text.Split('@') is [{ Length: > 0 and <= 64 } name, { Length: > 0 } domain]
        && !name.StartsWith('.') && !name.EndsWith('.') && !domain.StartsWith('.') && !domain.EndsWith('.') && !domain.Contains("..", StringComparison.Ordinal)
        && text.EnumerateRunes().All(rune => !Special.Contains(rune.ToString(), StringComparison.Ordinal) && IsSeen(rune));

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate) && rune != Rune.ReplacementChar;
}
