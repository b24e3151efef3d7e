using System.Text.Json.Serialization;
using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>A policy as the API spells it, in and out. Its words are judged by <see cref="Read"/>, so that each bad one is named.</summary>
public sealed record PolicyView(string? Name, int? Version, string? EffectiveFrom, IReadOnlyList<SeverityTargetsView?>? Severities)
{
    /// <summary>The view of a policy.</summary>
    public static PolicyView Of(SlaPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy.Name, policy.Version, policy.EffectiveFrom.Text(),
            [.. policy.Severities.Select(s => new SeverityTargetsView((int)s.Severity, [.. s.Targets.Select(SlaTargetView.Of)], s.Escalation?.Select(EscalationRuleView.Of).ToList()))]);
    }

    /// <summary>The policy, or everything that is wrong with it, each with its field (<c>policy.severities[0].targets[1].metric</c>).</summary>
    /// <param name="calendars">The calendars that exist, by name.</param>
    /// <param name="from">The latest instant from which its targets count.</param>
    public (SlaPolicy? Policy, IReadOnlyList<Refusal> Refusals) Read(IReadOnlyDictionary<string, BusinessCalendar> calendars, Instant from)
    {
        var refusals = new List<Refusal>();
        Instant effectiveFrom = default;
        if (EffectiveFrom is not null && !SlaJson.TryReadInstant(EffectiveFrom, out effectiveFrom))
            refusals.Add(new("policy.effectiveFrom", "Write an instant such as 2026-11-22T10:00:00Z."));
        if (Severities is null) refusals.Add(new("policy.severities", "Say what is promised at each severity."));
        if (Severities?.Count > 3) refusals.Add(new("policy.severities", "There are three severities."));
        var severities = new List<SeverityTargets>();
        for (var s = 0; s < Math.Min(Severities?.Count ?? 0, 3); s++)
        {
            var field = $"policy.severities[{s}]";
            if (Severities![s] is not { } level) refusals.Add(new(field, "Name a severity and its targets."));
            else severities.Add(level.Read(field, refusals));
        }

        var policy = new SlaPolicy(Name ?? "", Version ?? 1, effectiveFrom, severities);
        // Where a word was not understood the lists are shorter, and the faults' paths would name others' places.
        if (refusals.Count == 0) refusals.AddRange(policy.Faults(calendars, from));
        return refusals.Count > 0 ? (null, refusals) : (policy, []);
    }
}

/// <summary>What is promised at one severity, as the API spells it.</summary>
/// <param name="Severity">1, 2 or 3.</param>
/// <param name="Targets">The promises.</param>
/// <param name="Escalation">Who is told at which threshold; left out: the assignee, and the managers at a breach.</param>
public sealed record SeverityTargetsView(
    int? Severity,
    IReadOnlyList<SlaTargetView?>? Targets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EscalationRuleView?>? Escalation = null)
{
    private static readonly int MostTargets = Enum.GetValues<SlaMetric>().Length;

    internal SeverityTargets Read(string field, List<Refusal> refusals) =>
        new((Severity)(Severity ?? 0), ReadTargets(field, refusals)) { Escalation = EscalationRuleView.Read(Escalation, $"{field}.escalation", refusals) };

    private List<SlaTarget> ReadTargets(string field, List<Refusal> refusals)
    {
        var targets = new List<SlaTarget>();
        if (Targets?.Count > MostTargets) refusals.Add(new($"{field}.targets", $"A severity has at most {MostTargets} targets, one a metric."));
        for (var t = 0; t < Math.Min(Targets?.Count ?? 0, MostTargets); t++)
        {
            if (Targets![t] is not { } target) refusals.Add(new($"{field}.targets[{t}]", "Name a metric and its target."));
            else if (target.Read($"{field}.targets[{t}]", refusals) is { } read) targets.Add(read);
        }

        return targets;
    }
}

/// <summary>One promise, as the API spells it.</summary>
/// <param name="Metric"><c>firstResponse</c>, <c>periodicUpdate</c> …</param>
/// <param name="Target">An ISO 8601 length: <c>PT6H</c>, or <c>P1D</c>, one workday on a calendar.</param>
/// <param name="Clock"><c>roundTheClock</c> or a calendar's name; left out: round the clock.</param>
/// <param name="PausedWhileWaiting">Whether waiting on the customer pauses it; left out: no.</param>
/// <param name="Reminders">The shares of the target left at which somebody is reminded; left out: 0.5, 0.25 and 0.</param>
public sealed record SlaTargetView(string? Metric, string? Target, string? Clock, bool? PausedWhileWaiting, IReadOnlyList<decimal>? Reminders)
{
    internal static SlaTargetView Of(SlaTarget target) => new(
        Words.Of(target.Metric), target.Target.ToString(), target.Clock, target.PausedWhileWaiting, target.Reminders ?? SlaTarget.DefaultReminders);

    internal SlaTarget? Read(string field, List<Refusal> refusals)
    {
        var known = Words.TryRead<SlaMetric>(Metric, out var metric);
        if (!known) refusals.Add(new($"{field}.metric", $"The metric is one of {Words.All<SlaMetric>()}."));
        if (!TargetLength.TryParse(Target, out var length))
            refusals.Add(new($"{field}.target", "Write a length such as PT6H or P1D, longer than nothing and at most ten years."));
        return known && length is not null
            ? new SlaTarget(metric, length, Clock ?? SlaTarget.RoundTheClock, PausedWhileWaiting ?? false) { Reminders = Reminders }
            : null;
    }
}
