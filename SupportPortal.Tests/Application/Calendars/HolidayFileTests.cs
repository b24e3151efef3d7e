using System.Text;
using NodaTime;
using SupportPortal.Application.Calendars;

namespace SupportPortal.Tests.Application.Calendars;

/// <summary>What a file of holidays says, and which files are refused.</summary>
public sealed class HolidayFileTests
{
    private static readonly LocalDate From = new(2030, 1, 1);

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20301225", "2030-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20301224|DTEND;VALUE=DATE:20301227", "2030-12-24 2030-12-25 2030-12-26")]
    [InlineData("DTSTART;VALUE=DATE:20301224|DURATION:P2D", "2030-12-24 2030-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20301224|DTEND;VALUE=DATE:20301224", "2030-12-24")]
    [InlineData("DTSTART;VALUE=DATE:20291231|DTEND;VALUE=DATE:20300103", "2030-01-01 2030-01-02")]
    [InlineData("DTSTART;VALUE=DATE:20101225|RRULE:FREQ=YEARLY", "2030-12-25 2031-12-25 2032-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20101224|DTEND;VALUE=DATE:20101226|RRULE:FREQ=YEARLY;UNTIL=20310101", "2030-12-24 2030-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20101125|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2030-11-28 2031-11-27 2032-11-25")]
    [InlineData("DTSTART;VALUE=DATE:20280229|RRULE:FREQ=YEARLY", "2032-02-29")]
    [InlineData("DTSTART;VALUE=DATE:20101225|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20311225", "2030-12-25 2032-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20301225|STATUS:CANCELLED", "")]
    [InlineData("DTSTART;VALUE=DATE:20201225", "")]
    [InlineData("DTSTART;VALUE=DATE:20331225", "")]
    [InlineData("DTSTART:20301225T090000Z", "")]
    public void Whole_days_are_read_and_what_repeats_yearly_for_the_years_asked_for(string happening, string days)
    {
        var (holidays, refused) = HolidayFile.Read(File(Event(happening)), From, 3);
        Assert.Null(refused);
        Assert.Equal(days, string.Join(' ', holidays!.Days.Select(day => day.Date.ToString("uuuu-MM-dd", null))));
        Assert.All(holidays.Days, day => Assert.Equal("Closed", day.Name));
    }

    [Fact]
    public void What_was_left_out_is_counted_and_a_day_that_is_named_twice_is_one()
    {
        var (holidays, _) = HolidayFile.Read(
            File(Event("DTSTART;VALUE=DATE:20301225") + Event("DTSTART;VALUE=DATE:20301225") + Event("DTSTART:20300601T100000Z") + Event("DTSTART;VALUE=DATE:19991225")), From, 3);
        Assert.Equal((1, 1, 1), (holidays!.Days.Count, holidays.Timed, holidays.Outside));
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=DAILY", "“Closed” repeats daily. Holidays repeat yearly.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=WEEKLY;COUNT=3", "“Closed” repeats weekly. Holidays repeat yearly.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=SECONDLY", "“Closed” repeats secondly. Holidays repeat yearly.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=YEARLY;INTERVAL=2147483647", "“Closed” repeats too seldom.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=YEARLY|RRULE:FREQ=YEARLY;BYMONTH=5", "“Closed” repeats in a way that cannot be followed.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=YEARLY;BYHOUR=1,2,3", "“Closed” repeats in a way that cannot be followed.")]
    [InlineData("DTSTART;VALUE=DATE:00010101|RRULE:FREQ=YEARLY", "“Closed” begins before 1900.")]
    [InlineData("DTSTART;VALUE=DATE:20301224|DTEND;VALUE=DATE:20301220", "“Closed” ends before it begins.")]
    [InlineData("DESCRIPTION:When", "“Closed” has no date.")]
    [InlineData("DTSTART;VALUE=DATE:20300101|DTEND;VALUE=DATE:20400101", "This is not an iCalendar file that can be read. “Closed” is longer than a year.")]
    public void An_event_that_is_no_holiday_is_named(string happening, string sentence) => Assert.Equal(sentence, Refused(File(Event(happening))));

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20100130|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("DTSTART;VALUE=DATE:20301345")]
    [InlineData("DTSTART;VALUE=DATE:20300101|RRULE:FREQ=SOMETIMES")]
    public void A_date_or_rule_that_cannot_be_is_refused(string happening) =>
        Assert.StartsWith("This is not an iCalendar file that can be read.", Refused(File(Event(happening))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<html>BEGIN:VCALENDAR</html>")]
    [InlineData("BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")]
    public void What_is_no_calendar_is_refused(string text) =>
        Assert.StartsWith("This is not an iCalendar file that can be read.", Refused(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_picture_is_refused() => Assert.StartsWith("This is not", Refused([0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x00]), StringComparison.Ordinal);

    [Fact]
    public void A_huge_file_is_refused_unread() => Assert.Equal("This file is larger than 1,024 KiB.", Refused(new byte[HolidayFile.MostBytes + 1]));

    [Fact]
    public void Too_many_events_are_refused_unread()
    {
        var many = string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 30_000));
        Assert.Equal("This file has more than 2,000 events: that is no list of holidays.", Refused(File(many)));
    }

    [Fact]
    public void Parts_within_parts_are_refused_unread() =>
        Assert.StartsWith("This is not", Refused(File(string.Concat(Enumerable.Repeat("BEGIN:X\n", 100_000)))), StringComparison.Ordinal);

    [Fact]
    public void As_many_parts_within_parts_as_are_read_do_no_harm() =>
        Assert.StartsWith("This is not", Refused(File(string.Concat(Enumerable.Repeat("BEGIN:X\n", 5_900)))), StringComparison.Ordinal);

    private static string Refused(byte[] file)
    {
        var (holidays, refused) = HolidayFile.Read(file, From, 3);
        Assert.Null(holidays);
        Assert.Equal("file", refused!.Field);
        return refused.Message;
    }

    private static string Event(string lines) => $"BEGIN:VEVENT\r\nUID:{lines.Length}\r\nSUMMARY:Closed\r\n{lines.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nEND:VEVENT\r\n";

    private static byte[] File(string events) => Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{events}END:VCALENDAR\r\n");
}
