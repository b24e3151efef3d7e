namespace SupportPortal.Domain.Sla;

/// <summary>Who can be told that something is due.</summary>
public enum Told
{
    /// <summary>Whom the ticket is assigned to; the desk, while it is nobody's.</summary>
    Assignee,

    /// <summary>All staff.</summary>
    Desk,

    /// <summary>Whoever is on call; the desk, while nobody is.</summary>
    OnCall,

    /// <summary>Managers and administrators.</summary>
    Managers,
}

/// <summary>How near a clock is to its due instant, or how far past it, when somebody is reminded.</summary>
/// <param name="Left">The share of the target that is left: 0.5, 0.25; 0 when it is due or breached.</param>
/// <param name="Overdue">How many half targets it is past its due instant; 0 before.</param>
public readonly record struct EscalationPoint(decimal Left, int Overdue = 0)
{
    /// <summary>For what is owed without a target: no rule is reached.</summary>
    public static EscalationPoint Owed => new(1);

    /// <summary>Due, or breached just now.</summary>
    public static EscalationPoint Due => new(0);

    /// <summary>So many half targets past due.</summary>
    public static EscalationPoint HalfTargetsOverdue(int count) => new(0, count);

    /// <summary>Whether it is not before another.</summary>
    public bool HasReached(EscalationPoint other) => Lateness >= other.Lateness;

    /// <summary>In targets: below 0 before the due instant.</summary>
    internal decimal Lateness => Overdue > 0 ? Overdue / 2m : -Left;
}

/// <summary>
/// From a threshold on, who is told and whether an unacknowledged ticket goes to the person on call. It holds at that threshold and
/// at every later reminder, until a later rule takes its place.
/// </summary>
/// <param name="Tell">Who is told.</param>
/// <param name="At">The share of the target left at which it begins: 0.5, 0.25; 0 when due or breached.</param>
/// <param name="Overdue">Or at how many half targets past due; 0: not past it.</param>
public sealed record EscalationRule(IReadOnlyList<Told> Tell, decimal At = 0, int Overdue = 0)
{
    /// <summary>The promise that it is about; null: every promise of the severity that has no rules of its own.</summary>
    public SlaMetric? Metric { get; init; }

    /// <summary>Whether a ticket that nobody has acknowledged by then is assigned to the person on call.</summary>
    public bool ReassignWhenUnacknowledged { get; init; }

    internal EscalationPoint Begins => new(At, Overdue);
}
