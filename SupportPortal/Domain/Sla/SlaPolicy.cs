using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>One promise: this metric, within this length, on this clock.</summary>
/// <param name="Metric">What is promised.</param>
/// <param name="Target">Within which length.</param>
/// <param name="Clock"><see cref="RoundTheClock"/> or the name of a business calendar.</param>
/// <param name="PausedWhileWaiting">Whether waiting on the customer pauses it (rule 5); by default never.</param>
public sealed record SlaTarget(SlaMetric Metric, TargetLength Target, string Clock = SlaTarget.RoundTheClock, bool PausedWhileWaiting = false)
{
    /// <summary>The clock that never closes.</summary>
    public const string RoundTheClock = "roundTheClock";

    /// <summary>How many reminders a target may have: more would only be noise.</summary>
    public const int MostReminders = 20;

    /// <summary>Half the target left, a quarter left, due; then at every further half target while breached.</summary>
    public static IReadOnlyList<decimal> DefaultReminders { get; } = [0.5m, 0.25m, 0m];

    /// <summary>The shares of the target left at which somebody is reminded, largest first. Null: <see cref="DefaultReminders"/>.</summary>
    public IReadOnlyList<decimal>? Reminders { get; init; }

    /// <summary>Whether it runs day and night.</summary>
    public bool RunsRoundTheClock => Clock == RoundTheClock;
}

/// <summary>What is promised at one severity.</summary>
public sealed record SeverityTargets(Severity Severity, IReadOnlyList<SlaTarget> Targets)
{
    /// <summary>Who is told at which threshold, in any order (<see cref="Sla.Escalation.Of"/>). Null: the assignee, and the managers at a breach.</summary>
    public IReadOnlyList<EscalationRule>? Escalation { get; init; }
}

/// <summary>A policy by plan and version; what an event names.</summary>
public sealed record PolicyReference(string Name, int Version);

/// <summary>What is promised: data, versioned, effective from an instant, never edited in place (section 2).</summary>
public sealed record SlaPolicy(string Name, int Version, Instant EffectiveFrom, IReadOnlyList<SeverityTargets> Severities)
{
    /// <summary>The plan that everyone has who has no other.</summary>
    public const string StandardPlan = "Standard";

    /// <summary>How events name it.</summary>
    public PolicyReference Reference => new(Name, Version);

    /// <summary>The promise for a metric at a severity, or null where none is made.</summary>
    public SlaTarget? Target(Severity severity, SlaMetric metric)
    {
        // Asked several times an event: no enumerators.
        for (var s = 0; s < Severities.Count; s++)
        {
            if (Severities[s].Severity != severity) continue;
            var targets = Severities[s].Targets;
            for (var t = 0; t < targets.Count; t++)
            {
                if (targets[t].Metric == metric) return targets[t];
            }
        }

        return null;
    }

    /// <summary>The support commitment as it is promised today (section 1).</summary>
    public static SlaPolicy Commitment { get; } = new(StandardPlan, 1, Instant.FromUnixTimeTicks(0),
    [
        new(Severity.Critical,
        [
            new(SlaMetric.FirstResponse, TargetLength.Hours(1)),
            new(SlaMetric.PeriodicUpdate, TargetLength.Minutes(30)),
            new(SlaMetric.StatusRequest, TargetLength.Workdays(1), "Business"),
        ]),
        new(Severity.High,
        [
            new(SlaMetric.FirstResponse, TargetLength.Hours(6)),
            new(SlaMetric.PeriodicUpdate, TargetLength.Hours(12)),
            new(SlaMetric.StatusRequest, TargetLength.Workdays(1), "Business"),
        ]),
        new(Severity.Normal,
        [
            new(SlaMetric.FirstResponse, TargetLength.Hours(24)),
            new(SlaMetric.StatusRequest, TargetLength.Workdays(1), "Business"),
        ]),
    ]);

    /// <summary>What is wrong with it; nothing when it may be published.</summary>
    /// <param name="calendars">The calendars that exist, by name.</param>
    /// <param name="from">The latest instant from which its targets count: a target that its calendar cannot use up within fifty years has no due instant.</param>
    public IEnumerable<Refusal> Faults(IReadOnlyDictionary<string, BusinessCalendar> calendars, Instant from)
    {
        if (string.IsNullOrWhiteSpace(Name)) yield return new("policy.name", "Give the policy a name.");
        foreach (var twice in Severities.GroupBy(s => s.Severity).Where(g => g.Count() > 1))
            yield return new("policy.severities", $"Severity {(int)twice.Key} is named twice.");
        for (var s = 0; s < Severities.Count; s++)
        {
            if (!Enum.IsDefined(Severities[s].Severity)) yield return new($"policy.severities[{s}].severity", "The severity is 1, 2 or 3.");
            for (var t = 0; t < Severities[s].Targets.Count; t++)
            {
                var (field, target) = ($"policy.severities[{s}].targets[{t}]", Severities[s].Targets[t]);
                if (Severities[s].Targets.Take(t).Any(other => other.Metric == target.Metric))
                    yield return new($"{field}.metric", "This metric has a target at this severity already.");
                if (target.Target.Days < 0 || target.Target.In(Duration.FromDays(1)) <= Duration.Zero)
                    yield return new($"{field}.target", "A target is longer than nothing.");
                if (!target.RunsRoundTheClock && !calendars.ContainsKey(target.Clock))
                    yield return new($"{field}.clock", $"There is no calendar named “{target.Clock}”.");
                else if (!target.RunsRoundTheClock && !IsUsedUp(target.Target, calendars[target.Clock], from))
                    yield return new($"{field}.target", $"The calendar “{target.Clock}” is not open for that long in fifty years.");
                if (target.Reminders?.Count > SlaTarget.MostReminders)
                    yield return new($"{field}.reminders", $"A target has at most {SlaTarget.MostReminders} reminders.");
                else if (target.Reminders?.Any(share => share is < 0 or >= 1) == true)
                    yield return new($"{field}.reminders", "A reminder is a share of the target that is left: 0 or more, less than 1.");
            }

            foreach (var fault in EscalationFaults.Of($"policy.severities[{s}]", Severities[s])) yield return fault;
        }
    }

    private static bool IsUsedUp(TargetLength target, BusinessCalendar calendar, Instant from)
    {
        var year = Duration.FromDays(365);
        var left = target.In(calendar.WorkdayLength);
        for (var years = 0; years < 50 && left > Duration.Zero; years++) left -= calendar.Between(from + year * years, from + year * (years + 1));
        return left <= Duration.Zero;
    }
}
