using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Domain.Sla;

/// <summary>What becomes of a clock when its ticket is moved to another policy version, or its calendar is edited.</summary>
public enum ClockChangeKind
{
    /// <summary>It is due in the past, and so breached at once.</summary>
    Breached,

    /// <summary>It is due earlier.</summary>
    Earlier,

    /// <summary>It is due later.</summary>
    Later,

    /// <summary>It had no due instant and has one: promised for the first time, or no longer paused.</summary>
    Begun,

    /// <summary>It is paused, and another length or calendar counts once it runs on; or it is paused from now on.</summary>
    Paused,

    /// <summary>It is promised no more.</summary>
    Ended,
}

/// <summary>A clock that comes to stand otherwise.</summary>
/// <param name="Metric">What it measures.</param>
/// <param name="Kind">How it changes.</param>
/// <param name="Before">When it was due; null where it had no due instant.</param>
/// <param name="After">When it is due; null where it has none.</param>
public sealed record ClockChange(SlaMetric Metric, ClockChangeKind Kind, Instant? Before, Instant? After)
{
    /// <summary>The clocks that stand otherwise, one's history being the other's with something more: a clock keeps its place in it.</summary>
    /// <param name="before">The fold without what changes them.</param>
    /// <param name="after">The fold with it, at the same instant.</param>
    public static IReadOnlyList<ClockChange> Between(IReadOnlyList<SlaClock> before, IReadOnlyList<SlaClock> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<ClockChange>();
        for (var i = 0; i < after.Count; i++)
        {
            var (then, now) = (i < before.Count ? before[i] : null, after[i]);
            if (KindOf(then, now) is { } kind) changes.Add(new(now.Metric, kind, then?.DueAt, kind == ClockChangeKind.Ended ? null : now.DueAt));
        }

        return changes;
    }

    private static ClockChangeKind? KindOf(SlaClock? then, SlaClock now)
    {
        if (then?.State == SlaClockState.Breached) return null; // Rule 2.
        if (now.State == SlaClockState.Breached) return ClockChangeKind.Breached;
        if (then is not null && then.IsLive != now.IsLive) return ClockChangeKind.Ended;
        if (now.DueAt is not { } due) return NotDue(then, now);
        if (then?.DueAt is not { } was) return ClockChangeKind.Begun;
        return due < was ? ClockChangeKind.Earlier : due > was ? ClockChangeKind.Later : null;
    }

    private static ClockChangeKind? NotDue(SlaClock? then, SlaClock now)
    {
        if (now.State == SlaClockState.Owed) return then is null ? ClockChangeKind.Begun : then.State == SlaClockState.Owed ? null : ClockChangeKind.Ended;
        return Counts(then?.Promise) == Counts(now.Promise) && then?.State == now.State ? null : ClockChangeKind.Paused;
    }

    /// <summary>What of a promise decides when a pause ends.</summary>
    private static (Instant?, TargetLength?, BusinessCalendar?) Counts(SlaPromise? promise) =>
        (promise?.Since, promise?.Target.Target, promise?.Calendar);
}
