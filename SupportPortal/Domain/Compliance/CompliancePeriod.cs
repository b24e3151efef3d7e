using NodaTime;

namespace SupportPortal.Domain.Compliance;

/// <summary>One part of a trend: the instants from its start to, but not with, its end.</summary>
/// <param name="First">The first date of the whole day, week or month, though the period asked for may begin within it.</param>
/// <param name="Start">Its first instant that is asked for.</param>
/// <param name="End">The first instant after it.</param>
public readonly record struct PeriodPart(LocalDate First, Instant Start, Instant End);

/// <summary>A period of a report: all instants from a start to, but not with, an end, as one time zone counts days.</summary>
/// <param name="Start">Its first instant.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="Zone">Where its days begin and end. A month of a clock change is an hour shorter or longer.</param>
public sealed record CompliancePeriod(Instant Start, Instant End, DateTimeZone Zone)
{
    /// <summary>The longest there is: a trend by day stays a few thousand parts.</summary>
    public const int MostYears = 20;

    /// <summary>The days from one date to another, both with them.</summary>
    public static CompliancePeriod Of(LocalDate from, LocalDate to, DateTimeZone zone) => new(StartOf(from, zone), StartOf(to.PlusDays(1), zone), zone);

    /// <summary>Its first date.</summary>
    public LocalDate FirstDate => Start.InZone(Zone).Date;

    /// <summary>Its last date.</summary>
    public LocalDate LastDate => (End - Duration.Epsilon).InZone(Zone).Date;

    /// <summary>Whether an instant lies in it.</summary>
    public bool Contains(Instant at) => Start <= at && at < End;

    /// <summary>The days, weeks or months that it touches, in order and without a gap; the first and the last are cut to it.</summary>
    public IReadOnlyList<PeriodPart> Parts(PeriodUnit unit)
    {
        var parts = new List<PeriodPart>();
        for (var first = Beginning(FirstDate, unit); ; first = Next(first, unit))
        {
            var (start, end) = (StartOf(first, Zone), StartOf(Next(first, unit), Zone));
            if (start >= End) return parts;
            if (end > Start && start < end) parts.Add(new PeriodPart(first, Instant.Max(start, Start), Instant.Min(end, End)));
        }
    }

    // Where a clock change skips midnight, a day begins after it; a day that a zone left out altogether is empty.
    private static Instant StartOf(LocalDate date, DateTimeZone zone)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }

    private static LocalDate Beginning(LocalDate date, PeriodUnit unit) => unit switch
    {
        PeriodUnit.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        PeriodUnit.Month => new LocalDate(date.Year, date.Month, 1),
        _ => date,
    };

    private static LocalDate Next(LocalDate first, PeriodUnit unit) => unit switch
    {
        PeriodUnit.Week => first.PlusWeeks(1),
        PeriodUnit.Month => first.PlusMonths(1),
        _ => first.PlusDays(1),
    };
}
