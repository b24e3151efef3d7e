using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Grading;

/// <summary>What a person fills in to change a severity, and how it is read.</summary>
public sealed class GradeForm(Severity? to)
{
    // Browsers leave the seconds out unless they are there, and put them in when they are.
    private static readonly LocalDateTimePattern[] Patterns = [.. new[] { "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss" }.Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    public Severity? To { get; set; } = to;

    public string Reason { get; set; } = "";

    /// <summary>As a <c>datetime-local</c> field has it, in the viewer's zone; empty when left out.</summary>
    public string ImpactSince { get; set; } = "";

    /// <summary>The instant as a <c>datetime-local</c> field writes it.</summary>
    public static string Field(Instant instant, DateTimeZone zone) => Patterns[0].Format(instant.InZone(zone).LocalDateTime);

    /// <summary>
    /// The instant that is meant; null when left out. The field knows no seconds: the minute in which the cycle began means
    /// its beginning.
    /// </summary>
    /// <param name="zone">The viewer's zone.</param>
    /// <param name="cycleStart">The earliest there is.</param>
    /// <param name="isReadable">False when something stands there that is no time.</param>
    public Instant? Since(DateTimeZone zone, Instant cycleStart, out bool isReadable)
    {
        isReadable = true;
        if (string.IsNullOrWhiteSpace(ImpactSince)) return null;
        foreach (var pattern in Patterns)
        {
            if (!pattern.Parse(ImpactSince).TryGetValue(default, out var local)) continue;
            return ImpactSince == Field(cycleStart, zone) ? cycleStart : zone.AtLeniently(local).ToInstant();
        }

        isReadable = false;
        return null;
    }
}
