using CsCheck;
using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Tests.Domain.Sla;

public sealed class TargetLengthTests
{
    [Theory]
    [InlineData("PT6H", 0, 21_600_000_000, "PT6H")]
    [InlineData("P1D", 1, 0, "P1D")]
    [InlineData("P1DT4H30M", 1, 16_200_000_000, "P1DT4H30M")]
    [InlineData("PT90M", 0, 5_400_000_000, "PT1H30M")]
    [InlineData("PT24H", 0, 86_400_000_000, "PT24H")]
    [InlineData("PT0.5S", 0, 500_000, "PT0.5S")]
    [InlineData("PT0.000001S", 0, 1, "PT0.000001S")]
    [InlineData("P3653D", 3653, 0, "P3653D")]
    public void A_length_is_read_and_written_as_ISO_8601(string text, int days, long microseconds, string written)
    {
        Assert.True(TargetLength.TryParse(text, out var length));
        Assert.Equal(new TargetLength(days, Duration.FromTicks(microseconds * 10)), length);
        Assert.Equal(written, length.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("PT0S")]
    [InlineData("P0D")]
    [InlineData("-PT1H")]
    [InlineData("PT-1H")]
    [InlineData("P1W")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT1.5H")]
    [InlineData("pt1h")]
    [InlineData(" PT1H")]
    [InlineData("PT1H\n")]
    [InlineData("PT\u0661H")]
    [InlineData("1:00:00")]
    [InlineData("PT0.0000001S")]
    [InlineData("P3653DT1S")]
    [InlineData("PT99999999S9")]
    public void What_is_no_length_is_refused(string? text) => Assert.False(TargetLength.TryParse(text, out _));

    [Fact]
    public void What_is_written_reads_back() => Gen.Select(Gen.Int[0, 3000], Gen.Long[1, 86_400_000_000 * 300]).Sample((days, microseconds) =>
    {
        var length = new TargetLength(days, Duration.FromTicks(microseconds * 10));
        Assert.True(TargetLength.TryParse(length.ToString(), out var read));
        Assert.Equal(length, read);
    });

    [Fact]
    public void A_day_is_as_long_as_its_clock_says()
    {
        var length = new TargetLength(2, Duration.FromHours(1));
        Assert.Equal((Duration.FromHours(49), Duration.FromHours(17)), (length.In(Duration.FromDays(1)), length.In(Duration.FromHours(8))));
    }
}
