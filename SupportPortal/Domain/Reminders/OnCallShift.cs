using NodaTime;

namespace SupportPortal.Domain.Reminders;

/// <summary>A judged shift: where it lies in the week, and whose turn it is.</summary>
/// <param name="From">Wall-clock minutes since the Monday midnight that begins the week.</param>
/// <param name="Length">Wall-clock minutes, at most a week.</param>
/// <param name="People">Who take turns; at least one.</param>
/// <param name="Since">From when turns are counted.</param>
internal sealed record OnCallShift(int From, int Length, IReadOnlyList<string> People, LocalDate Since)
{
    public const int Day = 24 * 60;
    public const int Week = 7 * Day;

    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public int Until => From + Length;

    private IsoDayOfWeek Weekday => (IsoDayOfWeek)(From / Day + 1);

    /// <summary>The local moment at which it begins on a date of its weekday; null on other dates.</summary>
    public LocalDateTime? BeginsOn(LocalDate date) => date.DayOfWeek == Weekday ? date.AtMidnight().PlusMinutes(From % Day) : null;

    /// <summary>Whose turn the shift is that begins on a date.</summary>
    public string PersonOn(LocalDate date)
    {
        var first = Since.DayOfWeek == Weekday ? Since : Since.Next(Weekday);
        var turn = Period.DaysBetween(first, date) / 7 % People.Count; // Both lie on its weekday.
        return People[turn < 0 ? turn + People.Count : turn];
    }

    /// <summary>"Fri 17:00".</summary>
    public static string Moment(int minute) => $"{Days[minute % Week / Day]} {minute % Day / 60:00}:{minute % 60:00}";

    /// <summary>"Fri 17:00 to Mon 09:00".</summary>
    public override string ToString() => $"{Moment(From)} to {Moment(Until)}";
}

/// <summary>A judged override, in wall-clock time and in the instants that it covers; none where a clock change swallows it.</summary>
internal sealed record OnCallOverride(LocalDateTime From, LocalDateTime Until, Instant Begins, Instant Ends, string Person)
{
    public bool Covers(Instant at) => Begins <= at && at < Ends;
}
