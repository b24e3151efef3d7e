using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace SupportPortal.Domain.Calendars;

/// <summary>
/// One window of a day, in wall-clock minutes since the midnight that begins the date on which it opens. It closes after minute 1440
/// when it runs over midnight, and always belongs to the date on which it opens (support commitment, rule 10).
/// </summary>
internal readonly record struct OpeningWindow(int OpensAt, int ClosesAt)
{
    public const int Day = 24 * 60;

    // A wall time that does not exist is the gap's end plus what it was into the gap; one that exists twice opens early and closes late.
    private static readonly ZoneLocalMappingResolver Opening =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    private static readonly ZoneLocalMappingResolver Closing =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    public int Length => ClosesAt - OpensAt;

    /// <summary>Reads <c>09:00-17:00</c>; otherwise <paramref name="problem"/> tells the person what is wrong with it.</summary>
    public static bool TryParse(string? text, out OpeningWindow window, out string problem)
    {
        window = default;
        problem = "";
        if (text is null || text.Length != 11 || text[5] != '-' || MinuteOf(text[..5]) is not { } opens || MinuteOf(text[6..]) is not { } closes || opens == Day)
            problem = $"\"{text}\" is not a window such as 09:00-17:00: write both times as HH:mm, from 00:00 to 24:00.";
        else if (opens == closes)
            problem = $"\"{text}\" is an empty window; a whole day is 00:00-24:00.";
        else
            window = new OpeningWindow(opens, closes < opens ? closes + Day : closes);
        return problem.Length == 0;
    }

    /// <summary>The real time during which this window is open when it opens on <paramref name="date"/>; empty where a gap inverts it.</summary>
    public Interval On(LocalDate date, DateTimeZone zone)
    {
        var midnight = date.AtMidnight();
        var start = midnight.PlusMinutes(OpensAt).InZone(zone, Opening).ToInstant();
        var end = midnight.PlusMinutes(ClosesAt).InZone(zone, Closing).ToInstant();
        return new Interval(start, Instant.Max(start, end));
    }

    private static int? MinuteOf(string time)
    {
        if (time[2] != ':' || !TwoDigits(time[..2], out var hour) || !TwoDigits(time[3..], out var minute) || minute > 59) return null;
        var minutes = (hour * 60) + minute;
        return minutes <= Day ? minutes : null;
    }

    private static bool TwoDigits(string digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
