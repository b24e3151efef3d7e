using System.Text.Json.Serialization;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>An escalation rule, as the API spells it: <c>{"at": 0.25, "tell": ["assignee", "onCall"], "reassignWhenUnacknowledged": true}</c>.</summary>
/// <param name="Metric"><c>firstResponse</c> …; left out: every metric that has no rules of its own.</param>
/// <param name="At">The share of the target left at which it begins; 0: due or breached.</param>
/// <param name="Overdue">In place of <paramref name="At"/>: how many half targets past due.</param>
/// <param name="Tell">Some of <c>assignee</c>, <c>desk</c>, <c>onCall</c>, <c>managers</c>.</param>
/// <param name="ReassignWhenUnacknowledged">Whether a ticket that nobody has acknowledged goes to the person on call; left out: no.</param>
public sealed record EscalationRuleView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Metric,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Overdue,
    IReadOnlyList<string?>? Tell,
    bool? ReassignWhenUnacknowledged)
{
    // What is longer is refused by the policy's own limits; this only keeps a huge list from being read.
    private const int MostRead = 100;

    internal static EscalationRuleView Of(EscalationRule rule) => new(
        rule.Metric is { } metric ? Words.Of(metric) : null, rule.Overdue == 0 ? rule.At : null, rule.Overdue == 0 ? null : rule.Overdue,
        [.. rule.Tell.Select(Words.Of)], rule.ReassignWhenUnacknowledged);

    /// <summary>The rules; null where none are given, so that the default holds.</summary>
    internal static IReadOnlyList<EscalationRule>? Read(IReadOnlyList<EscalationRuleView?>? rules, string field, List<Refusal> refusals)
    {
        if (rules is null) return null;
        var read = new List<EscalationRule>();
        for (var r = 0; r < Math.Min(rules.Count, MostRead); r++)
        {
            if (rules[r] is { } rule) read.Add(rule.Read($"{field}[{r}]", refusals));
            else refusals.Add(new($"{field}[{r}]", "Name a threshold and who is told."));
        }

        return read;
    }

    private EscalationRule Read(string field, List<Refusal> refusals)
    {
        SlaMetric metric = default;
        if (Metric is not null && !Words.TryRead(Metric, out metric)) refusals.Add(new($"{field}.metric", $"The metric is one of {Words.All<SlaMetric>()}."));
        if (At is null && Overdue is null) refusals.Add(new($"{field}.at", "Say where the rule begins: the share of the target left, or overdue."));
        if (Overdue == 0) refusals.Add(new($"{field}.overdue", "A rule begins at a number of half targets past due: 1 or more."));
        var told = new List<Told>();
        for (var t = 0; t < Math.Min(Tell?.Count ?? 0, MostRead); t++)
        {
            if (Words.TryRead<Told>(Tell![t], out var one)) told.Add(one);
            else refusals.Add(new($"{field}.tell[{t}]", $"Those who can be told are {Words.All<Told>()}."));
        }

        return new EscalationRule(told, At ?? 0, Overdue ?? 0) { Metric = Metric is null ? null : metric, ReassignWhenUnacknowledged = ReassignWhenUnacknowledged ?? false };
    }
}
