using NodaTime;

namespace SupportPortal.Domain.Calendars;

/// <summary>
/// One UTC year of a calendar, indexed for search: its open intervals, merged, in order, cut at the year's borders, each with the open
/// time of the year before it. A piece cut at a border goes on in the next year.
/// </summary>
internal sealed class CalendarYear
{
    // A window opened up to two days earlier, a zone lies up to a day from UTC, and a zone once skipped a whole day.
    private const int DaysAround = 4;

    private readonly Instant start;
    private readonly Instant end;
    private readonly Instant[] opens;
    private readonly Instant[] closes;
    private readonly Duration[] openBefore;
    private readonly List<Interval> takenByHolidays;

    public CalendarYear(OpeningHours hours, int year)
    {
        start = Instant.FromUtc(year, 1, 1, 0, 0);
        end = Instant.FromUtc(year + 1, 1, 1, 0, 0);
        var first = new LocalDate(year, 1, 1).PlusDays(-DaysAround);
        var last = new LocalDate(year, 12, 31).PlusDays(DaysAround);
        var open = Merged(hours.OpenOn(first, last));
        takenByHolidays = Merged(hours.TakenByHolidays(first, last));

        opens = new Instant[open.Count];
        closes = new Instant[open.Count];
        openBefore = new Duration[open.Count];
        for (var i = 0; i < open.Count; i++)
        {
            opens[i] = open[i].Start;
            closes[i] = open[i].End;
            openBefore[i] = OpenTime;
            OpenTime += open[i].Duration;
        }
    }

    /// <summary>The open time of the whole year.</summary>
    public Duration OpenTime { get; }

    /// <summary>What the calendar is during the year's part from <paramref name="from"/> up to <paramref name="to"/>, in order and without a gap.</summary>
    public IEnumerable<CalendarStretch> Stretches(Instant from, Instant to)
    {
        var at = Instant.Max(from, start);
        to = Instant.Min(to, end);
        if (to <= at) yield break;
        for (var i = Math.Max(0, LastOpeningUpTo(at)); i < opens.Length && opens[i] < to; i++)
        {
            if (closes[i] <= at) continue;
            foreach (var stretch in Closed(at, opens[i])) yield return stretch;
            var openUntil = Instant.Min(closes[i], to);
            yield return new CalendarStretch(CalendarStretchKind.Open, Instant.Max(opens[i], at), openUntil);
            at = openUntil;
        }

        foreach (var stretch in Closed(at, to)) yield return stretch;
    }

    /// <summary>The open time from the year's start until <paramref name="instant"/>, which lies in the year.</summary>
    public Duration OpenUntil(Instant instant)
    {
        var i = LastOpeningUpTo(instant);
        return i < 0 ? Duration.Zero : openBefore[i] + (Instant.Min(instant, closes[i]) - opens[i]);
    }

    /// <summary>The earliest instant at which the year has been open for <paramref name="openTime"/>: positive and no more than the year has.</summary>
    public Instant WhenOpenFor(Duration openTime)
    {
        // An interval's end uses up what the next one begins with, so an exact hit means the one before.
        var found = Array.BinarySearch(openBefore, openTime);
        var i = (found < 0 ? ~found : found) - 1;
        return opens[i] + (openTime - openBefore[i]);
    }

    private IEnumerable<CalendarStretch> Closed(Instant from, Instant to)
    {
        if (to <= from) yield break;
        var at = from;
        foreach (var taken in takenByHolidays.Where(taken => taken.End > from && taken.Start < to))
        {
            if (taken.Start > at) yield return new CalendarStretch(CalendarStretchKind.OutsideHours, at, taken.Start);
            var takenUntil = Instant.Min(taken.End, to);
            yield return new CalendarStretch(CalendarStretchKind.Holiday, Instant.Max(taken.Start, at), takenUntil);
            at = takenUntil;
        }

        if (at < to) yield return new CalendarStretch(CalendarStretchKind.OutsideHours, at, to);
    }

    private int LastOpeningUpTo(Instant instant)
    {
        var found = Array.BinarySearch(opens, instant);
        return found < 0 ? ~found - 1 : found;
    }

    private List<Interval> Merged(IEnumerable<Interval> intervals)
    {
        var merged = new List<Interval>();
        foreach (var interval in intervals.OrderBy(interval => interval.Start))
        {
            var from = Instant.Max(interval.Start, start);
            var to = Instant.Min(interval.End, end);
            if (to <= from) continue;
            if (merged.Count > 0 && from <= merged[^1].End)
                merged[^1] = new Interval(merged[^1].Start, Instant.Max(merged[^1].End, to));
            else
                merged.Add(new Interval(from, to));
        }

        return merged;
    }
}
