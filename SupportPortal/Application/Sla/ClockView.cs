using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A clock as every answer of the API shows it. <c>breached</c> also while it still runs overdue: then it has no stop.</summary>
/// <param name="LateBySeconds">Real seconds between the due instant and the stop (or now), to the microsecond; null unless breached.</param>
/// <param name="Missed">The intervals of silence missed; null but for the periodic update.</param>
public sealed record ClockView(
    SlaMetric Metric,
    Instant StartedAt,
    Instant? DueAt,
    Instant? StoppedAt,
    SlaClockState State,
    decimal? LateBySeconds,
    int? Missed)
{
    private const decimal TicksPerSecond = NodaConstants.TicksPerSecond;

    /// <summary>The view of a clock.</summary>
    public static ClockView Of(SlaClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(clock.Metric, clock.StartedAt, clock.DueAt, clock.StoppedAt, clock.State, clock.LateBy?.BclCompatibleTicks / TicksPerSecond, clock.Missed);
    }
}
