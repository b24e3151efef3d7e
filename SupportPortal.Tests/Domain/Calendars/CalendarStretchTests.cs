using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

public sealed class CalendarStretchTests
{
    private static readonly CalendarStretchKind[] All = Enum.GetValues<CalendarStretchKind>();

    [Fact]
    public void A_holiday_is_the_time_it_took_away()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("UTC", "09:00-17:00", SomeCalendar.Weekdays[..5]) with
        {
            Holidays = [new() { Date = "2026-12-24", Hours = ["09:00-12:00"] }, new() { Date = "2026-12-25" }, new() { Date = "2026-12-26" }],
        });
        Assert.Equal(
            "Open 2026-12-24T10:00/2026-12-24T12:00 Holiday 2026-12-24T12:00/2026-12-24T17:00 "
            + "OutsideHours 2026-12-24T17:00/2026-12-25T09:00 Holiday 2026-12-25T09:00/2026-12-25T17:00 "
            + "OutsideHours 2026-12-25T17:00/2026-12-28T09:00 Open 2026-12-28T09:00/2026-12-28T10:00",
            calendar.Stretches(SomeCalendar.Utc("2026-12-24T10:00"), SomeCalendar.Utc("2026-12-28T10:00")).Shown(All));
    }

    [Fact]
    public void A_holiday_closes_the_night_that_opens_on_it_and_not_the_one_that_runs_into_it()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("UTC", "22:00-06:00", SomeCalendar.Weekdays) with { Holidays = [new() { Date = "2026-12-25" }] });
        Assert.Equal(
            "OutsideHours 2026-12-24T12:00/2026-12-24T22:00 Open 2026-12-24T22:00/2026-12-25T06:00 "
            + "OutsideHours 2026-12-25T06:00/2026-12-25T22:00 Holiday 2026-12-25T22:00/2026-12-26T06:00 "
            + "OutsideHours 2026-12-26T06:00/2026-12-26T12:00",
            calendar.Stretches(SomeCalendar.Utc("2026-12-24T12:00"), SomeCalendar.Utc("2026-12-26T12:00")).Shown(All));
    }

    [Fact]
    public void A_holidays_own_hours_may_run_into_the_next_date_and_count_once()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("UTC", "09:00-17:00", SomeCalendar.Weekdays) with
        {
            Holidays = [new() { Date = "2026-12-24", Hours = ["20:00-11:00"] }],
        });
        Assert.Equal(
            "2026-12-24T20:00/2026-12-25T17:00",
            calendar.Stretches(SomeCalendar.Utc("2026-12-24T00:00"), SomeCalendar.Utc("2026-12-26T00:00")).Shown(CalendarStretchKind.Open));
    }

    [Fact]
    public void A_stretch_over_new_year_is_one()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("America/New_York", "12:00-02:00", SomeCalendar.Weekdays) with { Holidays = [new() { Date = "2025-12-31" }] });
        Assert.Equal(
            "Open 2026-12-31T17:00/2027-01-01T07:00",
            calendar.Stretches(SomeCalendar.Utc("2026-12-31T17:00"), SomeCalendar.Utc("2027-01-01T07:00")).Shown(All));
        Assert.Equal(
            "Holiday 2025-12-31T17:00/2026-01-01T07:00",
            calendar.Stretches(SomeCalendar.Utc("2025-12-31T17:00"), SomeCalendar.Utc("2026-01-01T07:00")).Shown(All));
    }

    [Fact]
    public void A_holiday_taken_from_time_that_is_open_all_the_same_makes_no_stretch()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("UTC", "09:00-17:00", SomeCalendar.Weekdays) with
        {
            Holidays = [new() { Date = "2026-12-23", Hours = ["20:00-11:00"] }, new() { Date = "2026-12-24" }],
        });
        Assert.Equal("Open 2026-12-24T10:00/2026-12-24T10:30", calendar.Stretches(SomeCalendar.Utc("2026-12-24T10:00"), SomeCalendar.Utc("2026-12-24T10:30")).Shown(All));
        Assert.Equal(
            "Open 2026-12-24T10:00/2026-12-24T11:00 Holiday 2026-12-24T11:00/2026-12-24T17:00 OutsideHours 2026-12-24T17:00/2026-12-24T18:00",
            calendar.Stretches(SomeCalendar.Utc("2026-12-24T10:00"), SomeCalendar.Utc("2026-12-24T18:00")).Shown(All));
    }

    [Fact]
    public void Between_no_instants_there_is_no_stretch()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.NewYork);
        var at = SomeCalendar.Utc("2026-11-03T15:00");
        Assert.Empty(calendar.Stretches(at, at));
        Assert.Empty(calendar.Stretches(at, SomeCalendar.Utc("2026-11-03T14:00")));
        Assert.Empty(calendar.Stretches(at, SomeCalendar.Utc("2025-11-03T14:00")));
    }
}
