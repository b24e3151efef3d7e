using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>A policy as it stands in the form. What is refused is named by the form's own places: <c>severities[0].firstResponse.target</c>.</summary>
public sealed class PolicyDraft
{
    private readonly SlaPolicy _from;

    private PolicyDraft(SlaPolicy from) => _from = from;

    /// <summary>One for each severity, the gravest first.</summary>
    public required IReadOnlyList<LevelDraft> Levels { get; init; }

    /// <summary>A policy as a form shows it.</summary>
    public static PolicyDraft Of(SlaPolicy policy) => new(policy) { Levels = [.. Enum.GetValues<Severity>().Select(severity => LevelDraft.Of(policy, severity))] };

    /// <summary>The policy that the form says, or everything that is wrong with it.</summary>
    public (SlaPolicy? Policy, IReadOnlyList<Refusal> Refusals) Read(IReadOnlyDictionary<string, BusinessCalendar> calendars, Instant now)
    {
        var (refusals, places) = (new List<Refusal>(), new Dictionary<string, string>());
        var policy = _from with { Severities = [.. Levels.Select((level, s) => level.Read(s, places, refusals))] };
        if (refusals.Count == 0) refusals.AddRange(policy.Faults(calendars, now).Select(fault => fault with { Field = Place(fault.Field, places) }));
        return refusals.Count > 0 ? (null, refusals) : (policy, []);
    }

    /// <summary>Where the form shows a refusal of the policy's own: rows without a target have no place in the policy.</summary>
    public static string Place(string field, IReadOnlyDictionary<string, string> places)
    {
        var dot = field.LastIndexOf('.');
        return dot > 0 && places.TryGetValue(field[..dot], out var place) ? place + field[dot..] : field;
    }
}

/// <summary>A severity in the form.</summary>
public sealed class LevelDraft(Severity severity)
{
    public Severity Severity { get; } = severity;

    /// <summary>One for each metric; one without a length is no promise.</summary>
    public required IReadOnlyList<TargetDraft> Targets { get; init; }

    public required List<RuleDraft> Rules { get; init; }

    internal static LevelDraft Of(SlaPolicy policy, Severity severity) => new(severity)
    {
        Targets = [.. Enum.GetValues<SlaMetric>().Select(metric => TargetDraft.Of(metric, policy.Target(severity, metric)))],
        Rules = [.. (policy.Severities.FirstOrDefault(level => level.Severity == severity)?.Escalation ?? []).Select(RuleDraft.Of)],
    };

    internal SeverityTargets Read(int index, Dictionary<string, string> places, List<Refusal> refusals)
    {
        var (field, targets, rules) = ($"severities[{index}]", new List<SlaTarget>(), new List<EscalationRule>());
        foreach (var draft in Targets.Where(draft => !string.IsNullOrWhiteSpace(draft.Length)))
        {
            var place = $"{field}.{Words.Of(draft.Metric)}";
            if (draft.Read(place, refusals) is not { } target) continue;
            places[$"policy.{field}.targets[{targets.Count}]"] = place;
            targets.Add(target);
        }

        for (var r = 0; r < Rules.Count; r++)
        {
            if (Rules[r].Read($"{field}.rules[{r}]", refusals) is not { } rule) continue;
            places[$"policy.{field}.escalation[{rules.Count}]"] = $"{field}.rules[{r}]";
            rules.Add(rule);
        }

        places[$"policy.{field}"] = field;
        return new SeverityTargets(Severity, targets) { Escalation = rules.Count > 0 ? rules : null };
    }
}

/// <summary>A promise in the form.</summary>
public sealed class TargetDraft(SlaMetric metric)
{
    public SlaMetric Metric { get; } = metric;

    public string Length { get; set; } = "";

    public string Clock { get; set; } = SlaTarget.RoundTheClock;

    public bool PausedWhileWaiting { get; set; }

    public string Reminders { get; set; } = "";

    internal static TargetDraft Of(SlaMetric metric, SlaTarget? target) => target is null
        ? new TargetDraft(metric)
        : new TargetDraft(metric)
        {
            Length = TargetWords.Say(target),
            Clock = target.Clock,
            PausedWhileWaiting = target.PausedWhileWaiting,
            Reminders = ThresholdWords.Say(target.Reminders ?? SlaTarget.DefaultReminders),
        };

    internal SlaTarget? Read(string field, List<Refusal> refusals)
    {
        if (!TargetWords.TryRead(Length, Clock == SlaTarget.RoundTheClock, out var length, out var problem)) refusals.Add(new($"{field}.target", problem!));
        if (!ThresholdWords.TryReadReminders(Reminders, out var reminders, out var wrong)) refusals.Add(new($"{field}.reminders", wrong!));
        if (length is null || wrong is not null) return null;
        return new SlaTarget(Metric, length, Clock, PausedWhileWaiting) { Reminders = reminders?.SequenceEqual(SlaTarget.DefaultReminders) is true ? null : reminders };
    }
}

/// <summary>An escalation rule in the form.</summary>
public sealed class RuleDraft
{
    /// <summary>The metric's word; empty: any.</summary>
    public string Metric { get; set; } = "";

    public string Threshold { get; set; } = "";

    public HashSet<Told> Tell { get; init; } = [];

    public bool Reassign { get; set; }

    internal static RuleDraft Of(EscalationRule rule) => new()
    {
        Metric = rule.Metric is { } metric ? Words.Of(metric) : "",
        Threshold = ThresholdWords.Say(rule),
        Tell = [.. rule.Tell],
        Reassign = rule.ReassignWhenUnacknowledged,
    };

    internal EscalationRule? Read(string field, List<Refusal> refusals)
    {
        SlaMetric? metric = Words.TryRead<SlaMetric>(Metric, out var named) ? named : null;
        if (ThresholdWords.TryReadRule(Threshold, out var begins))
            return new EscalationRule([.. Tell.Order()], begins.Left, begins.Overdue) { Metric = metric, ReassignWhenUnacknowledged = Reassign };
        refusals.Add(new($"{field}.at", "Say where it begins: a reminder such as 25 %, due, or overdue 2 (half targets past due)."));
        return null;
    }
}
