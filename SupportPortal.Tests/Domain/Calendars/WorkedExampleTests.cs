using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>The rows of the support commitment's section 4 that a calendar decides, by their numbers there.</summary>
public sealed class WorkedExampleTests
{
    [Theory]
    [InlineData("2026-11-03T15:00", "2026-11-04T15:00")] // row 14: Tuesday afternoon
    [InlineData("2026-11-06T16:00", "2026-11-09T16:00")] // row 15: Friday, one hour today, seven on Monday
    [InlineData("2026-11-07T11:00", "2026-11-09T17:00")] // row 16: Saturday; the closing, not Tuesday's opening
    [InlineData("2026-11-04T18:30", "2026-11-05T17:00")] // row 17: after closing
    public void Rows_14_to_17_one_business_day_in_New_York(string asked, string due)
    {
        var calendar = SomeCalendar.Of(SomeCalendar.NewYork);
        Assert.Equal(calendar.Zone.At(due), calendar.Add(calendar.Zone.At(asked), calendar.WorkdayLength));
    }

    [Fact]
    public void Row_18_a_holiday_on_Monday_is_skipped()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.NewYork with { Holidays = [new HolidaySpec { Date = "2026-11-09" }] });
        Assert.Equal(calendar.Zone.At("2026-11-10T16:00"), calendar.Add(calendar.Zone.At("2026-11-06T16:00"), calendar.WorkdayLength));
    }

    [Fact]
    public void Row_22_an_hour_that_does_not_exist_does_not_count()
    {
        var nights = SomeCalendar.Spec("Europe/Berlin", "22:00-06:00", "sunday", "monday", "tuesday", "wednesday", "thursday", "saturday");
        var calendar = SomeCalendar.Of(nights with { WorkdayLength = "PT4H" });
        Assert.Equal(calendar.Zone.At("2026-03-29T05:30"), calendar.Add(calendar.Zone.At("2026-03-29T00:30"), calendar.WorkdayLength));
    }

    [Fact]
    public void Row_25_the_lunch_break_does_not_count()
    {
        var calendar = SomeCalendar.Of(SomeCalendar.Spec("UTC", "09:00-12:00,13:00-17:00", SomeCalendar.Weekdays[..5]));
        Assert.Equal(calendar.Zone.At("2026-11-05T14:30"), calendar.Add(calendar.Zone.At("2026-11-05T11:30"), Duration.FromHours(2)));
    }

    [Theory]
    [InlineData(null, "09:00-17:00", "08:00:00")]
    [InlineData(null, "09:00-12:00,13:00-17:00", "07:00:00")]
    [InlineData(null, "22:00-06:00", "08:00:00")]
    [InlineData(null, "00:00-24:00", "24:00:00")]
    [InlineData("PT7H30M", "09:00-17:00", "07:30:00")]
    [InlineData("PT90M", "09:00-17:00", "01:30:00")]
    public void A_workday_is_as_long_as_said_or_as_the_weeks_longest_day(string? said, string windows, string length)
    {
        var spec = SomeCalendar.Spec("Europe/Berlin", windows, "monday", "wednesday");
        spec.Hours["friday"] = ["10:00-11:00"];
        var holiday = new HolidaySpec { Date = "2026-12-24", Hours = ["00:00-23:00"] };
        var workday = SomeCalendar.Of(spec with { WorkdayLength = said, Holidays = [holiday] }).WorkdayLength;
        Assert.Equal(length, $"{(int)workday.TotalHours:00}:{workday.Minutes:00}:{workday.Seconds:00}");
    }

    [Fact]
    public void The_default_calendar_is_open_on_weekdays_from_nine_to_five_in_UTC()
    {
        var calendar = SomeCalendar.Of(BusinessCalendar.BusinessDefault);
        Assert.Equal("Business", calendar.Name);
        Assert.Equal(Duration.FromHours(40), calendar.Between(SomeCalendar.Utc("2026-11-02T00:00"), SomeCalendar.Utc("2026-11-09T00:00")));
        Assert.Equal(SomeCalendar.Utc("2026-11-09T09:30"), calendar.Add(SomeCalendar.Utc("2026-11-06T16:30"), Duration.FromHours(1)));
    }

    [Fact]
    public void Fractions_of_a_second_are_kept()
    {
        var calendar = SomeCalendar.Of(BusinessCalendar.BusinessDefault);
        var start = SomeCalendar.Utc("2026-11-06T16:30") + Duration.FromNanoseconds(250_001_001);
        Assert.Equal(SomeCalendar.Utc("2026-11-09T09:30") + Duration.FromNanoseconds(250_001_001), calendar.Add(start, Duration.FromHours(1)));
    }

    [Fact]
    public void No_open_time_is_used_up_at_once_and_backwards_there_is_none()
    {
        var calendar = SomeCalendar.Of(BusinessCalendar.BusinessDefault);
        var saturday = SomeCalendar.Utc("2026-11-07T11:00");
        Assert.Equal(saturday, calendar.Add(saturday, Duration.Zero));
        Assert.Equal(Duration.Zero, calendar.Between(saturday, saturday - Duration.FromDays(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Add(saturday, -Duration.Epsilon));
    }
}
