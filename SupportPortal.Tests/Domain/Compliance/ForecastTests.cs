using NodaTime;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>What will break if work goes on as it does.</summary>
public sealed class ForecastTests
{
    private static readonly Instant Now = Instant.FromUtc(2030, 1, 7, 9, 0);

    [Theory]
    [InlineData("Six an hour are done every ten minutes", "10 20 60 60 60", 6, "no no no no no")]
    [InlineData("Two an hour: the third of three within it is too late", "30 60 60", 2, "no no yes")]
    [InlineData("What is overdue comes first, and has broken already", "-30 -10 30 90", 2, "no no yes yes")]
    [InlineData("Whoever deals with nothing breaks all", "10 2000", 0, "yes yes")]
    [InlineData("On the very instant is in time", "30 60", 2, "no no")]
    public void Promises_are_dealt_with_as_they_fall_due(string rule, string minutes, double anHour, string breaks) =>
        Assert.Equal((rule, breaks), (rule, string.Join(' ', Forecast.Breaking(Due(minutes), anHour, Now).Select(b => b ? "yes" : "no"))));

    [Fact]
    public void Windows_reach_from_now_each_to_its_end()
    {
        var due = Due("-1 0 60 61 240 241 1440 1441").ToList();
        var workload = Forecast.Sum(due.Zip(Forecast.Breaking(due, 0, Now)), Now);
        Assert.Equal((1, "2 4 6", "2 4 6"), (workload.Overdue, string.Join(' ', workload.Due), string.Join(' ', workload.Breaking)));
    }

    private static IEnumerable<Instant> Due(string minutes) => minutes.Split(' ').Select(m => Now + Duration.FromMinutes(int.Parse(m, System.Globalization.CultureInfo.InvariantCulture)));
}
