using NodaTime;

namespace SupportPortal.Domain.Calendars;

/// <summary>The parsed hours of a calendar: which windows open on which date, in which zone. The week starts on Monday.</summary>
internal sealed record OpeningHours(DateTimeZone Zone, OpeningWindow[][] Week, IReadOnlyDictionary<LocalDate, OpeningWindow[]> Holidays)
{
    /// <summary>The wall-clock length of the week's longest day, holidays left aside.</summary>
    public Duration LongestDay => Duration.FromMinutes(Week.Max(day => day.Sum(window => window.Length)));

    /// <summary>The real time that the windows of these dates are open, holidays regarded; unordered, may overlap.</summary>
    public IEnumerable<Interval> OpenOn(LocalDate first, LocalDate last) =>
        from date in Dates(first, last)
        from window in Holidays.TryGetValue(date, out var special) ? special : Weekly(date)
        select window.On(date, Zone);

    /// <summary>The real time that the weekly windows of the holidays among these dates would have been open.</summary>
    public IEnumerable<Interval> TakenByHolidays(LocalDate first, LocalDate last) =>
        from date in Dates(first, last)
        where Holidays.ContainsKey(date)
        from window in Weekly(date)
        select window.On(date, Zone);

    private OpeningWindow[] Weekly(LocalDate date) => Week[(int)date.DayOfWeek - 1];

    private static IEnumerable<LocalDate> Dates(LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1)) yield return date;
    }
}
