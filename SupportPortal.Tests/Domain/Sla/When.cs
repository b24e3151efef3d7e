using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>
/// The times of the examples: <c>Mon 10:00</c> in a week that begins on 2026-01-05, <c>Mon+1 10:00</c> a week later, or a date,
/// <c>2026-03-29 00:30</c>. Without a day it is the day of the time before. Wall-clock in one zone.
/// </summary>
internal sealed class When(string zone)
{
    private static readonly LocalDate FirstMonday = new(2026, 1, 5);
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.FFFFFF");
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zone];
    private LocalDate _day = FirstMonday;

    /// <summary>Reads a time off the front of the words.</summary>
    public Instant Take(Queue<string> words)
    {
        if (DayOf(words.Peek()) is { } day)
        {
            _day = day;
            words.Dequeue();
        }

        var word = words.Dequeue();
        var time = Time.Parse(word.Count(c => c == ':') == 1 ? word + ":00" : word).Value;
        return (_day + time).InZoneStrictly(_zone).ToInstant();
    }

    public Instant Read(string text) => Take(new(text.Split(' ')));

    /// <summary>The shortest text that <see cref="Take"/> reads back, after <paramref name="before"/>.</summary>
    public string Text(Instant instant, Instant? before)
    {
        var local = instant.InZone(_zone).LocalDateTime;
        var time = Time.Format(local.TimeOfDay);
        var words = time.EndsWith(":00", StringComparison.Ordinal) ? time[..5] : time;
        return before?.InZone(_zone).Date == local.Date ? words : $"{DayText(local.Date)} {words}";
    }

    private static LocalDate? DayOf(string word)
    {
        if (LocalDatePattern.Iso.Parse(word).TryGetValue(default, out var date)) return date;
        var parts = word.Split('+');
        var day = Array.IndexOf(Days, parts[0]);
        if (day < 0) return null;
        return FirstMonday.PlusDays(day + (parts.Length > 1 ? 7 * int.Parse(parts[1], CultureInfo.InvariantCulture) : 0));
    }

    private static string DayText(LocalDate date)
    {
        var days = Period.DaysBetween(FirstMonday, date);
        return days switch
        {
            < 0 or >= 70 => LocalDatePattern.Iso.Format(date),
            < 7 => Days[days],
            _ => string.Create(CultureInfo.InvariantCulture, $"{Days[days % 7]}+{days / 7}"),
        };
    }
}
