using NodaTime;

namespace SupportPortal.Domain.Calendars;

/// <summary>
/// Business time: real time that passes while this calendar is open (support commitment, section 3, rules 6 and 10). Immutable and safe
/// to share between threads; the years it was asked about are indexed once and kept.
/// </summary>
public sealed class BusinessCalendar
{
    /// <summary>The first UTC year a calendar can speak about.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last UTC year a calendar can speak about.</summary>
    public const int LastYear = 2199;

    private readonly OpeningHours hours;
    private readonly CalendarYear?[] years = new CalendarYear?[LastYear - FirstYear + 1];

    private BusinessCalendar(CalendarSpec spec, OpeningHours hours, Duration workdayLength)
    {
        Spec = spec;
        this.hours = hours;
        WorkdayLength = workdayLength;
    }

    /// <summary>The default calendar, <i>Business</i>: Monday to Friday, 09:00 to 17:00 UTC.</summary>
    public static CalendarSpec BusinessDefault => new()
    {
        Name = "Business",
        TimeZone = "UTC",
        Hours = new()
        {
            ["monday"] = ["09:00-17:00"],
            ["tuesday"] = ["09:00-17:00"],
            ["wednesday"] = ["09:00-17:00"],
            ["thursday"] = ["09:00-17:00"],
            ["friday"] = ["09:00-17:00"],
        },
    };

    /// <summary>The first instant a calendar can speak about.</summary>
    public static Instant Earliest { get; } = Instant.FromUtc(FirstYear, 1, 1, 0, 0);

    /// <summary>The instant before which everything a calendar is asked about lies.</summary>
    public static Instant Latest { get; } = Instant.FromUtc(LastYear + 1, 1, 1, 0, 0);

    /// <summary>The data it was made from.</summary>
    public CalendarSpec Spec { get; }

    /// <summary>What targets call it.</summary>
    public string Name => Spec.Name;

    /// <summary>The open time that <i>1 business day</i> is.</summary>
    public Duration WorkdayLength { get; }

    /// <summary>The zone in which its hours are read.</summary>
    public DateTimeZone Zone => hours.Zone;

    /// <summary>Makes a calendar, or says everything that is wrong with the data: exactly one of the two, each refusal with the path of its field.</summary>
    public static (BusinessCalendar? Calendar, IReadOnlyList<Refusal> Refusals) Create(CalendarSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var reader = new CalendarSpecReader(spec);
        var (hours, workdayLength) = reader.Read();
        return reader.Refusals.Count > 0 ? (null, reader.Refusals) : (new BusinessCalendar(spec, hours, workdayLength), []);
    }

    /// <summary>The earliest instant, <paramref name="start"/> or later, by which the calendar has been open for <paramref name="openTime"/>: a closing, not the next opening.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer, or <paramref name="start"/>, lies outside the years a calendar can speak about.</exception>
    public Instant Add(Instant start, Duration openTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(openTime, Duration.Zero);
        var number = YearOf(start, nameof(start));
        if (openTime == Duration.Zero) return start;

        var year = Year(number);
        var needed = year.OpenUntil(start) + openTime;
        while (needed > year.OpenTime)
        {
            needed -= year.OpenTime;
            if (++number > LastYear)
                throw new ArgumentOutOfRangeException(nameof(openTime), openTime, $"The calendar \"{Name}\" is not open for that long between {start} and the end of {LastYear}.");
            year = Year(number);
        }

        return year.WhenOpenFor(needed);
    }

    /// <summary>The open time from <paramref name="from"/> up to <paramref name="to"/>; zero when <paramref name="to"/> is not later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end lies outside the years a calendar can speak about.</exception>
    public Duration Between(Instant from, Instant to)
    {
        var first = YearOf(from, nameof(from));
        var last = YearOf(to, nameof(to));
        if (to <= from) return Duration.Zero;

        var open = Year(last).OpenUntil(to) - Year(first).OpenUntil(from);
        for (var number = first; number < last; number++) open += Year(number).OpenTime;
        return open;
    }

    /// <summary>
    /// What the calendar is from <paramref name="from"/> up to <paramref name="to"/>: stretches without a gap between them, no two alike
    /// in a row. A holiday is the time it took away, so one that falls on a closed day makes no stretch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An end lies outside the years a calendar can speak about.</exception>
    public IEnumerable<CalendarStretch> Stretches(Instant from, Instant to)
    {
        var first = YearOf(from, nameof(from));
        var last = YearOf(to, nameof(to));
        return Joined(Enumerable.Range(first, Math.Max(0, last - first + 1)).SelectMany(number => Year(number).Stretches(from, to)));
    }

    private static IEnumerable<CalendarStretch> Joined(IEnumerable<CalendarStretch> stretches)
    {
        CalendarStretch? open = null;
        foreach (var next in stretches)
        {
            if (open is not null && open.Kind != next.Kind) yield return open;
            open = open is null || open.Kind != next.Kind ? next : open with { End = next.End };
        }

        if (open is not null) yield return open;
    }

    private static int YearOf(Instant instant, string argument) =>
        instant >= Earliest && instant < Latest
            ? instant.InUtc().Year
            : throw new ArgumentOutOfRangeException(argument, instant, $"A calendar speaks about the years {FirstYear} to {LastYear} (UTC).");

    private CalendarYear Year(int number)
    {
        ref var slot = ref years[number - FirstYear];
        if (Volatile.Read(ref slot) is { } indexed) return indexed;

        // Two threads may index a year at once; both come to the same, and either is kept.
        var year = new CalendarYear(hours, number);
        Volatile.Write(ref slot, year);
        return year;
    }
}
