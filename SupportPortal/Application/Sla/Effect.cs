using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>A clock of a ticket that would come to stand otherwise.</summary>
public sealed record ClockEffect(long TicketId, Severity Severity, ClockChange Change);

/// <summary>How many clocks of one metric, at one severity, would change, and how.</summary>
public sealed record EffectLine(Severity Severity, SlaMetric Metric, IReadOnlyDictionary<ClockChangeKind, int> Counts)
{
    /// <summary>How many change in this way.</summary>
    public int this[ClockChangeKind kind] => Counts.GetValueOrDefault(kind);
}

/// <summary>What a policy move or the edit of a calendar does to the open tickets: computed by the fold alone, before anything is done.</summary>
/// <param name="At">The instant at which it was judged.</param>
/// <param name="Tickets">How many open tickets it concerns.</param>
/// <param name="Changed">On how many of them a clock changes.</param>
/// <param name="Lines">By severity and metric, the gravest first; without those on which nothing changes.</param>
/// <param name="Worst">The clocks that it hits hardest: breached at once, then most time lost.</param>
public sealed record Effect(Instant At, int Tickets, int Changed, IReadOnlyList<EffectLine> Lines, IReadOnlyList<ClockEffect> Worst)
{
    /// <summary>How many clocks change in this way.</summary>
    public int Count(ClockChangeKind kind) => Lines.Sum(line => line[kind]);
}

/// <summary>Adds effects up, one ticket at a time, keeping only counts and the worst.</summary>
internal sealed class EffectSum(Instant at)
{
    private const int MostShown = 25;

    private readonly Dictionary<(Severity, SlaMetric), Dictionary<ClockChangeKind, int>> _counts = [];
    private readonly PriorityQueue<ClockEffect, Harm> _worst = new();
    private int _tickets;
    private int _changed;

    public void Add(Ticket ticket, IReadOnlyList<ClockChange> changes)
    {
        _tickets++;
        if (changes.Count > 0) _changed++;
        foreach (var change in changes)
        {
            if (!_counts.TryGetValue((ticket.Severity, change.Metric), out var kinds)) _counts[(ticket.Severity, change.Metric)] = kinds = [];
            kinds[change.Kind] = kinds.GetValueOrDefault(change.Kind) + 1;
            if (change.Kind is ClockChangeKind.Later or ClockChangeKind.Ended) continue;
            _worst.Enqueue(new(ticket.Id, ticket.Severity, change), Harm.Of(change, ticket.Id));
            if (_worst.Count > MostShown) _worst.Dequeue();
        }
    }

    public Effect Total()
    {
        EffectLine[] lines = [.. _counts.OrderBy(line => line.Key).Select(line => new EffectLine(line.Key.Item1, line.Key.Item2, line.Value))];
        ClockEffect[] worst = [.. _worst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
        return new(at, _tickets, _changed, lines, worst);
    }

    /// <summary>How hard a change hits; the least is dropped first.</summary>
    private readonly record struct Harm(bool IsBreached, Duration Lost, long TicketId) : IComparable<Harm>
    {
        public static Harm Of(ClockChange change, long ticketId) =>
            new(change.Kind == ClockChangeKind.Breached, change is { Before: { } before, After: { } after } ? before - after : Duration.Zero, ticketId);

        public int CompareTo(Harm other) => (IsBreached, Lost, -TicketId).CompareTo((other.IsBreached, other.Lost, -other.TicketId));
    }
}
