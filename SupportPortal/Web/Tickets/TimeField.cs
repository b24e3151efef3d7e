using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Web.Tickets;

/// <summary>What stands in a <c>datetime-local</c> field, in the viewer's zone.</summary>
public static class TimeField
{
    // Browsers leave the seconds out unless they are there, and put them in when they are.
    private static readonly LocalDateTimePattern[] Patterns = [.. new[] { "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss" }.Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    /// <summary>The instant as the field writes it.</summary>
    public static string Write(Instant instant, DateTimeZone zone) => Patterns[0].Format(instant.InZone(zone).LocalDateTime);

    /// <summary>The instant that is meant; null when there is no time.</summary>
    public static Instant? Read(string? text, DateTimeZone zone)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.Parse(text ?? "").TryGetValue(default, out var local) && local.Year is > 1900 and < 9000) return zone.AtLeniently(local).ToInstant();
        }

        return null;
    }
}
