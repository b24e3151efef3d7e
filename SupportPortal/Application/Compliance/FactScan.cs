using NodaTime;
using NodaTime.TimeZones;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>A clock that a scan counts, judged.</summary>
internal readonly ref struct Counted(ref readonly RollUpClock clock, ref readonly RollUpTicket ticket, int place)
{
    public readonly ref readonly RollUpClock Clock = ref clock;

    public readonly ref readonly RollUpTicket Ticket = ref ticket;

    /// <summary>Its place among all clocks.</summary>
    public int Place { get; } = place;

    public required int Severity { get; init; }

    /// <summary>The number of the assignee; −1 for nobody.</summary>
    public required int Assignee { get; init; }

    /// <summary>How often it counts as a breach; 0 when it was kept.</summary>
    public required int Breaches { get; init; }

    public int Met => Breaches == 0 ? 1 : 0;

    public BreachCause Cause => BreachCauses.Of((SlaMetric)Clock.Metric, Clock.Promised == 0 ? null : (Severity)Clock.Promised, (Severity)Severity, Assignee >= 0);
}

/// <summary>Takes what a scan counts. A struct, so that the scan of a million is one loop.</summary>
internal interface ICounter
{
    void Take(in Counted counted);
}

/// <summary>Goes through all clocks once and hands on those that a filter counts at an instant.</summary>
internal static class FactScan
{
    // Below this a second processor is not worth its call.
    private const int LeastPart = 1_000;

    /// <summary>All of them, by one counter.</summary>
    public static void Run<T>(ComplianceFacts facts, ComplianceFilter filter, Instant at, SlaCatalogue catalogue, ref T counter) where T : struct, ICounter =>
        Run(facts, filter, at, catalogue, 0, facts.Clocks.Length, ref counter);

    /// <summary>All of them, by a counter for each processor: the caller adds up.</summary>
    public static T[] RunInParts<T>(ComplianceFacts facts, ComplianceFilter filter, Instant at, SlaCatalogue catalogue, Func<T> counter) where T : struct, ICounter
    {
        var all = facts.Clocks.Length;
        var parts = new T[Math.Clamp(all / LeastPart, 1, Environment.ProcessorCount)];
        Parallel.For(0, parts.Length, part =>
        {
            var own = counter();
            Run(facts, filter, at, catalogue, (int)((long)all * part / parts.Length), (int)((long)all * (part + 1) / parts.Length), ref own);
            parts[part] = own;
        });
        return parts;
    }

    private static void Run<T>(ComplianceFacts facts, ComplianceFilter filter, Instant at, SlaCatalogue catalogue, int first, int end, ref T counter) where T : struct, ICounter
    {
        var clocks = facts.Clocks;
        var tickets = facts.Tickets;
        var now = ComplianceFacts.Microseconds(at);
        var metric = filter.Metric is { } only ? (int)only : -1;
        var of = new TicketFilterNumbers(facts, filter);
        var isLate = filter.LateOver is not null || filter.LateAtMost is not null;
        var over = (filter.LateOver ?? Duration.Zero).BclCompatibleTicks / 10;
        var atMost = filter.LateAtMost is { } most ? most.BclCompatibleTicks / 10 : long.MaxValue;
        var hours = filter.Hour is null ? null : new HourOfWeek(filter.Period.Zone);
        for (var i = first; i < end; i++)
        {
            ref readonly var clock = ref clocks[i];
            if (!of.IsInPeriod(clock.DueAt) || clock.Metric == RollUpClock.Nothing || (metric >= 0 && clock.Metric != metric)) continue;
            if (clock.State == (byte)SlaClockState.Running && clock.DueAt >= now) continue; // Not yet due.
            ref readonly var ticket = ref tickets[clock.Ticket];
            var (severity, assignee) = clock.Severity == 0 ? (ticket.Severity, ticket.Assignee) : (clock.Severity, clock.Assignee);
            if (!of.MatchesHolder(severity, assignee) || !of.MatchesOrigin(ticket)) continue;
            var counted = new Counted(in clock, in ticket, i)
            {
                Severity = severity,
                Assignee = assignee,
                Breaches = clock.State switch
                {
                    (byte)SlaClockState.Met => 0,
                    (byte)SlaClockState.Breached => clock.Breaches,
                    _ => facts.Silent.TryGetValue(i, out var silent) ? silent.At(at, catalogue).Missed ?? 1 : 1,
                },
            };
            if (filter.Outcome is { } outcome && outcome == ComplianceOutcome.Met != (counted.Breaches == 0)) continue;
            if (filter.Exception is { } exception && (counted.Breaches == 0 || clock.Exception != (byte)exception)) continue;
            if (filter.Cause is { } cause && (counted.Breaches == 0 || counted.Cause != cause)) continue;
            if (isLate && (counted.Breaches == 0 || Math.Min(clock.StoppedAt, now) - clock.DueAt is var late && (late <= over || late > atMost))) continue;
            if (hours is not null && hours.Of(clock.DueAt) != filter.Hour) continue;
            counter.Take(counted);
        }
    }
}

/// <summary>The hour of the week that an instant lies in, in a zone. Remembers the last offset: instants near each other share it.</summary>
internal sealed class HourOfWeek(DateTimeZone zone)
{
    private const long Hour = 3_600_000_000;
    private const int Hours = 168;

    private long _from = 1;
    private long _to;
    private long _offset;

    /// <summary>0 is Monday from midnight.</summary>
    public int Of(long microseconds)
    {
        if (microseconds < _from || microseconds >= _to)
        {
            var interval = zone.GetZoneInterval(ComplianceFacts.Instant(microseconds));
            _from = interval.HasStart ? ComplianceFacts.Microseconds(interval.Start) : long.MinValue;
            _to = interval.HasEnd ? ComplianceFacts.Microseconds(interval.End) : long.MaxValue;
            _offset = interval.WallOffset.Ticks / 10;
        }

        var sinceMonday = microseconds + _offset + (72 * Hour); // The epoch was a Thursday.
        var hour = (sinceMonday - (((sinceMonday % Hour) + Hour) % Hour)) / Hour;
        return (int)(((hour % Hours) + Hours) % Hours);
    }
}
