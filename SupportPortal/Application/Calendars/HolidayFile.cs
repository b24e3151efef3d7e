using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using SupportPortal.Domain;
using Calendar = Ical.Net.Calendar;
using Period = NodaTime.Period;

namespace SupportPortal.Application.Calendars;

/// <summary>A day that a file of holidays names.</summary>
public sealed record NamedDay(LocalDate Date, string Name);

/// <summary>What a file of holidays says.</summary>
/// <param name="Days">The days, in order, none twice.</param>
/// <param name="Timed">How many events were left out because they do not last whole days.</param>
/// <param name="Outside">How many whole-day events have no day within the years asked for.</param>
public sealed record HolidayList(IReadOnlyList<NamedDay> Days, int Timed, int Outside);

/// <summary>
/// Reads holidays from an iCalendar file (RFC 5545): whole-day events, several days long or repeated yearly. What repeats without an end
/// is followed for the years asked for. A file that means something else is refused as a whole, naming the event.
/// </summary>
public static class HolidayFile
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>How many events a file may have.</summary>
    public const int MostEvents = 2000;

    private const string Unfollowed = "repeats in a way that cannot be followed.";
    private const string NoCalendar = "This is not an iCalendar file that can be read.";
    private const string Begin = "BEGIN:";
    private const int MostParts = 60;
    private const int MostDays = 4000;
    private const int LongestEvent = 366;
    private const int FirstYear = 1900;
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 500 };

    /// <summary>The days from <paramref name="from"/> to the end of the last of so many calendar years, the first being that of <paramref name="from"/>.</summary>
    public static (HolidayList? Holidays, Refusal? Refused) Read(byte[] file, LocalDate from, int years)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length > MostBytes) return Refused($"This file is larger than {MostBytes / 1024:N0} KiB.");
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
            if (!text.TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) return Refused(NoCalendar);
            if (Count(text, "BEGIN:VEVENT") > MostEvents) return Refused($"This file has more than {MostEvents:N0} events: that is no list of holidays.");
            if (Count(text, Begin) > MostEvents * 3) return Refused(NoCalendar); // Parts within parts.
            if (Count(text, "RECURRENCE-ID") > 0) return Refused("This file moves or leaves out single days of an event that repeats, which cannot be followed.");
            return Calendar.Load(text) is { } calendar ? Read(calendar, from, new LocalDate(from.Year + years - 1, 12, 31)) : Refused(NoCalendar);
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            // Whatever the library trips over, from a bad date to a zone that nobody knows, is a fault of the file.
            return Refused($"{NoCalendar} {unreadable.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static (HolidayList?, Refusal?) Read(Calendar calendar, LocalDate from, LocalDate to)
    {
        var (days, timed, outside) = (new SortedDictionary<LocalDate, string>(), 0, 0);
        foreach (var happening in calendar.Events.Where(e => !string.Equals(e.Status, EventStatus.Cancelled, StringComparison.OrdinalIgnoreCase)))
        {
            if (happening.DtStart is not { } start) return Refused($"{Named(happening)} has no date.");
            if (start.HasTime)
            {
                timed++;
                continue;
            }

            if (Fault(happening) is { } fault) return Refused($"{Named(happening)} {fault}");
            var some = Days(happening, from, to).ToList();
            if (some.Count == 0) outside++;
            foreach (var day in some) days.TryAdd(day, happening.Summary?.Trim() ?? "");
            if (days.Count > MostDays) return Refused($"This file has more than {MostDays:N0} days in these years: that is no list of holidays.");
        }

        return (new([.. days.Select(day => new NamedDay(day.Key, day.Value))], timed, outside), null);
    }

    private static string? Fault(CalendarEvent happening)
    {
        if (happening.DtStart!.Year < FirstYear) return $"begins before {FirstYear}.";
        if (happening.DtEnd < happening.DtStart) return "ends before it begins.";
        if (happening.Properties.Count(property => property.Name is "RRULE" or "EXRULE") > 1) return Unfollowed;
        if (happening.RecurrenceRule is not { } rule) return null;
        if (rule.Frequency != FrequencyType.Yearly) return $"repeats {rule.Frequency.ToString().ToLowerInvariant()}. Holidays repeat yearly.";
        if (rule.Interval > 100) return "repeats too seldom.";
        int[] parts = [rule.ByDay.Count, rule.ByMonth.Count, rule.ByMonthDay.Count, rule.ByYearDay.Count, rule.ByWeekNo.Count, rule.BySetPosition.Count];
        return rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0 || parts.Sum() > MostParts ? Unfollowed : null;
    }

    /// <summary>An occurrence that began in the year before may reach into the first day.</summary>
    private static IEnumerable<LocalDate> Days(CalendarEvent happening, LocalDate from, LocalDate to)
    {
        var first = from.PlusDays(-LongestEvent);
        foreach (var occurrence in happening.GetOccurrences(new CalDateTime(first.Year, first.Month, first.Day), Bounded))
        {
            var begin = Date(occurrence.Period.StartTime);
            if (begin > to) yield break;
            var end = occurrence.Period.EffectiveEndTime is { } over ? Date(over) : begin; // The day after the last one.
            var length = Math.Max(1, Period.Between(begin, end, PeriodUnits.Days).Days);
            if (length > LongestEvent) throw new FormatException($"{Named(happening)} is longer than a year.");
            for (var day = 0; day < length; day++)
            {
                if (begin.PlusDays(day) is var date && date >= from && date <= to) yield return date;
            }
        }
    }

    private static LocalDate Date(CalDateTime date) => new(date.Year, date.Month, date.Day);

    private static string Named(CalendarEvent happening) => string.IsNullOrWhiteSpace(happening.Summary)
        ? "An event without a name"
        : string.Create(CultureInfo.InvariantCulture, $"“{happening.Summary.Trim()[..Math.Min(happening.Summary.Trim().Length, 60)]}”");

    private static int Count(string text, string part)
    {
        var (count, at) = (0, 0);
        while ((at = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase)) >= 0) (count, at) = (count + 1, at + part.Length);
        return count;
    }

    private static (HolidayList?, Refusal?) Refused(string message) => (null, new Refusal("file", message));
}
