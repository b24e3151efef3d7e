using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// The clocks beside tickets' rows, as the store holds them: read once a version, however many calls and lists show the
/// ticket (budgets B3 and B4). Rights are asked of the rows.
/// </summary>
public sealed class TicketClocks
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<long, (int Version, IReadOnlyList<ClockRow> Clocks)> _known = [];

    // The version comes in the same statement: a change between two statements would file its clocks under the older one.
    // Of the instance, because a compiled query belongs to one model.
    private readonly Func<PortalDb, long, IAsyncEnumerable<ClockAndVersion>> _ofOne =
        EF.CompileAsyncQuery((PortalDb db, long id) =>
            from clock in db.Set<ClockRow>().AsNoTracking()
            join ticket in db.Set<TicketRow>() on clock.TicketId equals ticket.Id
            where clock.TicketId == id
            select new ClockAndVersion(clock, ticket.Version));

    /// <summary>One ticket's clocks, in their order; null when it has changed since its row was read.</summary>
    public async ValueTask<IReadOnlyList<ClockRow>?> OfAsync(PortalDb db, TicketRow row, CancellationToken cancellation)
    {
        if (Find(row) is { } known) return known;
        var read = new List<ClockAndVersion>();
        await foreach (var clock in _ofOne(db, row.Id).WithCancellation(cancellation)) read.Add(clock);
        var clocks = Keep(read);
        return read.Count == 0 || read[0].Version == row.Version ? clocks : null;
    }

    /// <summary>
    /// A page's clocks, each ticket's in their order: one query for all that are not known. The row of a ticket that has changed
    /// since is the new one, so that it and its clocks say the same.
    /// </summary>
    public async ValueTask<IReadOnlyList<TicketWithClocks>> OfAsync(PortalDb db, IReadOnlyList<TicketRow> rows, CancellationToken cancellation)
    {
        var clocks = new Dictionary<long, IReadOnlyList<ClockRow>>(rows.Count);
        var (unknown, changed) = (new List<long>(), new HashSet<long>());
        foreach (var row in rows)
        {
            if (Find(row) is { } known) clocks[row.Id] = known;
            else unknown.Add(row.Id);
        }

        if (unknown.Count > 0)
        {
            var read = await (
                from clock in db.Set<ClockRow>().AsNoTracking()
                join ticket in db.Set<TicketRow>() on clock.TicketId equals ticket.Id
                where unknown.Contains(clock.TicketId)
                select new ClockAndVersion(clock, ticket.Version)).ToListAsync(cancellation);
            var versions = rows.ToDictionary(row => row.Id, row => row.Version);
            foreach (var ticket in read.GroupBy(c => c.Clock.TicketId))
            {
                clocks[ticket.Key] = Keep([.. ticket]);
                if (ticket.First().Version != versions[ticket.Key]) changed.Add(ticket.Key);
            }
        }

        if (changed.Count > 0)
        {
            var now = await db.Set<TicketRow>().AsNoTracking().Where(t => changed.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellation);
            return await OfAsync(db, [.. rows.Select(row => now.GetValueOrDefault(row.Id, row))], cancellation);
        }

        return [.. rows.Select(row => new TicketWithClocks(row, clocks.GetValueOrDefault(row.Id, [])))];
    }

    private IReadOnlyList<ClockRow>? Find(TicketRow row) => _known.TryGetValue(row.Id, out var known) && known.Version == row.Version ? known.Clocks : null;

    private ClockRow[] Keep(List<ClockAndVersion> read)
    {
        if (read.Count == 0) return [];
        ClockRow[] clocks = [.. read.Select(c => c.Clock).OrderBy(c => c.Ordinal)];
        if (_known.Count > Most) _known.Clear();
        _known[clocks[0].TicketId] = (read[0].Version, clocks);
        return clocks;
    }

    private sealed record ClockAndVersion(ClockRow Clock, int Version);
}
