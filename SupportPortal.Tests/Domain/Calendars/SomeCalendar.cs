using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>Calendars and moments that tests write in a few words.</summary>
internal static class SomeCalendar
{
    public static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static BusinessCalendar Of(CalendarSpec spec)
    {
        var (calendar, refusals) = BusinessCalendar.Create(spec);
        Assert.Empty(refusals);
        return calendar!;
    }

    /// <summary>The same windows, separated by commas, on each of the days.</summary>
    public static CalendarSpec Spec(string timeZone, string windows, params string[] days) => new()
    {
        Name = "Some",
        TimeZone = timeZone,
        Hours = days.ToDictionary(day => day, _ => windows.Split(',')),
    };

    public static CalendarSpec NewYork { get; } = Spec("America/New_York", "09:00-17:00", Weekdays[..5]);

    /// <summary>The instant of a wall time that exists once: <c>2026-11-04T15:00</c>.</summary>
    public static Instant At(this DateTimeZone zone, string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value.InZoneStrictly(zone).ToInstant();

    public static Instant Utc(string instant) => DateTimeZone.Utc.At(instant);

    /// <summary>Stretches of one kind between two UTC moments, as <c>2026-03-29T01:30/2026-03-29T03:00</c>.</summary>
    public static string Shown(this IEnumerable<CalendarStretch> stretches, params CalendarStretchKind[] kinds) =>
        string.Join(' ', stretches.Where(stretch => kinds.Contains(stretch.Kind)).Select(stretch =>
            (kinds.Length > 1 ? $"{stretch.Kind} " : "") + $"{Minute.Format(stretch.Start)}/{Minute.Format(stretch.End)}"));

    private static readonly InstantPattern Minute = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
}
