using NodaTime;
using SupportPortal.Application.Calendars;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Web.Sla.Calendars;

/// <summary>A calendar as it stands in the form: hours as a person writes them, several windows with commas between.</summary>
public sealed class CalendarDraft
{
    /// <summary>The days of the week as a calendar names them, Monday first.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public string Name { get; set; } = "";

    public string TimeZone { get; set; } = "";

    /// <summary>ISO 8601; empty: the longest day's.</summary>
    public string WorkdayLength { get; set; } = "";

    /// <summary>What is written for each day, Monday first.</summary>
    public string[] Hours { get; } = new string[7];

    public required List<HolidayDraft> Holidays { get; init; }

    /// <summary>A calendar as a form shows it.</summary>
    public static CalendarDraft Of(CalendarSpec spec)
    {
        var draft = new CalendarDraft
        {
            Name = spec.Name,
            TimeZone = spec.TimeZone,
            WorkdayLength = spec.WorkdayLength ?? "",
            Holidays = [.. spec.Holidays.OrderBy(holiday => holiday.Date, StringComparer.Ordinal).Select(holiday => new HolidayDraft { Date = holiday.Date, Hours = string.Join(", ", holiday.Hours ?? []) })],
        };
        for (var day = 0; day < draft.Hours.Length; day++) draft.Hours[day] = string.Join(", ", spec.Hours.GetValueOrDefault(Weekdays[day]) ?? []);
        return draft;
    }

    /// <summary>The calendar that the form says; the domain judges it.</summary>
    public CalendarSpec ToSpec() => new()
    {
        Name = Name.Trim(),
        TimeZone = TimeZone.Trim(),
        WorkdayLength = string.IsNullOrWhiteSpace(WorkdayLength) ? null : WorkdayLength.Trim().ToUpperInvariant(),
        Hours = Weekdays.Select((day, i) => (day, Windows: Windows(Hours[i]))).Where(day => day.Windows.Length > 0).ToDictionary(day => day.day, day => day.Windows),
        Holidays = [.. Holidays.Select(holiday => new HolidaySpec { Date = holiday.Date.Trim(), Hours = Windows(holiday.Hours) is { Length: > 0 } open ? open : null })],
    };

    /// <summary>A refusal at the field of the form: a day's windows share one.</summary>
    public static Refusal Placed(Refusal refusal)
    {
        var field = refusal.Field;
        if (field.StartsWith("hours.", StringComparison.Ordinal) && field.IndexOf('[', StringComparison.Ordinal) is > 0 and var at) return refusal with { Field = field[..at] };
        return field.StartsWith("holidays[", StringComparison.Ordinal) && field.LastIndexOf('[') is var last && last > "holidays".Length ? refusal with { Field = field[..last] } : refusal;
    }

    /// <summary>Adds the days that are not listed yet; answers how many.</summary>
    public int Add(IEnumerable<NamedDay> days)
    {
        var known = Holidays.Select(holiday => holiday.Date).ToHashSet();
        var added = days.Select(day => Iso(day.Date)).Where(known.Add).Select(date => new HolidayDraft { Date = date }).ToList();
        Holidays.AddRange(added);
        Holidays.Sort((a, b) => string.CompareOrdinal(a.Date, b.Date));
        return added.Count;
    }

    /// <summary><c>2026-12-25</c>.</summary>
    public static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);

    private static string[] Windows(string? text) => (text ?? "").Replace('–', '-').Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(window => window.Replace(" ", "", StringComparison.Ordinal)).ToArray();
}

/// <summary>A holiday in the form.</summary>
public sealed class HolidayDraft
{
    public string Date { get; set; } = "";

    /// <summary>What is open all the same; empty: closed.</summary>
    public string Hours { get; set; } = "";
}
