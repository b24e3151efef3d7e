using NodaTime;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>A clock as it is stored: what the fold said when the ticket last changed. What moves with time is judged when read.</summary>
public sealed record ClockRow
{
    public required long TicketId { get; init; }

    /// <summary>Its place among the ticket's clocks.</summary>
    public required int Ordinal { get; init; }

    public required SlaMetric Metric { get; init; }

    public required SlaClockState State { get; init; }

    public required Instant StartedAt { get; init; }

    public Instant? DueAt { get; init; }

    public Instant? StoppedAt { get; init; }

    /// <summary>Intervals of silence missed at the stop; while it is live they are judged when read.</summary>
    public int? Missed { get; init; }

    /// <summary>The promise that decides: its level, since when it counts, its length and clock.</summary>
    public Severity? Severity { get; init; }

    public Instant? Since { get; init; }

    public string? Target { get; init; }

    public string? Clock { get; init; }

    /// <summary>The catalogue version of the calendar it counts on.</summary>
    public int Catalogue { get; init; }

    /// <summary>
    /// When the alarm clock looks at it next; null while nothing can fall due. As events leave it: the last alarm that has passed, which may
    /// be raised already, or the next one; from then on the alarm clock moves it.
    /// </summary>
    public Instant? AlarmAt { get; init; }

    /// <summary>
    /// The ticket's severity as the clock fell due, or stopped before (support commitment, section 5). Null as long as neither has come: then it
    /// is the ticket's own.
    /// </summary>
    public Severity? DueSeverity { get; init; }

    /// <summary>Whose ticket it was then; null when nobody's, and while <see cref="DueSeverity"/> is.</summary>
    public string? DueAssigneeId { get; init; }

    /// <summary>How far the exception of its breach has come; null when there is none.</summary>
    public ExceptionState? Exception { get; init; }

    /// <summary>The row of a clock as the fold leaves it at the instant of the ticket's last event.</summary>
    /// <param name="ticketId">Its ticket.</param>
    /// <param name="ordinal">Its place among the ticket's clocks.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="changedAt">The instant of the last event.</param>
    /// <param name="holder">Under which severity and with whom it fell due or stopped; null as long as it has not.</param>
    /// <param name="exception">How far the exception of its breach has come; null when there is none.</param>
    public static ClockRow Of(long ticketId, int ordinal, SlaClock clock, Instant changedAt, DueHolder? holder, ExceptionState? exception) => new()
    {
        TicketId = ticketId,
        Ordinal = ordinal,
        Metric = clock.Metric,
        // A breach that time alone makes is judged when read: the row is what the events say.
        State = clock is { State: SlaClockState.Breached, StoppedAt: null } ? SlaClockState.Running : clock.State,
        StartedAt = clock.StartedAt,
        DueAt = clock.DueAt,
        StoppedAt = clock.StoppedAt,
        Missed = clock.IsLive ? null : clock.Missed,
        Severity = clock.Promise?.Severity,
        Since = clock.Promise?.Since,
        Target = clock.Promise?.Target.Target.ToString(),
        Clock = clock.Promise?.Target.Clock,
        Catalogue = clock.Promise?.Catalogue ?? 0,
        DueSeverity = holder?.Severity,
        DueAssigneeId = holder?.AssigneeId,
        Exception = exception,
        AlarmAt = (Alarms.Latest(clock, changedAt) ?? Alarms.Next(clock, changedAt))?.At,
    };

    /// <summary>The clock at <paramref name="now"/>.</summary>
    public SlaClock At(Instant now, SlaCatalogue catalogue)
    {
        var clock = new SlaClock(Metric, StartedAt, DueAt, StoppedAt, State, null, Missed, Promise(catalogue), []);
        return clock.At(now);
    }

    private SlaPromise? Promise(SlaCatalogue catalogue)
    {
        if (Severity is not { } severity || Since is not { } since || Clock is null || !TargetLength.TryParse(Target, out var length)) return null;
        var target = new SlaTarget(Metric, length, Clock);
        return new SlaPromise(severity, since, target, target.RunsRoundTheClock ? null : catalogue.Calendar(Clock, Catalogue), Catalogue);
    }
}
