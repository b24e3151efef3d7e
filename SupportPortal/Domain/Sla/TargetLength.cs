using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace SupportPortal.Domain.Sla;

/// <summary>
/// How long a target is: whole days and a time. On a business calendar a day is its workday and the time is open time;
/// round the clock a day is 24 hours.
/// </summary>
/// <param name="Days">Whole days, 0 or more.</param>
/// <param name="Time">Time beside the days, 0 or more.</param>
public sealed partial record TargetLength(int Days, Duration Time)
{
    /// <summary>So many hours.</summary>
    public static TargetLength Hours(int hours) => new(0, Duration.FromHours(hours));

    /// <summary>So many minutes.</summary>
    public static TargetLength Minutes(int minutes) => new(0, Duration.FromMinutes(minutes));

    /// <summary>So many days: workdays on a calendar.</summary>
    public static TargetLength Workdays(int days) => new(days, Duration.Zero);

    /// <summary>The length in time that counts, with days of <paramref name="day"/> each.</summary>
    public Duration In(Duration day) => Days == 0 ? Time : day * Days + Time;

    /// <summary>
    /// Reads ISO 8601 (<c>PT6H</c>, <c>P1D</c>, <c>P1DT4H</c>) up to ten years. Weeks, months and years have no fixed length
    /// here and are refused, as is anything not longer than zero.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TargetLength? length)
    {
        length = null;
        if (Iso().Match(text ?? "") is not { Success: true } match) return false;
        length = new TargetLength(
            (int)Part("d"),
            Duration.FromHours((long)Part("h")) + Duration.FromMinutes((long)Part("m")) + Duration.FromTicks((long)(Part("s") * 10_000_000m)));
        if (length.In(Duration.FromDays(1)) is var all && all > Duration.Zero && all <= Duration.FromDays(3653)) return true;
        length = null;
        return false;

        decimal Part(string name) => match.Groups[name] is { Success: true } group ? decimal.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>ISO 8601, as <see cref="TryParse"/> reads it.</summary>
    public override string ToString()
    {
        var days = Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Days}D") : "";
        if (Time == Duration.Zero) return Days > 0 ? $"P{days}" : "PT0S";
        var (hours, seconds) = ((long)Time.TotalHours, Time.Seconds + Time.SubsecondTicks / 10_000_000m);
        return string.Create(CultureInfo.InvariantCulture,
            $"P{days}T{(hours > 0 ? $"{hours}H" : "")}{(Time.Minutes > 0 ? $"{Time.Minutes}M" : "")}{(seconds > 0 ? $"{seconds:0.#######}S" : "")}");
    }

    [GeneratedRegex(@"^P(?=.)(?:(?<d>[0-9]{1,4})D)?(?:T(?=.)(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,7})M)?(?:(?<s>[0-9]{1,8}(?:\.[0-9]{1,6})?)S)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
