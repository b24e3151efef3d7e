using NodaTime;
using NodaTime.TimeZones;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>A clock that a scan counts, judged.</summary>
internal readonly ref struct Counted(ref readonly ClockFact clock, ref readonly TicketFact ticket, int place)
{
    public readonly ref readonly ClockFact Clock = ref clock;

    public readonly ref readonly TicketFact Ticket = ref ticket;

    /// <summary>Its place among all clocks.</summary>
    public int Place { get; } = place;

    public required int Severity { get; init; }

    /// <summary>The number of the assignee; −1 for nobody.</summary>
    public required int Assignee { get; init; }

    /// <summary>How often it counts as a breach; 0 when it was kept.</summary>
    public required int Breaches { get; init; }

    public int Met => Breaches == 0 ? 1 : 0;

    public BreachCause Cause => BreachCauses.Of(Clock.Promised == 0 ? null : (Severity)Clock.Promised, (Severity)Severity, Assignee >= 0);
}

/// <summary>Takes what a scan counts. A struct, so that the scan of a million is one loop.</summary>
internal interface ICounter
{
    void Take(in Counted counted);
}

/// <summary>Goes through all clocks once and hands on those that a filter counts at an instant.</summary>
internal static class FactScan
{
    public static void Run<T>(ComplianceFacts facts, ComplianceFilter filter, Instant at, SlaCatalogue catalogue, ref T counter) where T : struct, ICounter
    {
        var clocks = facts.Clocks;
        var tickets = facts.Tickets;
        var now = ComplianceFacts.Microseconds(at);
        var (from, to) = (Ceiling(filter.Period.Start), Ceiling(filter.Period.End));
        var metric = filter.Metric is { } only ? (int)only : -1;
        var severity = (int)(filter.Severity ?? 0);
        var (organisation, channel) = (filter.OrganisationId ?? 0, filter.Channel is { } one ? (int)one : -1);
        var service = filter.Service is { } name ? facts.Services.Find(name) : -1;
        var (anybody, assignee) = (filter.AssigneeId is null, filter.AssigneeId is { Length: > 0 } id ? facts.People.Find(id) : -1);
        var hours = filter.Hour is null ? null : new HourOfWeek(filter.Period.Zone);
        for (var i = 0; i < clocks.Length; i++)
        {
            ref readonly var clock = ref clocks[i];
            if (clock.DueAt < from || clock.DueAt >= to || clock.Metric == ClockFact.Nothing || (metric >= 0 && clock.Metric != metric)) continue;
            if (clock.State == (byte)SlaClockState.Running && clock.DueAt >= now) continue; // Not yet due.
            ref readonly var ticket = ref tickets[clock.Ticket];
            var (theSeverity, theAssignee) = clock.Severity == 0 ? (ticket.Severity, ticket.Assignee) : (clock.Severity, clock.Assignee);
            if ((severity != 0 && theSeverity != severity) || (!anybody && theAssignee != assignee)) continue;
            if ((organisation != 0 && ticket.Organisation != organisation) || (channel >= 0 && ticket.Channel != channel) || (service != -1 && ticket.Service != service)) continue;
            var counted = new Counted(in clock, in ticket, i)
            {
                Severity = theSeverity,
                Assignee = theAssignee,
                Breaches = clock.State switch
                {
                    (byte)SlaClockState.Met => 0,
                    (byte)SlaClockState.Breached => clock.Breaches,
                    _ => facts.Silent.TryGetValue(i, out var silent) ? silent.At(at, catalogue).Missed ?? 1 : 1,
                },
            };
            if (filter.Outcome is { } outcome && outcome == ComplianceOutcome.Met != (counted.Breaches == 0)) continue;
            if (filter.Cause is { } cause && (counted.Breaches == 0 || counted.Cause != cause)) continue;
            if (hours is not null && hours.Of(clock.DueAt) != filter.Hour) continue;
            counter.Take(counted);
        }
    }

    // A bound between two microseconds excludes the one before it.
    private static long Ceiling(Instant at)
    {
        var whole = ComplianceFacts.Microseconds(at);
        return ComplianceFacts.Instant(whole) < at ? whole + 1 : whole;
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
