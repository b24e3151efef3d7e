using NodaTime;
using NodaTime.TimeZones;

namespace SupportPortal.Domain.Reminders;

/// <summary>Somebody on call for a while: from an instant until just before another.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="IsOverride">Whether an override says so, not a shift.</param>
public sealed record OnCallDuty(string Person, Instant From, Instant Until, bool IsOverride);

/// <summary>Who is on call at an instant, and how it goes on.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Until">When the next person takes over; null when nobody else does within a year.</param>
/// <param name="Next">Who that is.</param>
public sealed record OnCallNow(string Person, Instant? Until, string? Next);

/// <summary>
/// Who is on call when: weekly shifts in one time zone, people who take turns week by week, and overrides. Made without fault,
/// it names exactly one person at every instant. Immutable.
/// </summary>
/// <remarks>
/// A handover is the beginning of the shift that takes over. At a wall time that does not exist it happens when the gap ends plus what it was into
/// the gap; at one that exists twice, the first time (support commitment, rule 10). An override covers both of a doubled hour.
/// </remarks>
public sealed class OnCallRota
{
    // A shift began up to a week ago, and a zone once skipped a whole day.
    private const int DaysAround = 9;

    private static readonly Duration Horizon = Duration.FromDays(371);

    private static readonly ZoneLocalMappingResolver Beginning =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    private static readonly ZoneLocalMappingResolver Ending =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    private readonly OnCallShift[] _shifts;
    private readonly OnCallOverride[] _overrides;

    private OnCallRota(OnCallSpec spec, DateTimeZone zone, IEnumerable<OnCallShift> shifts, IEnumerable<OnCallOverride> overrides)
    {
        (Spec, Zone) = (spec, zone);
        _shifts = [.. shifts.OrderBy(shift => shift.From)];
        _overrides = [.. overrides.OrderBy(stand => stand.Begins)];
    }

    /// <summary>The data it was made from.</summary>
    public OnCallSpec Spec { get; }

    /// <summary>The zone in which its times are read.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Makes a rota, or says everything that is wrong with the data: exactly one of the two, each refusal with the path of its field (<c>shifts[1].from</c>).</summary>
    public static (OnCallRota? Rota, IReadOnlyList<Refusal> Refusals) Create(OnCallSpec spec)
    {
        var reader = new OnCallSpecReader(spec);
        var (zone, shifts, overrides) = reader.Read();
        return reader.Refusals.Count > 0 ? (null, reader.Refusals) : (new OnCallRota(spec, zone, shifts, overrides), []);
    }

    /// <summary>The id of the person who is on call.</summary>
    public string At(Instant instant) => Who(instant, Handovers(instant, instant)).Person;

    /// <summary>Who is on call, until when, and who is next.</summary>
    public OnCallNow Now(Instant instant)
    {
        var person = At(instant);
        var next = Duties(instant, instant + Horizon).FirstOrDefault(duty => duty.Person != person);
        return new OnCallNow(person, next?.From, next?.Person);
    }

    /// <summary>Who is on call from one instant up to another: in order, without a gap, no two alike in a row.</summary>
    public IEnumerable<OnCallDuty> Duties(Instant from, Instant until)
    {
        var handovers = Handovers(from, until);
        var edges = handovers.Select(handover => handover.At).Concat(_overrides.SelectMany(stand => new[] { stand.Begins, stand.Ends }));
        OnCallDuty? duty = null;
        foreach (var edge in edges.Where(edge => edge > from && edge < until).Append(from).Distinct().Order())
        {
            var (person, isOverride) = Who(edge, handovers);
            if (duty is not null && (duty.Person, duty.IsOverride) == (person, isOverride)) continue;
            if (duty is not null) yield return duty with { Until = edge };
            duty = new OnCallDuty(person, edge, until, isOverride);
        }

        if (duty is not null) yield return duty;
    }

    /// <summary>When a shift or an override begins in a zone.</summary>
    internal static Instant Begin(LocalDateTime wall, DateTimeZone zone) => wall.InZone(zone, Beginning).ToInstant();

    /// <summary>When an override ends in a zone.</summary>
    internal static Instant End(LocalDateTime wall, DateTimeZone zone) => wall.InZone(zone, Ending).ToInstant();

    private (string Person, bool IsOverride) Who(Instant instant, List<Handover> handovers) =>
        _overrides.LastOrDefault(stand => stand.Covers(instant)) is { } standing
            ? (standing.Person, true)
            : (handovers.FindLast(handover => handover.At <= instant).Person, false);

    /// <summary>The handovers that decide between two instants, in order, the one before the first among them.</summary>
    private List<Handover> Handovers(Instant from, Instant until)
    {
        var handovers = new List<Handover>();
        var last = until.InZone(Zone).Date.PlusDays(1);
        for (var date = from.InZone(Zone).Date.PlusDays(-DaysAround); date <= last; date = date.PlusDays(1))
        {
            foreach (var shift in _shifts)
            {
                if (shift.BeginsOn(date) is not { } wall) continue;
                var at = Begin(wall, Zone);

                // A shift that a gap moved to or behind the beginning of the next one is empty.
                while (handovers.Count > 0 && handovers[^1].At >= at) handovers.RemoveAt(handovers.Count - 1);
                handovers.Add(new Handover(at, shift.PersonOn(date)));
            }
        }

        return handovers;
    }

    private readonly record struct Handover(Instant At, string Person);
}
