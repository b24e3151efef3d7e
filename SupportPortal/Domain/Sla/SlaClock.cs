using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>How a clock stands.</summary>
public enum SlaClockState
{
    /// <summary>It counts, and its due instant has not passed.</summary>
    Running,

    /// <summary>It stands still while staff wait on the customer (rule 5).</summary>
    Paused,

    /// <summary>It was stopped not after its due instant.</summary>
    Met,

    /// <summary>Its due instant passed while it ran; final, though it may run on overdue (rule 2).</summary>
    Breached,

    /// <summary>What it measured is no longer owed.</summary>
    Cancelled,

    /// <summary>An emergency patch without a target: owed, never breached.</summary>
    Owed,
}

/// <summary>A promise made: at this severity, counted from this instant, to this target.</summary>
/// <param name="Severity">The level at which it was promised.</param>
/// <param name="Since">The instant it counts from: the start of the clock, or since when the report showed this impact (rule 3).</param>
/// <param name="Target">What was promised.</param>
/// <param name="Calendar">The calendar version it counts on; null round the clock.</param>
/// <param name="Catalogue">The catalogue version that calendar is from.</param>
public sealed record SlaPromise(Severity Severity, Instant Since, SlaTarget Target, BusinessCalendar? Calendar, int Catalogue)
{
    /// <summary>How long it is, in time that counts on its own clock.</summary>
    public Duration Length => Target.Target.In(Calendar?.WorkdayLength ?? Duration.FromDays(1));

    /// <summary>The time that counts on its clock between two instants.</summary>
    public Duration Between(Instant from, Instant to) => Calendar is null ? to - from : Calendar.Between(from, to);

    /// <summary>The earliest instant at which so much time has counted since <paramref name="from"/>.</summary>
    public Instant After(Instant from, Duration counted) => Calendar is null ? from + counted : Calendar.Add(from, counted);
}

/// <summary>One clock of a ticket, as the fold leaves it at <c>now</c>.</summary>
/// <param name="Metric">What it measures.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="DueAt">When it is due; null while it is paused, and where nothing was promised.</param>
/// <param name="StoppedAt">When it stopped; null while it runs, overdue too.</param>
/// <param name="State">How it stands.</param>
/// <param name="LateBy">Real time between the due instant and the stop (or now); null unless breached.</param>
/// <param name="Missed">The intervals of silence missed (rule 9); null but for <see cref="SlaMetric.PeriodicUpdate"/>.</param>
/// <param name="Promise">The promise that decides the due instant; null where nothing was promised.</param>
/// <param name="Pauses">The pauses taken, in order; the last may still run (no end).</param>
public sealed record SlaClock(
    SlaMetric Metric,
    Instant StartedAt,
    Instant? DueAt,
    Instant? StoppedAt,
    SlaClockState State,
    Duration? LateBy,
    int? Missed,
    SlaPromise? Promise,
    IReadOnlyList<SlaPause> Pauses)
{
    /// <summary>Whether it has not stopped: running, paused, owed, or breached and overdue.</summary>
    public bool IsLive => StoppedAt is null;

    /// <summary>The same clock judged at a later instant, nothing having happened since: running becomes breached, lateness and silence grow.</summary>
    public SlaClock At(Instant now)
    {
        if (DueAt is not { } due || State is not (SlaClockState.Running or SlaClockState.Breached)) return this;
        var end = StoppedAt ?? now;
        if (State == SlaClockState.Running && due >= end) return this with { Missed = Metric == SlaMetric.PeriodicUpdate ? 0 : null };
        return this with { State = SlaClockState.Breached, LateBy = end - due, Missed = Metric == SlaMetric.PeriodicUpdate ? MissedBy(due, end) : null };
    }

    /// <summary>Rule 9. At least one interval is missed by a breach, though it fell into hours that do not count.</summary>
    private int MissedBy(Instant due, Instant end)
    {
        var (silent, target) = (Promise!.Between(due, end).ToInt64Nanoseconds(), Promise.Length.ToInt64Nanoseconds());
        return (int)Math.Clamp((silent + target - 1) / target, 1, int.MaxValue);
    }
}

/// <summary>A stretch during which a clock stood still. <paramref name="To"/> is null while it still does.</summary>
public sealed record SlaPause(Instant From, Instant? To);
