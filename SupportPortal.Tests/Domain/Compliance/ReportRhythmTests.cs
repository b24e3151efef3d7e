using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>When a report that comes by itself is due, and about what.</summary>
public sealed class ReportRhythmTests
{
    [Theory]
    [InlineData(PeriodUnit.Month, 7, "Europe/Berlin", "2026-11-26T10:00:00Z", "2026-12-01T06:00:00Z", "2026-11-01", "2026-11-30")]
    [InlineData(PeriodUnit.Month, 7, "Europe/Berlin", "2026-12-01T05:59:59Z", "2026-12-01T06:00:00Z", "2026-11-01", "2026-11-30")]
    [InlineData(PeriodUnit.Month, 7, "Europe/Berlin", "2026-12-01T06:00:00Z", "2027-01-01T06:00:00Z", "2026-12-01", "2026-12-31")]
    [InlineData(PeriodUnit.Month, 0, "Pacific/Auckland", "2026-11-30T10:59:00Z", "2026-11-30T11:00:00Z", "2026-11-01", "2026-11-30")] // There it is December already.
    [InlineData(PeriodUnit.Week, 8, "UTC", "2026-11-26T10:00:00Z", "2026-11-30T08:00:00Z", "2026-11-23", "2026-11-29")]
    [InlineData(PeriodUnit.Day, 2, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-28", "2026-03-28")] // The clocks skip two o'clock.
    [InlineData(PeriodUnit.Day, 2, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z", "2026-10-24", "2026-10-24")] // And have it twice: once.
    [InlineData(PeriodUnit.Day, 2, "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z", "2026-10-25", "2026-10-25")]
    public void It_is_due_after_each_period_about_the_one_before(PeriodUnit every, int hour, string zone, string after, string due, string first, string last)
    {
        var rhythm = new ReportRhythm(every, hour, DateTimeZoneProviders.Tzdb[zone]);
        var next = rhythm.Next(InstantPattern.ExtendedIso.Parse(after).Value);
        var period = rhythm.Before(next);
        Assert.Equal((due, first, last), (InstantPattern.ExtendedIso.Format(next), LocalDatePattern.Iso.Format(period.FirstDate), LocalDatePattern.Iso.Format(period.LastDate)));
        Assert.True(period.End <= next);
    }

    [Fact]
    public void No_period_is_left_out_and_none_comes_twice()
    {
        foreach (var every in Enum.GetValues<PeriodUnit>())
        {
            var rhythm = new ReportRhythm(every, 3, DateTimeZoneProviders.Tzdb["America/New_York"]);
            var (at, end) = (Instant.FromUtc(2026, 1, 1, 0, 0), default(Instant?));
            for (var i = 0; i < 800; i++)
            {
                at = rhythm.Next(at);
                var period = rhythm.Before(at);
                if (end is { } before) Assert.Equal(before, period.Start);
                end = period.End;
            }
        }
    }
}
