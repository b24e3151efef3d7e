using System.Globalization;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>Thresholds as a person writes them: <c>50 %, 25 %, due</c> for reminders; <c>25 %</c>, <c>due</c>, <c>overdue 2</c> for a rule.</summary>
public static class ThresholdWords
{
    private const string Due = "due";
    private const string Overdue = "overdue";
    private const string None = "none";

    /// <summary>Reads the shares left at which somebody is reminded, largest first. Nothing written: null, the default. <c>none</c>: no reminder before it is due.</summary>
    public static bool TryReadReminders(string text, out IReadOnlyList<decimal>? shares, out string? problem)
    {
        (shares, problem) = (null, null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        var read = new List<decimal>();
        foreach (var word in text.Trim() == None ? [] : text.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            if (TryReadShare(word, out var share)) read.Add(share);
            else problem ??= $"“{word}” is no reminder: write shares of the target that are left, such as 50 %, 25 %, due.";
        }

        if (problem is null) shares = [.. read.Distinct().OrderDescending()];
        return problem is null;
    }

    /// <summary>The reminders for a field.</summary>
    public static string Say(IReadOnlyList<decimal> shares) => shares.Count == 0 ? None : string.Join(", ", shares.Select(Say));

    /// <summary>Reads where a rule begins.</summary>
    public static bool TryReadRule(string text, out EscalationPoint point)
    {
        text = text.Trim();
        point = default;
        if (text.StartsWith(Overdue, StringComparison.OrdinalIgnoreCase))
        {
            var count = text[Overdue.Length..].Trim();
            var isNumber = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times);
            point = EscalationPoint.HalfTargetsOverdue(count.Length == 0 ? 1 : times);
            return count.Length == 0 || (isNumber && times > 0);
        }

        var isShare = TryReadShare(text, out var share);
        point = new EscalationPoint(share);
        return isShare;
    }

    /// <summary>Where a rule begins, for a field.</summary>
    public static string Say(EscalationRule rule) => rule.Overdue > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Overdue} {rule.Overdue}") : Say(rule.At);

    private static string Say(decimal share) => share == 0 ? Due : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.######} %");

    private static bool TryReadShare(string word, out decimal share)
    {
        share = 0;
        if (word.Equals(Due, StringComparison.OrdinalIgnoreCase)) return true;
        var isPercent = word.EndsWith('%');
        if (!decimal.TryParse(isPercent ? word[..^1].TrimEnd() : word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out share)) return false;
        if (isPercent) share /= 100;
        return true;
    }
}
