using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>Where periods and their parts begin and end, as a zone counts days.</summary>
public sealed class CompliancePeriodTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-01", "2026-03-31", "2026-02-28T23:00 2026-03-31T22:00", 743)] // Clocks go forward: an hour less.
    [InlineData("Europe/Berlin", "2026-10-01", "2026-10-31", "2026-09-30T22:00 2026-10-31T23:00", 745)]
    [InlineData("UTC", "2026-03-01", "2026-03-31", "2026-03-01T00:00 2026-04-01T00:00", 744)]
    [InlineData("Asia/Kathmandu", "2026-11-22", "2026-11-22", "2026-11-21T18:15 2026-11-22T18:15", 24)]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04", "2018-11-04T03:00 2018-11-05T02:00", 23)] // Midnight was skipped: the day began at one.
    [InlineData("America/Havana", "2020-11-01", "2020-11-01", "2020-11-01T04:00 2020-11-02T05:00", 25)] // Midnight came twice: the day began with the first.
    public void Days_begin_and_end_where_the_zone_says(string zone, string from, string to, string borders, double hours)
    {
        var period = CompliancePeriod.Of(Date(from), Date(to), DateTimeZoneProviders.Tzdb[zone]);
        Assert.Equal((borders, hours), ($"{Said(period.Start)} {Said(period.End)}", (period.End - period.Start).TotalHours));
        Assert.Equal((Date(from), Date(to)), (period.FirstDate, period.LastDate));
        Assert.True(period.Contains(period.Start));
        Assert.False(period.Contains(period.End));
    }

    [Theory]
    [InlineData(PeriodUnit.Month, "2026-01-15", "2026-03-02", "2026-01-01+17d 2026-02-01+28d 2026-03-01+2d")]
    [InlineData(PeriodUnit.Week, "2026-11-18", "2026-12-01", "2026-11-16+5d 2026-11-23+7d 2026-11-30+2d")]
    [InlineData(PeriodUnit.Day, "2026-03-28", "2026-03-30", "2026-03-28+1d 2026-03-29+0.958d 2026-03-30+1d")]
    [InlineData(PeriodUnit.Month, "2026-11-22", "2026-11-22", "2026-11-01+1d")]
    public void Parts_are_whole_days_weeks_and_months_cut_to_the_period(PeriodUnit unit, string from, string to, string parts)
    {
        var period = CompliancePeriod.Of(Date(from), Date(to), DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        Assert.Equal(parts, string.Join(' ', period.Parts(unit).Select(p => string.Create(CultureInfo.InvariantCulture, $"{LocalDatePattern.Iso.Format(p.First)}+{(p.End - p.Start).TotalDays:0.###}d"))));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Pacific/Apia")] // Left out the thirtieth of December 2011.
    [InlineData("America/St_Johns")]
    [InlineData("Africa/Monrovia")] // Counted seconds until 1972.
    public void Parts_follow_each_other_without_a_gap(string zone)
    {
        var period = new CompliancePeriod(Instant.FromUtc(1971, 5, 3, 4, 5), Instant.FromUtc(2012, 7, 8, 9, 10), DateTimeZoneProviders.Tzdb[zone]);
        foreach (var unit in Enum.GetValues<PeriodUnit>())
        {
            var parts = period.Parts(unit);
            Assert.Equal((period.Start, period.End), (parts[0].Start, parts[^1].End));
            Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            Assert.All(parts, part => Assert.True(part.Start < part.End));
        }
    }

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static string Said(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
