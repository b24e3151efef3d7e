using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SupportPortal.Domain.Tickets;

/// <summary>A ticket's number as people say it: <c>SUP-10001</c>. Unique, never reused; the number is the ticket's id.</summary>
public readonly record struct TicketNumber(long Id)
{
    /// <summary>The first number given out.</summary>
    public const long First = 10001;

    private const string Prefix = "SUP-";

    /// <summary>Reads <c>SUP-10001</c>, <c>sup-10001</c> or <c>10001</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TicketNumber number)
    {
        var digits = (text ?? "").Trim().AsSpan();
        if (digits.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) digits = digits[Prefix.Length..];
        var read = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        number = new TicketNumber(id);
        return read;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}");
}
