using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;

namespace SupportPortal.Application.Live;

/// <summary>An event that was written: whose, which version, and where in the order of all.</summary>
internal sealed record WrittenEvent(long TicketId, int Version, long Position);

/// <summary>Places in the order of all events, both ends with them.</summary>
public readonly record struct PositionRange(long First, long Last);

/// <summary>What was written since the last look, by whatever process. For one reader, who does not look twice at once.</summary>
internal sealed class EventTail(TimeProvider clock)
{
    // What was written just before the beginning may be shown only after it, on PostgreSQL.
    private const int LookBack = 10_000;

    private readonly FeedPosition _position = new();

    /// <summary>The last event that was seen.</summary>
    public long Last => _position.Last;

    /// <summary>The events before it that were not seen yet: another server's, which are not committed.</summary>
    public IReadOnlyList<PositionRange> Missing => [.. _position.Missing.First.Zip(_position.Missing.Last, (first, last) => new PositionRange(first, last))];

    /// <summary>Marks the place: what is shown from now on is found. A little of what was shown before may be found again.</summary>
    public async Task BeginAsync(PortalDb db, CancellationToken cancellation)
    {
        var last = await db.Set<EventRow>().MaxAsync(e => (long?)e.Position, cancellation) ?? 0;
        _position.Begin(db.Database.IsNpgsql() ? Math.Max(0, last - LookBack) : last);
    }

    /// <summary>The events since the last look, in their order; those that were missing come first.</summary>
    public async Task<IReadOnlyList<WrittenEvent>> ReadAsync(PortalDb db, CancellationToken cancellation)
    {
        var (from, missing, now) = (_position.Last, _position.Missing, clock.Now());
        var written = missing.First.Length == 0 ? [] : await Of(db.Set<EventRow>().FromSql(
            $"""
             SELECT e.* FROM unnest({missing.First}, {missing.Last}) AS gap("First", "Last") JOIN "Events" AS e ON e."Position" BETWEEN gap."First" AND gap."Last"
             """)).ToListAsync(cancellation);
        // Not grouped by ticket: SQLite would read the whole index by ticket for it, every second.
        written.AddRange(await Of(db.Set<EventRow>().Where(e => e.Position > from)).ToListAsync(cancellation));
        if (db.Database.IsNpgsql()) _position.Saw(written.Select(e => e.Position), now);
        else if (written.Count > 0) _position.Begin(written[^1].Position);
        return written;
    }

    private static IQueryable<WrittenEvent> Of(IQueryable<EventRow> events) => events.OrderBy(e => e.Position).Select(e => new WrittenEvent(e.TicketId, e.Version, e.Position));
}
