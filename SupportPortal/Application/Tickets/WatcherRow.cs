using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>That a person watches a ticket: a projection of its events, for the query of what a person may see.</summary>
public sealed record WatcherRow
{
    public required long TicketId { get; init; }

    public required string PersonId { get; init; }
}

/// <summary>Reads and writes who watches what.</summary>
internal static class WatcherRows
{
    /// <summary>The ids of the tickets that a person watches, as a part of a query.</summary>
    public static IQueryable<long> WatchedBy(this PortalDb db, Actor actor)
    {
        var id = actor.Id;
        return db.Set<WatcherRow>().Where(w => w.PersonId == id).Select(w => w.TicketId);
    }

    /// <summary>The rows with who watches them, in one query.</summary>
    public static async Task<IReadOnlyList<TicketRow>> WithWatchersAsync(this PortalDb db, IReadOnlyList<TicketRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0) return rows;
        var ids = rows.Select(row => row.Id).ToArray();
        var watchers = (await db.Set<WatcherRow>().AsNoTracking().Where(w => ids.Contains(w.TicketId)).ToListAsync(cancellation)).ToLookup(w => w.TicketId, w => w.PersonId);
        return watchers.Count == 0 ? rows : [.. rows.Select(row => watchers.Contains(row.Id) ? row.WithWatchers(watchers[row.Id]) : row)];
    }

    /// <summary>Whether the actor may see a row. Asks who watches it only where nothing else lets them.</summary>
    public static async ValueTask<bool> MaySeeAsync(this PortalDb db, Actor actor, TicketRow row, CancellationToken cancellation) =>
        actor.MaySee(row) || actor.MaySee((await db.WithWatchersAsync([row], cancellation))[0]);

    /// <summary>The row with these people watching it.</summary>
    public static TicketRow WithWatchers(this TicketRow row, IEnumerable<string> people) => row with { Watchers = [.. people.Order(StringComparer.Ordinal)] };

    /// <summary>Notes, inside an append's transaction, who watches a ticket from now on.</summary>
    public static async Task WriteAsync(PortalDb db, FreshRows fresh, Ticket? before, Ticket after)
    {
        IReadOnlyList<string> known = before?.Watchers ?? [];
        if (known.Count == 0 && after.Watchers.Count == 0) return;
        Add(fresh, after.Id, after.Watchers.Except(known));
        string[] gone = [.. known.Except(after.Watchers)];
        if (gone.Length > 0) await db.Set<WatcherRow>().Where(w => w.TicketId == after.Id && gone.Contains(w.PersonId)).ExecuteDeleteAsync();
    }

    /// <summary>Adds that these people watch a ticket.</summary>
    public static void Add(FreshRows fresh, long ticketId, IEnumerable<string> people)
    {
        foreach (var person in people) fresh.Add(new WatcherRow { TicketId = ticketId, PersonId = person });
    }
}
