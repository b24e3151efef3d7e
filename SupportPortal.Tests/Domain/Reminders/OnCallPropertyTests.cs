using System.Text.Json;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Reminders;

namespace SupportPortal.Tests.Domain.Reminders;

/// <summary>What must hold of any rota without fault, across clock changes of a dozen zones.</summary>
public sealed class OnCallPropertyTests
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;
    private const int Samples = 500;

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private static readonly Gen<string> Zone = Gen.OneOf(
        "America/New_York", "America/St_Johns", "America/Santiago", "Europe/Berlin", "Africa/Casablanca", "Asia/Kolkata",
        "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Pacific/Auckland", "UTC");

    // Half of the moments lie within days of a clock change: that is where the mistakes are.
    private static readonly Gen<(string Zone, Instant Moment)> Place =
        from zone in Zone
        from instant in Gen.Long[Instant.FromUtc(2008, 1, 1, 0, 0).ToUnixTimeSeconds(), Instant.FromUtc(2035, 1, 1, 0, 0).ToUnixTimeSeconds()]
        from near in Gen.Bool
        from minutes in Gen.Int[-9 * Day, 3 * Day]
        let interval = DateTimeZoneProviders.Tzdb[zone].GetZoneInterval(Instant.FromUnixTimeSeconds(instant))
        select (zone, near && interval.HasEnd && interval.End < Instant.FromUtc(2040, 1, 1, 0, 0) ? interval.End + Duration.FromMinutes(minutes) : Instant.FromUnixTimeSeconds(instant));

    /// <summary>A week cut at random moments; each piece a shift of one to four people.</summary>
    private static readonly Gen<(OnCallSpec Spec, Instant Moment)> Any =
        from place in Place
        from cuts in Gen.Int[0, Week / 15 - 1].HashSet[1, 12]
        from people in Gen.Int[1, 4].Array[12]
        from since in Gen.Int[-40, 40]
        from overrides in Gen.Select(Gen.Int[-10 * Day, 20 * Day], Gen.Int[1, 3 * Day]).Array[0, 4]
        let today = place.Moment.InZone(DateTimeZoneProviders.Tzdb[place.Zone]).Date
        let points = cuts.Order().Select(cut => cut * 15).ToList()
        select (new OnCallSpec
        {
            TimeZone = place.Zone,
            Shifts = [.. points.Select((begins, i) => Shift(begins, points[(i + 1) % points.Count], i, people[i], today.PlusDays(since)))],
            Overrides = [.. Apart(overrides).Select((stand, i) => new OnCallOverrideSpec { From = Wall(today, stand.From), Until = Wall(today, stand.Until), Person = $"stand-in {i}" })],
        }, place.Moment);

    [Fact]
    public void Somebody_is_on_call_at_every_instant_and_only_one() => Sample((rota, moment) =>
    {
        var until = moment + Duration.FromDays(16);
        var duties = rota.Duties(moment, until).ToList();
        Assert.Equal([moment, .. duties.Select(duty => duty.Until)], [.. duties.Select(duty => duty.From), until]);
        Assert.All(duties, duty =>
        {
            Assert.True(duty.From < duty.Until);
            Assert.Equal(
                [duty.Person, duty.Person, duty.Person],
                [rota.At(duty.From), rota.At(duty.From + (duty.Until - duty.From) / 2), rota.At(duty.Until - Duration.Epsilon)]);
        });
    });

    [Fact]
    public void It_changes_only_at_handovers_and_at_the_edges_of_overrides() => Sample((rota, moment) =>
    {
        var edges = Edges(rota, moment).ToHashSet();
        Assert.All(rota.Duties(moment, moment + Duration.FromDays(16)).Skip(1), duty => Assert.Contains(duty.From, edges));
    });

    [Fact]
    public void Away_from_clock_changes_the_wall_clock_says_who() => Sample((rota, moment) =>
    {
        var wall = moment.InZone(rota.Zone).LocalDateTime;
        if (rota.Zone.GetZoneIntervals(moment - Duration.FromDays(10), moment + Duration.FromDays(3)).Skip(1).Any()) return;
        var standing = rota.Spec.Overrides.FirstOrDefault(stand => Local(stand.From) <= wall && wall < Local(stand.Until));
        Assert.Equal(standing?.Person ?? ByTheWeek(rota.Spec, wall), rota.At(moment));
    });

    [Fact]
    public void Who_is_next_comes_when_it_is_said() => Sample((rota, moment) =>
    {
        var now = rota.Now(moment);
        if (now.Until is not { } until) return;
        Assert.Equal((now.Person, now.Next), (rota.At(until - Duration.Epsilon), rota.At(until)));
        Assert.NotEqual(now.Person, now.Next);
    });

    private static void Sample(Action<OnCallRota, Instant> holds) =>
        Any.Sample(any => holds(SomeRota.Of(any.Spec), any.Moment), iter: Samples, print: any => $"{JsonSerializer.Serialize(any.Spec, JsonSerializerOptions.Web)} at {any.Moment}");

    private static OnCallShiftSpec Shift(int from, int until, int number, int people, LocalDate since) => new()
    {
        FromDay = Weekdays[from / Day],
        From = Clock(from),
        UntilDay = Weekdays[until / Day],
        Until = Clock(until),
        People = [.. Enumerable.Range(0, people).Select(p => $"{number}/{p}")],
        Since = LocalDatePattern.Iso.Format(since),
    };

    private static IEnumerable<(int From, int Until)> Apart((int From, int Length)[] any)
    {
        var last = int.MinValue;
        foreach (var (from, length) in any.OrderBy(one => one.From))
        {
            if (from < last) continue;
            yield return (from, last = from + length);
        }
    }

    /// <summary>The shift in which a wall time lies, and whose turn it is: by counting weeks from the first one.</summary>
    private static string ByTheWeek(OnCallSpec spec, LocalDateTime wall)
    {
        var began =
            (from shift in spec.Shifts
             from back in Enumerable.Range(0, 8)
             let begins = wall.Date.PlusDays(-back).At(LocalTimePattern.GeneralIso.Parse($"{shift.From}:00").Value)
             where Weekdays[(int)begins.DayOfWeek - 1] == shift.FromDay && begins <= wall
             orderby begins descending
             select (Shift: shift, begins.Date)).First();
        var first = LocalDatePattern.Iso.Parse(began.Shift.Since!).Value;
        while (first.DayOfWeek != began.Date.DayOfWeek) first = first.PlusDays(1);
        var turn = 0;
        for (; first < began.Date; first = first.PlusDays(7)) turn++;
        for (; first > began.Date; first = first.PlusDays(-7)) turn += began.Shift.People.Count - 1;
        return began.Shift.People[turn % began.Shift.People.Count];
    }

    private static IEnumerable<Instant> Edges(OnCallRota rota, Instant moment)
    {
        var today = moment.InZone(rota.Zone).Date;
        var handovers =
            from shift in rota.Spec.Shifts
            from day in Enumerable.Range(-12, 40)
            let date = today.PlusDays(day)
            where Weekdays[(int)date.DayOfWeek - 1] == shift.FromDay
            select First(rota.Zone, date.At(LocalTimePattern.GeneralIso.Parse($"{shift.From}:00").Value));
        return handovers.Concat(rota.Spec.Overrides.SelectMany(stand => new[] { First(rota.Zone, Local(stand.From)), Last(rota.Zone, Local(stand.Until)) }));
    }

    private static Instant First(DateTimeZone zone, LocalDateTime wall) => zone.MapLocal(wall) is { Count: > 0 } mapping ? mapping.First().ToInstant() : AfterGap(zone, wall);

    private static Instant Last(DateTimeZone zone, LocalDateTime wall) => zone.MapLocal(wall) is { Count: > 0 } mapping ? mapping.Last().ToInstant() : AfterGap(zone, wall);

    /// <summary>The gap's end plus what it was into the gap.</summary>
    private static Instant AfterGap(DateTimeZone zone, LocalDateTime wall)
    {
        var mapping = zone.MapLocal(wall);
        return mapping.LateInterval.Start + (wall - mapping.EarlyInterval.IsoLocalEnd).ToDuration();
    }

    private static LocalDateTime Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm").Parse(text).Value;

    private static string Wall(LocalDate today, int minutes) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm").Format(today.AtMidnight().PlusMinutes(minutes));

    private static string Clock(int minute) => $"{minute % Day / 60:00}:{minute % 60:00}";
}
