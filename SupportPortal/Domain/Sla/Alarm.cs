using NodaTime;

namespace SupportPortal.Domain.Sla;

/// <summary>How far a clock is when somebody is reminded of it.</summary>
public enum AlarmStep
{
    /// <summary>A share of the target is left; the policy says which (section 2).</summary>
    Approaching,

    /// <summary>The due instant itself: answered now, it is still kept.</summary>
    Due,

    /// <summary>The first instant at which it is breached.</summary>
    Breached,

    /// <summary>Breached, and a further half target has passed.</summary>
    Overdue,

    /// <summary>Owed without a target for another day: an emergency patch.</summary>
    Owed,
}

/// <summary>An instant at which somebody is reminded of a running clock.</summary>
/// <param name="At">When. No two alarms of a clock, as it is due now, have the same instant.</param>
/// <param name="Step">What it says.</param>
/// <param name="Left">The share of the target that is left, for <see cref="AlarmStep.Approaching"/>; otherwise 0.</param>
/// <param name="Count">The how-manieth half target or day, for <see cref="AlarmStep.Overdue"/> and <see cref="AlarmStep.Owed"/>; otherwise 0.</param>
public sealed record Alarm(Instant At, AlarmStep Step, decimal Left = 0, int Count = 0)
{
    /// <summary>Whether the promise is broken by then, which managers hear of.</summary>
    public bool IsBreach => Step is AlarmStep.Breached or AlarmStep.Overdue;
}
