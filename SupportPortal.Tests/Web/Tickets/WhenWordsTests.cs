using NodaTime;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Tests.Web.Tickets;

public sealed class WhenWordsTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory]
    [InlineData(2030, 1, 8, 2, 5, "21:05")]
    [InlineData(2030, 1, 8, 5, 5, "Tue 8 Jan, 00:05")]
    [InlineData(2030, 1, 1, 4, 59, "31 Dec 2029, 23:59")]
    public void It_is_as_short_as_it_can_be_told_from_others(int year, int month, int day, int hour, int minute, string words) =>
        Assert.Equal(words, WhenWords.Say(Instant.FromUtc(year, month, day, hour, minute), NewYork, Instant.FromUtc(2030, 1, 7, 15, 0)));

    [Fact]
    public void Whoever_points_at_it_reads_all_of_it() =>
        Assert.Equal("Mon 7 Jan 2030, 10:00:31 EST", WhenWords.SayAll(Instant.FromUtc(2030, 1, 7, 15, 0, 31), NewYork));
}
