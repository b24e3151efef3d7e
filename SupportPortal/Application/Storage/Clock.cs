using NodaTime;

namespace SupportPortal.Application.Storage;

/// <summary>The one way from the server's clock to an instant.</summary>
public static class Clock
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>Now, truncated to the microsecond once and here, so that what is kept and what is computed with are equal.</summary>
    public static Instant Now(this TimeProvider clock)
    {
        var ticks = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return Instant.FromUnixTimeTicks(ticks - (ticks % TicksPerMicrosecond));
    }
}
