using System.Globalization;

namespace SupportPortal.Domain.Sla;

/// <summary>What is wrong with the escalation rules of a severity.</summary>
internal static class EscalationFaults
{
    /// <summary>More would not be read again.</summary>
    public const int MostRules = 20;

    /// <summary>A clock that long overdue needs no further step.</summary>
    private const int MostOverdue = 1000;

    /// <summary>Each refusal with the path of its field, below the severity's.</summary>
    public static IEnumerable<Refusal> Of(string severity, SeverityTargets level)
    {
        var rules = level.Escalation ?? [];
        if (rules.Count > MostRules) yield return new($"{severity}.escalation", $"A severity has at most {MostRules} escalation rules.");
        for (var r = 0; r < Math.Min(rules.Count, MostRules); r++)
        {
            var (field, rule) = ($"{severity}.escalation[{r}]", rules[r]);
            if (rule.Metric is { } metric && level.Targets.All(target => target.Metric != metric))
                yield return new($"{field}.metric", $"Nothing is promised for this metric at this severity, so the rule would never apply: {metric.Title}.");
            else if (Threshold(rule, level.Targets) is { } fault)
                yield return new($"{field}.{(rule.Overdue == 0 ? "at" : "overdue")}", fault);
            else if (rules.Take(r).Any(other => other.Metric == rule.Metric && other.Begins == rule.Begins))
                yield return new($"{field}.{(rule.Overdue == 0 ? "at" : "overdue")}", "There is a rule for this threshold already.");
            if (rule.Tell.Count == 0) yield return new($"{field}.tell", "Say who is told.");
            else if (rule.Tell.Distinct().Count() < rule.Tell.Count) yield return new($"{field}.tell", "Name each of them once.");
        }
    }

    private static string? Threshold(EscalationRule rule, IReadOnlyList<SlaTarget> targets)
    {
        if (rule is { At: not 0, Overdue: not 0 }) return "A rule begins before the due instant or after it: name one of the two.";
        if (rule.Overdue is < 0 or > MostOverdue) return $"A rule begins at a number of half targets past due: 1 or more, at most {MostOverdue}.";
        if (rule.At is < 0 or >= 1) return "A rule begins at a share of the target that is left: 0 or more, less than 1.";
        if (rule.At == 0) return null; // Due and overdue are always told.
        var shares = targets.Where(target => rule.Metric is null || target.Metric == rule.Metric)
            .SelectMany(target => target.Reminders ?? SlaTarget.DefaultReminders).Distinct().OrderDescending().ToList();
        if (shares.Contains(rule.At)) return null;
        var known = shares.Count == 0 ? "there are none before it is due" : $"the reminders are at {string.Join(", ", shares.Select(Percent))}";
        return $"Nobody is reminded with {Percent(rule.At)} of the target left, so the rule would never apply: {known}.";
    }

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");
}
