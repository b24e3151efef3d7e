using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Application.Reports;

/// <summary>Cells as exact text, the same in every format: what two cells are compared by.</summary>
internal static class ReportText
{
    /// <summary>The text of a cell; null for an empty one.</summary>
    public static string? Of(object? cell) => cell switch
    {
        null => null,
        string text => text.Length == 0 ? null : text,
        Instant at => InstantPattern.ExtendedIso.Format(at),
        Duration time => Of(Seconds(time)),
        decimal share => (share / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), // Without noughts at its end.
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A report has no cells of {cell.GetType().Name}.", nameof(cell)),
    };

    /// <summary>A length of time in seconds, to the microsecond.</summary>
    public static decimal Seconds(Duration time) => (time.BclCompatibleTicks / 10) / 1_000_000m;
}
