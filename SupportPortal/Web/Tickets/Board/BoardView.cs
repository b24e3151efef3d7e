using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The part of a lane that is on screen. A new one only when something in it changed.</summary>
public sealed record LaneRows(BoardLane Lane, int Count, IReadOnlyList<TicketRow> Rows, IReadOnlySet<long> Arrived)
{
    /// <summary>How many more there are than shown.</summary>
    public int More => Count - Rows.Count;
}

/// <summary>What one board shows of all open tickets, and what of it a change touched.</summary>
public sealed class BoardView
{
    /// <summary>How many cards a lane begins with, and how many more are shown at a time.</summary>
    public const int Step = 30;

    /// <summary>How long a card that came while one was looking stays marked.</summary>
    public static readonly Duration ArrivalShown = Duration.FromSeconds(3);

    private static readonly IReadOnlySet<long> Nobody = new HashSet<long>();

    private readonly int[] _show = [Step, Step, Step, Step];
    private readonly LaneRows?[] _lanes = new LaneRows?[4];
    private readonly Dictionary<long, Instant> _arrivals = [];

    /// <summary>The lanes, in the order of the board.</summary>
    public IReadOnlyList<LaneRows> Lanes => [.. _lanes.OfType<LaneRows>()];

    /// <summary>Shows more of a lane at the next look.</summary>
    public void ShowMore(BoardLane lane) => _show[(int)lane] += Step;

    /// <summary>
    /// Looks at the open tickets; answers whether anything on screen changed. A ticket of <paramref name="changed"/> that
    /// was not in its lane before has arrived.
    /// </summary>
    public bool Look(OpenSnapshot open, IEnumerable<TicketRow> changed, Instant now)
    {
        foreach (var (id, at) in _arrivals)
        {
            if (now - at > ArrivalShown) _arrivals.Remove(id);
        }

        foreach (var row in changed)
        {
            var before = _lanes[(int)OpenSnapshot.LaneOf(row)];
            if (row.IsOpen && before is not null && before.Rows.All(known => known.Id != row.Id)) _arrivals[row.Id] = now;
        }

        var any = false;
        foreach (var lane in Enum.GetValues<BoardLane>())
        {
            var (before, rows, count) = (_lanes[(int)lane], open.First(lane, _show[(int)lane]), open.Lane(lane).Count);
            if (before is not null && before.Count == count && Same(before.Rows, rows)) continue;
            _lanes[(int)lane] = new LaneRows(lane, count, rows, Arrived(rows));
            any = true;
        }

        return any;
    }

    private IReadOnlySet<long> Arrived(IReadOnlyList<TicketRow> rows) =>
        _arrivals.Count == 0 ? Nobody : rows.Select(row => row.Id).Where(_arrivals.ContainsKey).ToHashSet();

    // Rows are never changed once loaded: another row is another version.
    private static bool Same(IReadOnlyList<TicketRow> before, IReadOnlyList<TicketRow> after)
    {
        if (ReferenceEquals(before, after)) return true;
        if (before.Count != after.Count) return false;
        for (var i = 0; i < before.Count; i++)
        {
            if (!ReferenceEquals(before[i], after[i])) return false;
        }

        return true;
    }
}
