namespace SupportPortal.Domain.Calendars;

/// <summary>A calendar as a person writes it and as the API and the store spell it; <see cref="BusinessCalendar.Create"/> judges it.</summary>
public sealed record CalendarSpec
{
    /// <summary>What targets call it: <c>Business</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The IANA zone in which its hours are read: <c>America/New_York</c>.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>How much open time one business day is, ISO 8601 (<c>PT8H</c>); left out, the length of the week's longest day.</summary>
    public string? WorkdayLength { get; init; }

    /// <summary>
    /// Windows by the weekday on which they open: <c>"monday": ["09:00-12:00", "13:00-17:00"]</c>. <c>24:00</c> closes at midnight,
    /// <c>22:00-06:00</c> runs over it; a day left out is closed.
    /// </summary>
    public Dictionary<string, string[]> Hours { get; init; } = [];

    /// <summary>Dates on which the weekly windows do not open.</summary>
    public HolidaySpec[] Holidays { get; init; } = [];
}

/// <summary>A date whose own windows, or none, replace the weekly ones that would open on it.</summary>
public sealed record HolidaySpec
{
    /// <summary>The date in the calendar's zone: <c>2026-12-25</c>.</summary>
    public string Date { get; init; } = "";

    /// <summary>What is open all the same; null or empty: closed.</summary>
    public string[]? Hours { get; init; }
}
