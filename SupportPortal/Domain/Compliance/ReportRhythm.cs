using NodaTime;

namespace SupportPortal.Domain.Compliance;

/// <summary>When a report that comes by itself is due, and about what: the day, week or month that has just ended where its days are.</summary>
/// <param name="Every">A day, a week from Monday, or a calendar month.</param>
/// <param name="Hour">The hour of the first day after it, 0 to 23, at which the report is made.</param>
/// <param name="Zone">Where its days begin and end.</param>
public sealed record ReportRhythm(PeriodUnit Every, int Hour, DateTimeZone Zone)
{
    /// <summary>The first instant after another at which it is due. Where a clock change skips the hour, as soon as the clocks show a later one.</summary>
    public Instant Next(Instant after)
    {
        var first = FirstOf(after.InZone(Zone).Date);
        var due = At(first);
        return due > after ? due : At(Following(first));
    }

    /// <summary>The whole day, week or month before the one that an instant lies in.</summary>
    public CompliancePeriod Before(Instant at)
    {
        var end = FirstOf(at.InZone(Zone).Date);
        var start = Every switch { PeriodUnit.Month => end.PlusMonths(-1), PeriodUnit.Week => end.PlusWeeks(-1), _ => end.PlusDays(-1) };
        return CompliancePeriod.Of(start, end.PlusDays(-1), Zone);
    }

    private LocalDate FirstOf(LocalDate date) => Every switch
    {
        PeriodUnit.Month => new LocalDate(date.Year, date.Month, 1),
        PeriodUnit.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        _ => date,
    };

    private LocalDate Following(LocalDate first) => Every switch { PeriodUnit.Month => first.PlusMonths(1), PeriodUnit.Week => first.PlusWeeks(1), _ => first.PlusDays(1) };

    private Instant At(LocalDate date) => Zone.AtLeniently(date.At(new LocalTime(Hour, 0))).ToInstant();
}
