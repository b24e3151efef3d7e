using System.Text.Json;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>Random calendars: several windows a day, overnight ones, holidays with and without hours; and a moment, often near a clock change.</summary>
internal static class AnyCalendar
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;

    private static readonly Gen<string> Zone = Gen.OneOf(
        "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Europe/Berlin", "Europe/Dublin", "Africa/Casablanca", "Asia/Kolkata",
        "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Antarctica/Troll", "UTC");

    // The edges of DST changes are where the mistakes are, so half of the moments lie within days of one.
    private static readonly Gen<(string Zone, Instant Moment)> Place =
        from zone in Zone
        from instant in Gen.Long[Instant.FromUtc(1996, 1, 1, 0, 0).ToUnixTimeSeconds(), Instant.FromUtc(2035, 1, 1, 0, 0).ToUnixTimeSeconds()]
        from near in Gen.Bool
        from minutes in Gen.Int[-5 * Day, 2 * Day]
        from fraction in Gen.Int[0, 999_999]
        let interval = DateTimeZoneProviders.Tzdb[zone].GetZoneInterval(Instant.FromUnixTimeSeconds(instant))
        let moment = near && interval.HasEnd && interval.End < Instant.FromUtc(2040, 1, 1, 0, 0) && interval.End > Instant.FromUtc(1990, 1, 1, 0, 0)
            ? interval.End + Duration.FromMinutes(minutes)
            : Instant.FromUnixTimeSeconds(instant)
        select (zone, moment + Duration.FromTicks(fraction * 10L));

    private static readonly Gen<string> Minute = Gen.Int[0, (Day / 15) - 1].Select(quarter => Wall(quarter * 15));

    private static readonly Gen<string[]> SpecialHours =
        from windows in Gen.Select(Minute, Minute).Array[0, 1]
        select windows.Where(window => window.Item1 != window.Item2).Select(window => $"{window.Item1}-{window.Item2}").ToArray();

    /// <summary>Non-overlapping windows of a week, cut at random: every second piece is open, one may run over Sunday night.</summary>
    private static readonly Gen<Dictionary<string, string[]>> Hours =
        from step in Gen.OneOf(1, 15, 30)
        from cuts in Gen.Int[0, (Week / 30) - 1].HashSet[2, 24]
        from shift in Gen.Int[0, 29]
        from overSunday in Gen.Bool
        let points = cuts.Order().Select(cut => (cut * 30) + (shift / step * step)).ToList()
        let pairs = overSunday
            ? points.Skip(1).Append(points[0] + Week).Chunk(2)
            : points.Chunk(2)
        select pairs.Where(pair => pair.Length == 2)
            .Select(pair => (Opens: pair[0] % Week, Length: Math.Min(pair[1] - pair[0], Day - 1)))
            .GroupBy(window => SomeCalendar.Weekdays[window.Opens / Day])
            .ToDictionary(day => day.Key, day => day.Select(window => Window(window.Opens % Day, window.Length)).ToArray());

    /// <summary>A calendar and a moment that matters in its zone.</summary>
    public static readonly Gen<CalendarAndMoment> WithMoment =
        from place in Place
        from hours in Hours
        from holidays in Gen.Select(Gen.Int[-12, 40], SpecialHours).Array[0, 6]
        let today = place.Moment.InZone(DateTimeZoneProviders.Tzdb[place.Zone]).Date
        select new CalendarAndMoment(new CalendarSpec
        {
            Name = "Any",
            TimeZone = place.Zone,
            Hours = hours,
            Holidays = [.. holidays.DistinctBy(holiday => holiday.Item1).Select(holiday => new HolidaySpec { Date = LocalDatePattern.Iso.Format(today.PlusDays(holiday.Item1)), Hours = holiday.Item2 })],
        }, place.Moment);

    /// <summary>Up to some days, to the microsecond.</summary>
    public static Gen<Duration> Length(int days) => Gen.Long[0, days * 86_400_000_000L].Select(microseconds => Duration.FromTicks(microseconds * 10));

    private static string Window(int opens, int length) =>
        opens + length == Day ? $"{Wall(opens)}-24:00" : $"{Wall(opens)}-{Wall((opens + length) % Day)}";

    private static string Wall(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}

/// <summary>What a property is tried on; printed so that a failure can be copied into a test.</summary>
internal sealed record CalendarAndMoment(CalendarSpec Spec, Instant Moment)
{
    public override string ToString() => $"{JsonSerializer.Serialize(Spec, JsonSerializerOptions.Web)} at {Moment:uuuu-MM-dd'T'HH:mm:ss.FFFFFF'Z'}";
}
