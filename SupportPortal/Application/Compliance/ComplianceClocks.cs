using NodaTime;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>A clock that a figure counts.</summary>
public sealed record CountedClock
{
    public required long TicketId { get; init; }

    /// <summary>Its place among the ticket's clocks.</summary>
    public required int Ordinal { get; init; }

    public required SlaMetric Metric { get; init; }

    public required Severity Severity { get; init; }

    public required string? AssigneeId { get; init; }

    public required Instant StartedAt { get; init; }

    public required Instant DueAt { get; init; }

    public required Instant? StoppedAt { get; init; }

    /// <summary>How often it counts as a breach; 0 when it was kept.</summary>
    public required int Breaches { get; init; }

    public required BreachCause? Cause { get; init; }

    /// <summary>How far the exception of its breach has come; null when there is none.</summary>
    public required ExceptionState? Exception { get; init; }

    /// <summary>The real time by which it was late, or is by now; null when it was kept.</summary>
    public Duration? LateBy(Instant now) => Breaches == 0 ? null : (StoppedAt ?? now) - DueAt;
}

/// <summary>One page of the clocks that a figure counts, the latest due first.</summary>
/// <param name="Items">The clocks.</param>
/// <param name="Clocks">How many there are on all pages.</param>
/// <param name="Tally">What they count together.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="At">The instant at which overdue ones were judged.</param>
public sealed record CountedClocks(IReadOnlyList<CountedClock> Items, int Clocks, Tally Tally, ClockCursor? Next, Instant At);

/// <summary>The place after a clock in a list, which others may join or leave meanwhile.</summary>
public readonly record struct ClockCursor(Instant DueAt, long TicketId, int Ordinal)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ComplianceFacts.Microseconds(DueAt)}-{TicketId}-{Ordinal}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out ClockCursor cursor)
    {
        cursor = default;
        if (text?.Split('-') is not [var due, var ticket, var ordinal]) return false;
        if (!long.TryParse(due, out var at) || at is < 0 or > 250_000_000_000_000_000 || !long.TryParse(ticket, out var id) || !int.TryParse(ordinal, out var place)) return false;
        cursor = new ClockCursor(ComplianceFacts.Instant(at), id, place);
        return true;
    }
}

/// <summary>Picks a page out of a scan: as many as a page has are held, however many there are.</summary>
internal struct PageCounter(ClockCursor? after, int limit) : ICounter
{
    private static readonly Comparer<Key> LatestFirst = Comparer<Key>.Create((one, other) => other.CompareTo(one));

    private readonly Key? _after = after is { } cursor ? new Key(-ComplianceFacts.Microseconds(cursor.DueAt), cursor.TicketId, cursor.Ordinal) : null;
    private readonly PriorityQueue<(int Place, int Severity, int Assignee, int Breaches, BreachCause Cause), Key> _page = new(LatestFirst); // The last of the page on top.

    public int Clocks { get; private set; }

    public Tally Tally { get; private set; }

    public static CountedClocks Page(ComplianceFacts facts, ComplianceFilter filter, ClockCursor? after, int limit, Instant at, SlaCatalogue catalogue)
    {
        var counter = new PageCounter(after, limit);
        FactScan.Run(facts, filter, at, catalogue, ref counter);
        var items = new List<CountedClock>();
        while (counter._page.TryDequeue(out var one, out _)) items.Add(Clock(facts, one.Place, one.Severity, one.Assignee, one.Breaches, one.Cause));
        items.Reverse();
        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        return new CountedClocks(items, counter.Clocks, counter.Tally, more ? new ClockCursor(items[^1].DueAt, items[^1].TicketId, items[^1].Ordinal) : null, at);
    }

    public void Take(in Counted counted)
    {
        Clocks++;
        Tally = Tally.With(counted);
        var key = new Key(-counted.Clock.DueAt, counted.Ticket.Id, counted.Clock.Ordinal);
        if (_after is { } after && key.CompareTo(after) <= 0) return;
        var one = (counted.Place, counted.Severity, counted.Assignee, counted.Breaches, counted.Cause);
        if (_page.Count <= limit) _page.Enqueue(one, key);
        else if (_page.TryPeek(out _, out var last) && key.CompareTo(last) < 0) _page.EnqueueDequeue(one, key);
    }

    private static CountedClock Clock(ComplianceFacts facts, int place, int severity, int assignee, int breaches, BreachCause cause)
    {
        ref readonly var clock = ref facts.Clocks[place];
        return new()
        {
            TicketId = facts.Tickets[clock.Ticket].Id,
            Ordinal = clock.Ordinal,
            Metric = (SlaMetric)clock.Metric,
            Severity = (Severity)severity,
            AssigneeId = facts.People[assignee],
            StartedAt = ComplianceFacts.Instant(clock.StartedAt),
            DueAt = ComplianceFacts.Instant(clock.DueAt),
            StoppedAt = clock.StoppedAt == RollUpClock.Never ? null : ComplianceFacts.Instant(clock.StoppedAt),
            Breaches = breaches,
            Cause = breaches == 0 ? null : cause,
            Exception = clock.Exception == RollUpClock.Nothing ? null : (ExceptionState)clock.Exception,
        };
    }

    /// <summary>The latest due instant first, then by ticket.</summary>
    private readonly record struct Key(long Due, long Ticket, int Ordinal) : IComparable<Key>
    {
        public int CompareTo(Key other) => (Due, Ticket, Ordinal).CompareTo((other.Due, other.Ticket, other.Ordinal));
    }
}
