using System.Collections.Concurrent;
using System.Collections.Immutable;
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
    private readonly ConcurrentDictionary<(BoardLane, int), IReadOnlyList<TicketRow>> _firsts = [];

    private OpenSnapshot(ImmutableDictionary<long, TicketRow> byId, ImmutableArray<ImmutableSortedSet<TicketRow>> lanes) => (_byId, _lanes) = (byId, lanes);

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

    /// <summary>The first rows of a lane: made once a snapshot, however many boards show them.</summary>
    public IReadOnlyList<TicketRow> First(BoardLane lane, int count) =>
        _firsts.GetOrAdd((lane, count), key => [.. _lanes[(int)key.Item1].Take(key.Item2)]);

    /// <summary>Every open ticket, in no order.</summary>
    public IEnumerable<TicketRow> All => _byId.Values;

    /// <summary>The lane a row stands in.</summary>
    public static BoardLane LaneOf(TicketRow row) => row.IsAssessed ? (BoardLane)(int)row.Severity : BoardLane.Triage;

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

        return new OpenSnapshot(byId.ToImmutable(), lanes.ToImmutable());

        ImmutableSortedSet<TicketRow>.Builder Of(BoardLane lane) => sorted[(int)lane] ??= lanes[(int)lane].ToBuilder();
    }
}
