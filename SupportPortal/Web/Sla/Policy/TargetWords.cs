using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>A target's length as a person writes it: <c>1 h</c>, <c>30 min</c>, <c>1 business day</c>; ISO 8601 too.</summary>
public static partial class TargetWords
{
    /// <summary>Reads a length; otherwise <paramref name="problem"/> tells what is wrong with it.</summary>
    public static bool TryRead(string text, bool roundTheClock, out TargetLength? length, out string? problem)
    {
        (text, problem) = (text.Trim(), null);
        if (TargetLength.TryParse(text.ToUpperInvariant(), out length)) return true;
        var match = Words().Match(text);
        if (match.Success && roundTheClock && match.Groups["business"].Success)
            problem = "Business time needs a business calendar: choose one as its clock.";
        else if (match.Success && TargetLength.TryParse(Iso(match), out length)) return true;
        else problem = Nothing().IsMatch(text)
            ? "A target is longer than nothing."
            : "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.";
        return false;
    }

    /// <summary>The length for a field, so that it reads back the same.</summary>
    public static string Say(SlaTarget target)
    {
        var (days, time) = (target.Target.Days, target.Target.Time);
        if (time != Duration.FromSeconds((long)time.TotalSeconds)) return target.Target.ToString();
        string[] parts = [.. Part(days, (target.RunsRoundTheClock ? "day" : "business day") + (days == 1 ? "" : "s")), .. Part((long)time.TotalHours, "h"), .. Part(time.Minutes, "min"), .. Part(time.Seconds, "s")];
        return string.Join(" ", parts);
    }

    private static IEnumerable<string> Part(long count, string unit)
    {
        if (count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
    }

    private static string Iso(Match match)
    {
        var time = Part("h") + Part("m") + Part("s");
        return $"P{Part("d")}{(time.Length > 0 ? "T" : "")}{time}";

        string Part(string name) => match.Groups[name] is { Success: true } group ? group.Value + name.ToUpperInvariant() : "";
    }

    [GeneratedRegex(
        @"^(?=.*[0-9])(?:(?<d>[0-9]+)\s*(?<business>(business|working)\s*)?(d|days?)|(?<d>[0-9]+)\s*(?<business>workdays?))?\s*(?:(?<h>[0-9]+)\s*(?<business>business\s*)?(h|hours?))?\s*(?:(?<m>[0-9]+)\s*(m|min|minutes?))?\s*(?:(?<s>[0-9]+)\s*(s|sec|seconds?))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(-|−|[^1-9]*0[^1-9]*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();
}
