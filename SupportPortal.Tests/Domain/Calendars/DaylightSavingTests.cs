using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>What windows become on the nights when clocks change; expected pieces in UTC.</summary>
public sealed class DaylightSavingTests
{
    [Theory]
    // Berlin, spring: 02:00 jumps to 03:00 at 01:00Z.
    [InlineData("Europe/Berlin", "2026-03-29", "02:30-05:00", "2026-03-29T01:30/2026-03-29T03:00")]
    [InlineData("Europe/Berlin", "2026-03-29", "00:00-02:30", "2026-03-28T23:00/2026-03-29T01:30")]
    [InlineData("Europe/Berlin", "2026-03-29", "02:15-02:45", "2026-03-29T01:15/2026-03-29T01:45")]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30-03:15", "")] // inverted by the gap
    [InlineData("Europe/Berlin", "2026-03-29", "02:00-03:00", "")] // swallowed by it
    [InlineData("Europe/Berlin", "2026-03-29", "01:00-02:30,03:00-04:00", "2026-03-29T00:00/2026-03-29T02:00")] // overlapping counts once
    [InlineData("Europe/Berlin", "2026-03-28", "22:00-06:00", "2026-03-28T21:00/2026-03-29T04:00")] // seven hours
    // Berlin, autumn: 02:00 to 03:00 exists twice, from 00:00Z and from 01:00Z.
    [InlineData("Europe/Berlin", "2026-10-25", "02:30-05:00", "2026-10-25T00:30/2026-10-25T04:00")]
    [InlineData("Europe/Berlin", "2026-10-25", "00:00-02:30", "2026-10-24T22:00/2026-10-25T01:30")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:15-02:30", "2026-10-25T00:15/2026-10-25T01:30")]
    [InlineData("Europe/Berlin", "2026-10-25", "01:00-02:30,02:30-04:00", "2026-10-24T23:00/2026-10-25T03:00")]
    [InlineData("Europe/Berlin", "2026-10-25", "00:00-24:00", "2026-10-24T22:00/2026-10-25T23:00")] // twenty-five hours
    [InlineData("Europe/Berlin", "2026-10-25", "02:00-03:00", "2026-10-25T00:00/2026-10-25T02:00")] // 03:00 itself exists once
    [InlineData("America/New_York", "2026-03-08", "02:30-09:00", "2026-03-08T07:30/2026-03-08T13:00")]
    [InlineData("America/New_York", "2026-11-01", "01:30-09:00", "2026-11-01T05:30/2026-11-01T14:00")]
    // Half an hour of change, half an hour off the hour, midnight changes, clocks set back in the month of fasting.
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45-04:00", "2026-04-04T14:45/2026-04-04T17:30")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15-04:00", "2026-10-03T15:45/2026-10-03T17:00")]
    [InlineData("Australia/Adelaide", "2026-04-05", "02:30-06:00", "2026-04-04T16:00/2026-04-04T20:30")]
    [InlineData("America/St_Johns", "2026-03-08", "02:30-05:00", "2026-03-08T06:00/2026-03-08T07:30")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "00:30-06:00", "2018-11-04T03:30/2018-11-04T08:00")]
    [InlineData("America/Sao_Paulo", "2018-11-03", "18:00-24:00", "2018-11-03T21:00/2018-11-04T03:00")]
    [InlineData("America/Sao_Paulo", "2018-02-17", "20:00-24:00", "2018-02-17T22:00/2018-02-18T03:00")]
    [InlineData("America/Sao_Paulo", "2018-02-17", "20:00-23:30", "2018-02-17T22:00/2018-02-18T02:30")]
    [InlineData("Africa/Casablanca", "2024-03-10", "02:30-05:00", "2024-03-10T01:30/2024-03-10T05:00")]
    [InlineData("Asia/Kolkata", "2026-03-29", "09:00-17:30", "2026-03-29T03:30/2026-03-29T12:00")]
    // Samoa skipped a whole Friday: its wall times lie in a gap of 24 hours.
    [InlineData("Pacific/Apia", "2011-12-30", "09:00-17:00", "2011-12-30T19:00/2011-12-31T03:00")]
    public void A_window_on_the_night_of_a_change(string zone, string date, string windows, string open)
    {
        var day = LocalDatePattern.Iso.Parse(date).Value;
        var calendar = SomeCalendar.Of(SomeCalendar.Spec(zone, windows, SomeCalendar.Weekdays[(int)day.DayOfWeek - 1]));
        var midday = Instant.FromUtc(day.Year, day.Month, day.Day, 12, 0);
        var around = Duration.FromDays(3);
        Assert.Equal(open, calendar.Stretches(midday - around, midday + around).Shown(CalendarStretchKind.Open));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    public void A_calendar_that_never_closes_counts_what_really_passes(string zone)
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec(zone, "00:00-24:00", SomeCalendar.Weekdays));
        var from = SomeCalendar.Utc("2025-12-31T18:00");
        var to = SomeCalendar.Utc("2031-07-01T00:00");
        Assert.Equal(to - from, calendar.Between(from, to));
        Assert.Equal([new CalendarStretch(CalendarStretchKind.Open, from, to)], calendar.Stretches(from, to));
    }
}
