using SupportPortal.Domain.Calendars;

namespace SupportPortal.Web.Sla;

/// <summary>A calendar's week as one reads it: days in a row with the same hours are one line.</summary>
public static class OpenDays
{
    private static readonly string[] _week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>("Monday – Friday", "09:00–17:00"), ("Saturday – Sunday", "closed").</summary>
    public static IEnumerable<(string Days, string Hours)> Of(CalendarSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var first = 0;
        for (var day = 1; day <= _week.Length; day++)
        {
            var hours = HoursOn(spec, first);
            if (day < _week.Length && HoursOn(spec, day) == hours) continue;
            yield return (first == day - 1 ? _week[first] : $"{_week[first]} – {_week[day - 1]}", hours);
            first = day;
        }
    }

    private static string HoursOn(CalendarSpec spec, int day) =>
        spec.Hours.FirstOrDefault(hours => hours.Key.Equals(_week[day], StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } open
            ? string.Join(", ", open).Replace('-', '–')
            : "closed";
}
