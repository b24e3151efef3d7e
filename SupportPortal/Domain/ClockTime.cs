using NodaTime;

namespace SupportPortal.Domain;

/// <summary>How time enters: instants are truncated to microseconds once, when taken, so that every store gives them back as they are.</summary>
public static class ClockTime
{
    /// <summary>The present instant, truncated to microseconds.</summary>
    public static Instant Now(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Instant.FromDateTimeOffset(clock.GetUtcNow()).TruncatedToMicroseconds();
    }

    /// <summary>The last whole microsecond that is not later: for instants given from outside.</summary>
    public static Instant TruncatedToMicroseconds(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        var beyond = ticks % TimeSpan.TicksPerMicrosecond;
        return Instant.FromUnixTimeTicks(ticks - (beyond < 0 ? beyond + TimeSpan.TicksPerMicrosecond : beyond));
    }
}
