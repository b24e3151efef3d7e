using NodaTime;

namespace SupportPortal.Domain.Sla;

/// <summary>
/// Which alarm when: the shares of the target that the policy names, the due instant, the breach, and every further half target after it
/// (section 2). A pure function of the clock; nothing is remembered, so that a clock set back or a restart changes no answer.
/// </summary>
public static class Alarms
{
    // Instants are whole microseconds: the first one at which "after its due instant" holds.
    private static readonly Duration Moment = Duration.FromTicks(10);

    /// <summary>The last alarm not after <paramref name="now"/>; null when there was none, and where nothing is running.</summary>
    public static Alarm? Latest(SlaClock clock, Instant now)
    {
        if (!Runs(clock)) return null;
        if (clock.DueAt is not { } due) return Owed(clock, Whole(now - clock.StartedAt, Duration.FromDays(1)));
        if (now > due) return Overdue(clock, due, Whole(clock.Promise!.Between(due, now), Half(clock))) is { } overdue && overdue.At > due + Moment ? overdue : Breach(due);
        return Before(clock, due).LastOrDefault(alarm => alarm.At <= now);
    }

    /// <summary>The first alarm after <paramref name="now"/>; null where nothing is running.</summary>
    public static Alarm? Next(SlaClock clock, Instant now)
    {
        if (!Runs(clock)) return null;
        if (clock.DueAt is not { } due) return Owed(clock, Whole(now - clock.StartedAt, Duration.FromDays(1)) + 1);
        if (now <= due) return Before(clock, due).FirstOrDefault(alarm => alarm.At > now) ?? Breach(due);

        // A half target that ends on the very instant, or within the breach's own moment, is not a further one.
        var count = Whole(clock.Promise!.Between(due, now), Half(clock)) + 1;
        var overdue = Overdue(clock, due, count);
        return overdue is null || overdue.At > now ? overdue : Overdue(clock, due, count + 1);
    }

    private static bool Runs(SlaClock clock) => clock is { IsLive: true, State: SlaClockState.Running or SlaClockState.Breached or SlaClockState.Owed };

    private static Alarm Breach(Instant due) => new(due + Moment, AlarmStep.Breached);

    private static Alarm? Owed(SlaClock clock, int days) => days < 1 ? null : new(clock.StartedAt + Duration.FromDays(days), AlarmStep.Owed, Count: days);

    private static Alarm? Overdue(SlaClock clock, Instant due, int count) =>
        count < 1 ? null : new(clock.Promise!.After(due, Half(clock) * count), AlarmStep.Overdue, Count: count);

    /// <summary>What comes up to the due instant, in order. Shares that fall on one instant are one alarm: the one that leaves least.</summary>
    private static IEnumerable<Alarm> Before(SlaClock clock, Instant due)
    {
        Alarm? last = null;
        foreach (var left in (clock.Promise!.Target.Reminders ?? SlaTarget.DefaultReminders).Distinct().OrderDescending())
        {
            var alarm = left > 0 ? new Alarm(At(clock, left), AlarmStep.Approaching, left) : new Alarm(due, AlarmStep.Due);
            if (last is not null && last.At < alarm.At) yield return last;
            last = alarm;
        }

        if (last is not null) yield return last;
    }

    /// <summary>When that share of the target is left, pauses left out.</summary>
    private static Instant At(SlaClock clock, decimal left)
    {
        var promise = clock.Promise!;
        var counted = Duration.FromNanoseconds((long)(promise.Length.ToInt64Nanoseconds() * (1 - left)));
        var at = new PromiseCount(promise, counted).Due(clock.Pauses, null) ?? clock.DueAt!.Value;
        return Instant.Min(at.TruncatedToMicroseconds(), clock.DueAt!.Value);
    }

    /// <summary>Half the target in whole microseconds, rounded up: counted on and counted back, the same instants come out.</summary>
    private static Duration Half(SlaClock clock) => Moment * Math.Max(1, (clock.Promise!.Length.ToInt64Nanoseconds() + 1_999) / 2_000);

    private static int Whole(Duration of, Duration part) => (int)Math.Clamp(of.ToInt64Nanoseconds() / part.ToInt64Nanoseconds(), 0, int.MaxValue - 2);
}
