using NodaTime;

namespace SupportPortal.Application.Live;

/// <summary>
/// How far the events have been read. PostgreSQL gives out positions when a transaction writes and shows them when it commits, so that later
/// ones may be seen first. Those that are missing are looked for until they come, or until it is certain that their transaction was given up.
/// </summary>
internal sealed class FeedPosition
{
    /// <summary>No transaction of the portal's is open that long.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly List<Gap> _gaps = [];

    /// <summary>Everything up to here was seen, or is missing.</summary>
    public long Last { get; private set; }

    /// <summary>The missing positions: first and last of each row of them.</summary>
    public (long[] First, long[] Last) Missing => ([.. _gaps.Select(gap => gap.First)], [.. _gaps.Select(gap => gap.Last)]);

    /// <summary>Begins after this position.</summary>
    public void Begin(long position) => Last = position;

    /// <summary>Takes in the positions that were read, in their order.</summary>
    public void Saw(IEnumerable<long> positions, Instant now)
    {
        foreach (var position in positions)
        {
            if (position > Last + 1) _gaps.Add(new Gap(Last + 1, position - 1, now));
            if (position > Last) Last = position;
            else Fill(position);
        }

        _gaps.RemoveAll(gap => now - gap.Since > Patience);
    }

    private void Fill(long position)
    {
        var at = _gaps.FindIndex(gap => gap.First <= position && position <= gap.Last);
        if (at < 0) return;
        var gap = _gaps[at];
        _gaps.RemoveAt(at);
        if (position < gap.Last) _gaps.Insert(at, gap with { First = position + 1 });
        if (gap.First < position) _gaps.Insert(at, gap with { Last = position - 1 });
    }

    private readonly record struct Gap(long First, long Last, Instant Since);
}
