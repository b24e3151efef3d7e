using Microsoft.Extensions.Time.Testing;
using NodaTime;
using SupportPortal.Domain;

namespace SupportPortal.Tests.Domain;

public sealed class ClockTimeTests
{
    [Theory]
    [InlineData(17_000_000_000_000_009, 17_000_000_000_000_000)]
    [InlineData(17_000_000_000_000_010, 17_000_000_000_000_010)]
    [InlineData(0, 0)]
    [InlineData(-1, -10)]
    [InlineData(-10, -10)]
    public void An_instant_is_truncated_to_the_microsecond_before(long ticks, long kept)
    {
        Assert.Equal(Instant.FromUnixTimeTicks(kept), Instant.FromUnixTimeTicks(ticks).TruncatedToMicroseconds());
        Assert.Equal(Instant.FromUnixTimeTicks(kept), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddTicks(ticks + 1_000_000_000_000)).Now() - Duration.FromTicks(1_000_000_000_000L));
    }

    [Fact]
    public void Nanoseconds_are_truncated_too() =>
        Assert.Equal(NodaConstants.UnixEpoch, (NodaConstants.UnixEpoch + Duration.FromNanoseconds(999)).TruncatedToMicroseconds());
}
