using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Web.Tickets;

/// <summary>An instant as a person in a zone reads it: as short as it can be told from the others.</summary>
public static class WhenWords
{
    private static readonly ZonedDateTimePattern Time = Pattern("HH:mm");
    private static readonly ZonedDateTimePattern Day = Pattern("ddd d MMM, HH:mm");
    private static readonly ZonedDateTimePattern Year = Pattern("d MMM yyyy, HH:mm");
    private static readonly ZonedDateTimePattern Full = Pattern("ddd d MMM yyyy, HH:mm:ss x");

    /// <summary>"14:05" today, "Tue 8 Jan, 14:05" this year, "8 Jan 2029, 14:05" otherwise.</summary>
    public static string Say(Instant instant, DateTimeZone zone, Instant now)
    {
        var (there, today) = (instant.InZone(zone), now.InZone(zone));
        var pattern = there.Date == today.Date ? Time : there.Year == today.Year ? Day : Year;
        return pattern.Format(there);
    }

    /// <summary>Everything, for whoever points at it: "Tue 8 Jan 2030, 14:05:31 CET".</summary>
    public static string SayAll(Instant instant, DateTimeZone zone) => Full.Format(instant.InZone(zone));

    private static ZonedDateTimePattern Pattern(string text) => ZonedDateTimePattern.Create(text, CultureInfo.InvariantCulture, null, null, default);
}
