using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The part of a lane that is drawn. A new one only when something in it changed; the same rows as long as the cards did not.</summary>
public sealed record LaneRows(BoardLane Lane, int Count, int Start, IReadOnlyList<TicketRow> Rows, IReadOnlySet<long> Arrived);

/// <summary>What one board shows of the open tickets that it watches, and what of it a change touched.</summary>
public sealed class BoardView
{
    /// <summary>How long a card that came while one was looking stays marked.</summary>
    public static readonly Duration ArrivalShown = Duration.FromSeconds(3);

    private static readonly BoardLane[] _all = Enum.GetValues<BoardLane>();
    private static readonly IReadOnlySet<long> Nobody = new HashSet<long>();

    private readonly LaneWindow[] _windows = [.. _all.Select(_ => LaneWindow.Top)];
    private readonly Seen[] _seen = new Seen[_all.Length];
    private readonly LaneRows?[] _lanes = new LaneRows?[_all.Length];
    private readonly Dictionary<long, Instant> _arrivals = [];

    /// <summary>The lanes, in the order of the board.</summary>
    public IReadOnlyList<LaneRows> Lanes => [.. _lanes.OfType<LaneRows>()];

    /// <summary>Whether a change touches what is drawn, or how many there are. Asked on the feed's thread: it reads the windows and nothing else.</summary>
    public bool IsTouched(OpenSnapshot before, OpenSnapshot after)
    {
        foreach (var lane in _all)
        {
            if (ReferenceEquals(before.Lane(lane), after.Lane(lane))) continue;
            if (before.Lane(lane).Count != after.Lane(lane).Count) return true;
            var window = Volatile.Read(ref _windows[(int)lane]);
            if (!ReferenceEquals(before.Part(lane, window.Start, window.Count), after.Part(lane, window.Start, window.Count))) return true;
        }

        return false;
    }

    /// <summary>Whether a ticket's card is drawn. Asked from other threads: it reads the lanes and nothing else.</summary>
    public bool Shows(long ticketId) => _lanes.Any(lane => lane?.Rows.Any(row => row.Id == ticketId) == true);

    /// <summary>These rows of a lane are on screen: the next look is at what is around them.</summary>
    public void Scroll(BoardLane lane, int first, int last)
    {
        _seen[(int)lane] = new Seen(first, last, null);
        Show(lane, LaneWindow.Around(first, last));
    }

    /// <summary>
    /// Looks at the open tickets; answers whether anything that is drawn changed. A ticket of <paramref name="changed"/> that
    /// was not in its lane before has arrived.
    /// </summary>
    public bool Look(Func<OpenSnapshot> open, IEnumerable<TicketRow> changed, Instant now)
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

        OpenSnapshot latest;
        do latest = open();
        while (MoveWindows(latest)); // What a window shows is read when the feed can know of the window, or a change would fall between.
        var any = false;
        foreach (var lane in _all) any |= Look(latest, lane);
        return any;
    }

    private bool Look(OpenSnapshot open, BoardLane lane)
    {
        var (before, window, count) = (_lanes[(int)lane], _windows[(int)lane], open.Lane(lane).Count);
        var rows = open.Part(lane, window.Start, window.Count);
        var same = before is not null && before.Rows.SequenceEqual(rows, ReferenceEqualityComparer.Instance); // Rows are never changed once loaded: another row is another version.
        if (same && before!.Count == count && before.Start == window.Start) return false;
        _lanes[(int)lane] = same ? before! with { Count = count, Start = window.Start } : new LaneRows(lane, count, window.Start, rows, Arrived(rows));
        return true;
    }

    /// <summary>Cards that come and go above what is on screen move its place in the lane, and the window with it; so does a lane that grows shorter.</summary>
    private bool MoveWindows(OpenSnapshot open)
    {
        var any = false;
        foreach (var lane in _all)
        {
            var (seen, rows) = (_seen[(int)lane], open.Lane(lane));
            if (seen.First == 0) continue; // At the top one waits for what comes.
            var at = seen.Anchor is null ? -1 : rows.IndexOf(seen.Anchor);
            var first = Math.Clamp(at >= 0 ? at : seen.First, 0, Math.Max(0, rows.Count - 1));
            var last = first + seen.Last - seen.First;
            _seen[(int)lane] = new Seen(first, last, rows.IsEmpty ? null : rows[first]);
            any |= Show(lane, LaneWindow.Around(first, last));
        }

        return any;
    }

    private bool Show(BoardLane lane, LaneWindow window)
    {
        if (_windows[(int)lane] == window) return false;
        Volatile.Write(ref _windows[(int)lane], window);
        return true;
    }

    private IReadOnlySet<long> Arrived(IReadOnlyList<TicketRow> rows) =>
        _arrivals.Count == 0 ? Nobody : rows.Select(row => row.Id).Where(_arrivals.ContainsKey).ToHashSet();

    /// <summary>The rows on screen, as the browser said, and the first of them: by it their place is found again.</summary>
    private readonly record struct Seen(int First, int Last, TicketRow? Anchor);
}
