using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>
/// Business time told a second time, slowly and from the rules alone: it walks the days, reads wall times off the zone's own intervals
/// and keeps nothing. What <see cref="BusinessCalendar"/> is compared with.
/// </summary>
internal sealed class NaiveCalendar(CalendarSpec spec)
{
    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[spec.TimeZone];

    public Duration Between(Instant from, Instant to)
    {
        var open = Duration.Zero;
        var counted = from;
        foreach (var (opens, closes) in Pieces(from, to - from, Windows))
        {
            var start = Instant.Max(opens, counted);
            var end = Instant.Min(closes, to);
            if (end <= start) continue;
            open += end - start;
            counted = end;
        }

        return open;
    }

    /// <summary>Null when <paramref name="openTime"/> is not used up within <paramref name="horizon"/>.</summary>
    public Instant? Add(Instant start, Duration openTime, Duration horizon)
    {
        var counted = start;
        foreach (var (opens, closes) in Pieces(start, horizon, Windows))
        {
            var from = Instant.Max(opens, counted);
            if (closes <= from) continue;
            if (from + openTime <= closes) return from + openTime;
            openTime -= closes - from;
            counted = closes;
        }

        return null;
    }

    public CalendarStretchKind KindAt(Instant instant)
    {
        if (Pieces(instant, Duration.Zero, Windows).Any(Covers)) return CalendarStretchKind.Open;
        return Pieces(instant, Duration.Zero, date => Holiday(date) is null ? [] : Weekly(date)).Any(Covers) ? CalendarStretchKind.Holiday : CalendarStretchKind.OutsideHours;

        bool Covers((Instant Opens, Instant Closes) piece) => piece.Opens <= instant && instant < piece.Closes;
    }

    private IEnumerable<(Instant Opens, Instant Closes)> Pieces(Instant from, Duration length, Func<LocalDate, IEnumerable<string>> windows)
    {
        var first = from.InZone(zone).Date.PlusDays(-3);
        var pieces = from day in Enumerable.Range(0, (int)length.TotalDays + 8)
                     let date = first.PlusDays(day)
                     from window in windows(date)
                     let opens = Wall(date, window[..5])
                     let closes = Wall(string.CompareOrdinal(window[6..], window[..5]) < 0 ? date.PlusDays(1) : date, window[6..])
                     select (Opens: Read(opens).First(), Closes: Read(closes).Last());
        return pieces.OrderBy(piece => piece.Opens);
    }

    private IEnumerable<string> Windows(LocalDate date) => Holiday(date) is { } holiday ? holiday.Hours ?? [] : Weekly(date);

    private string[] Weekly(LocalDate date) => spec.Hours.GetValueOrDefault(SomeCalendar.Weekdays[(int)date.DayOfWeek - 1]) ?? [];

    private HolidaySpec? Holiday(LocalDate date) => Array.Find(spec.Holidays, holiday => holiday.Date == LocalDatePattern.Iso.Format(date));

    private static LocalDateTime Wall(LocalDate date, string time) =>
        time == "24:00" ? date.PlusDays(1).AtMidnight() : date + LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;

    /// <summary>Every instant at which the wall clocks show this time, in order; in a gap, its end plus what it was into the gap.</summary>
    private List<Instant> Read(LocalDateTime wall)
    {
        var around = Instant.FromUtc(wall.Year, wall.Month, wall.Day, wall.Hour, wall.Minute);
        var intervals = zone.GetZoneIntervals(around - Duration.FromDays(2), around + Duration.FromDays(2)).ToList();
        var shown = intervals.Select(interval => (interval, Instant: around - Duration.FromSeconds(interval.WallOffset.Seconds)))
            .Where(reading => reading.interval.Contains(reading.Instant)).Select(reading => reading.Instant).Order().ToList();
        if (shown.Count > 0) return shown;

        var before = intervals.Last(interval => interval.HasEnd && interval.IsoLocalEnd <= wall);
        return [before.End + (wall - before.IsoLocalEnd).ToDuration()];
    }
}
