using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Live;

/// <summary>The lanes of the triage board.</summary>
public enum BoardLane
{
    /// <summary>Not yet assessed; graver claims first.</summary>
    Triage,

    /// <summary>Severity 1.</summary>
    Critical,

    /// <summary>Severity 2.</summary>
    High,

    /// <summary>Severity 3, confirmed or regraded.</summary>
    Normal,
}

/// <summary>
/// All open tickets at one moment, by lane in order of what is due next. Immutable: a change makes a new snapshot that
/// shares all but a few nodes with the old one, so that any number of circuits read without locks.
/// </summary>
public sealed class OpenSnapshot
{
    private static readonly Comparer<TicketRow> ByDue = Comparer<TicketRow>.Create((a, b) =>
        a.DueOrder.CompareTo(b.DueOrder) is var due and not 0 ? due : a.Id.CompareTo(b.Id));

    private static readonly Comparer<TicketRow> ByClaim = Comparer<TicketRow>.Create((a, b) =>
        a.Claimed.CompareTo(b.Claimed) is var claim and not 0 ? claim : ByDue.Compare(a, b));

    private readonly ImmutableDictionary<long, TicketRow> _byId;
    private readonly ImmutableArray<ImmutableSortedSet<TicketRow>> _lanes;
    private readonly ConcurrentDictionary<LanePart, IReadOnlyList<TicketRow>> _parts = [];
    private readonly ConcurrentDictionary<LanePart, IReadOnlyList<TicketRow>>? _partsBefore;

    private OpenSnapshot(ImmutableDictionary<long, TicketRow> byId, ImmutableArray<ImmutableSortedSet<TicketRow>> lanes, OpenSnapshot? before = null) =>
        (_byId, _lanes, _partsBefore) = (byId, lanes, before?._parts);

    /// <summary>Nothing is open.</summary>
    public static OpenSnapshot Empty { get; } = new(
        ImmutableDictionary<long, TicketRow>.Empty,
        [.. Enum.GetValues<BoardLane>().Select(lane => ImmutableSortedSet<TicketRow>.Empty.WithComparer(lane == BoardLane.Triage ? ByClaim : ByDue))]);

    /// <summary>These open tickets, all at once: sorted, rather than put in one by one, and the numbers beside the lanes: on it waits a board after a start.</summary>
    public static async Task<OpenSnapshot> OfAsync(IReadOnlyCollection<TicketRow> open)
    {
        var byId = Task.Run(() => open.ToImmutableDictionary(row => row.Id));
        var byLane = open.ToLookup(LaneOf);
        ImmutableArray<ImmutableSortedSet<TicketRow>> lanes = [.. Empty._lanes.Select((empty, lane) => byLane[(BoardLane)lane].ToImmutableSortedSet(empty.KeyComparer))];
        return new OpenSnapshot(await byId, lanes);
    }

    /// <summary>How many are open.</summary>
    public int Count => _byId.Count;

    /// <summary>The open ticket of that id, if it is open.</summary>
    public TicketRow? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>A lane, in its order.</summary>
    public ImmutableSortedSet<TicketRow> Lane(BoardLane lane) => _lanes[(int)lane];

    /// <summary>The first rows of a lane.</summary>
    public IReadOnlyList<TicketRow> First(BoardLane lane, int count) => Part(lane, 0, count);

    /// <summary>Rows of a lane: one list for however many boards show them, and the same one for as long as nothing in it changes.</summary>
    public IReadOnlyList<TicketRow> Part(BoardLane lane, int start, int count) => _parts.GetOrAdd(new LanePart(lane, start, count), Make);

    /// <summary>The part of it that fits, in one pass.</summary>
    public OpenSnapshot Only(Func<TicketRow, bool> fits)
    {
        ImmutableArray<ImmutableSortedSet<TicketRow>> lanes = [.. _lanes.Select(lane => lane.Where(fits).ToImmutableSortedSet(lane.KeyComparer))];
        return new OpenSnapshot(lanes.SelectMany(lane => lane).ToImmutableDictionary(row => row.Id), lanes);
    }

    /// <summary>What falls due after the one instant, and not after the other.</summary>
    public IEnumerable<TicketRow> DueBetween(Instant after, Instant until) =>
        RunsAfter(after).SelectMany(run => run.TakeWhile(row => row.DueOrder <= until));

    /// <summary>When the next ticket falls due after this instant.</summary>
    public Instant? NextDueAfter(Instant after) =>
        RunsAfter(after).SelectMany(run => run.Take(1)).Min(row => (Instant?)row.DueOrder);

    /// <summary>Every open ticket, in no order.</summary>
    public IEnumerable<TicketRow> All => _byId.Values;

    /// <summary>The lane a row stands in.</summary>
    public static BoardLane LaneOf(TicketRow row) => LaneOf(row.IsAssessed, row.Severity);

    /// <summary>The lane of a ticket of this severity.</summary>
    internal static BoardLane LaneOf(bool isAssessed, Severity severity) => isAssessed ? (BoardLane)(int)severity : BoardLane.Triage;

    /// <summary>The snapshot after these rows changed. A row older than the one known is left out.</summary>
    public OpenSnapshot With(IReadOnlyCollection<TicketRow> changed)
    {
        var (byId, lanes) = (_byId.ToBuilder(), _lanes.ToBuilder());
        var sorted = new ImmutableSortedSet<TicketRow>.Builder?[lanes.Count];
        foreach (var row in changed)
        {
            if (byId.TryGetValue(row.Id, out var known))
            {
                if (known.Version >= row.Version) continue;
                Of(LaneOf(known)).Remove(known);
                byId.Remove(row.Id);
            }

            if (!row.IsOpen) continue;
            byId.Add(row.Id, row);
            Of(LaneOf(row)).Add(row);
        }

        for (var lane = 0; lane < sorted.Length; lane++)
        {
            if (sorted[lane] is { } set) lanes[lane] = set.ToImmutable();
        }

        return new OpenSnapshot(byId.ToImmutable(), lanes.ToImmutable(), this);

        ImmutableSortedSet<TicketRow>.Builder Of(BoardLane lane) => sorted[(int)lane] ??= lanes[(int)lane].ToBuilder();
    }
    private IReadOnlyList<TicketRow> Make(LanePart part)
    {
        var lane = Lane(part.Lane);
        var rows = new TicketRow[Math.Clamp(lane.Count - part.Start, 0, part.Count)];
        for (var i = 0; i < rows.Length; i++) rows[i] = lane[part.Start + i];
        return _partsBefore?.GetValueOrDefault(part) is { } before && before.SequenceEqual(rows, ReferenceEqualityComparer.Instance) ? before : rows;
    }

    /// <summary>What is due later than an instant, in runs that are each in order of what is due: a lane, or in Triage what makes the same claim.</summary>
    private IEnumerable<IEnumerable<TicketRow>> RunsAfter(Instant instant)
    {
        foreach (var lane in _lanes.Where(lane => !lane.IsEmpty))
        {
            var isByClaim = ReferenceEquals(lane.KeyComparer, ByClaim);
            foreach (var claim in isByClaim ? Enum.GetValues<Severity>() : [default])
            {
                var before = lane.IndexOf(lane[0] with { Id = long.MaxValue, Claimed = claim, DueOrder = instant });
                yield return Run(lane, before < 0 ? ~before : before + 1).TakeWhile(row => !isByClaim || row.Claimed == claim);
            }
        }

        static IEnumerable<TicketRow> Run(ImmutableSortedSet<TicketRow> lane, int from)
        {
            for (var i = from; i < lane.Count; i++) yield return lane[i];
        }
    }

    private readonly record struct LanePart(BoardLane Lane, int Start, int Count);
}
