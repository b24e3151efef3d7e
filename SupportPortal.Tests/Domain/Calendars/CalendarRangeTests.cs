using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

public sealed class CalendarRangeTests
{
    private readonly BusinessCalendar calendar = SomeCalendar.Of(SomeCalendar.NewYork);

    [Fact]
    public void The_first_and_the_last_instant_can_be_asked_about()
    {
        var last = BusinessCalendar.Latest - Duration.Epsilon;
        Assert.Equal(BusinessCalendar.Earliest + Duration.FromHours(22), calendar.Add(BusinessCalendar.Earliest + Duration.FromHours(14), Duration.FromHours(8)));
        Assert.Equal(last, calendar.Stretches(BusinessCalendar.Earliest, last).Last().End);
        Assert.Equal(last, calendar.Add(last, Duration.Zero));
    }

    [Fact]
    public void Outside_its_years_a_calendar_says_so()
    {
        var noon = SomeCalendar.Utc("2026-11-03T12:00");
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Between(noon, BusinessCalendar.Latest));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Between(Instant.MinValue, noon));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Stretches(noon, Instant.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Add(BusinessCalendar.Earliest - Duration.Epsilon, Duration.Zero));
        var never = Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Add(noon, Duration.FromDays(100_000)));
        Assert.Contains("is not open for that long between 2026-11-03T12:00:00Z and the end of 2199", never.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_get_one_answer()
    {
        var from = SomeCalendar.Utc("2001-03-04T05:06");
        var to = SomeCalendar.Utc("2031-07-08T09:10");
        var shared = SomeCalendar.Of(SomeCalendar.NewYork);
        var answers = Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ => (shared.Between(from, to), shared.Add(from, Duration.FromDays(900)))).ToHashSet();
        Assert.Equal([(calendar.Between(from, to), calendar.Add(from, Duration.FromDays(900)))], answers);
    }
}
