using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Compliance;

/// <summary>Why a promise was not kept, as far as the events alone tell.</summary>
public enum BreachCause
{
    /// <summary>It was nobody's ticket when it fell due.</summary>
    Unassigned,

    /// <summary>
    /// It was raised to its severity only when that severity's promise had run out. Of what counts from the report only: another clock keeps the
    /// promise that it began with, though the severity is lowered.
    /// </summary>
    RaisedTooLate,

    /// <summary>It was somebody's ticket, at its severity, and what was promised did not come in time.</summary>
    Unanswered,
}

/// <summary>Reads the cause of a breach.</summary>
public static class BreachCauses
{
    /// <summary>The cause of a breach.</summary>
    /// <param name="metric">What was promised.</param>
    /// <param name="promised">The severity that the promise was made for; null where there is none.</param>
    /// <param name="severity">The severity in force as it fell due.</param>
    /// <param name="isAssigned">Whether it was anybody's ticket then.</param>
    public static BreachCause Of(SlaMetric metric, Severity? promised, Severity severity, bool isAssigned) =>
        metric is SlaMetric.FirstResponse or SlaMetric.Resolution && promised is { } level && level.IsGraverThan(severity) ? BreachCause.RaisedTooLate
        : !isAssigned ? BreachCause.Unassigned
        : BreachCause.Unanswered;
}
