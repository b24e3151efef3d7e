using NodaTime;
using SupportPortal.Web.Tickets.Grading;

namespace SupportPortal.Tests.Web.Tickets.Grading;

public sealed class GradeFormTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Instant Reported = Instant.FromUtc(2030, 1, 7, 9, 0, 31);

    [Fact]
    public void The_field_is_read_in_the_viewers_zone() =>
        Assert.Equal(Instant.FromUtc(2030, 1, 7, 9, 15), Since("2030-01-07T10:15", out _));

    [Fact]
    public void The_minute_of_the_report_means_the_report() => Assert.Equal(Reported, Since("2030-01-07T10:00", out _));

    [Theory]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("yesterday", false)]
    [InlineData("2030-02-30T10:00", false)]
    public void Nothing_is_nothing_and_nonsense_is_told(string text, bool readable)
    {
        Assert.Null(Since(text, out var isReadable));
        Assert.Equal(readable, isReadable);
    }

    [Fact]
    public void A_wall_time_that_does_not_exist_is_read_as_the_clock_then_showed() =>
        Assert.Equal(Instant.FromUtc(2030, 3, 31, 1, 30), new GradeForm(null) { ImpactSince = "2030-03-31T02:30" }.Since(Berlin, Reported, out _));

    private static Instant? Since(string text, out bool isReadable) => new GradeForm(null) { ImpactSince = text }.Since(Berlin, Reported, out isReadable);
}
