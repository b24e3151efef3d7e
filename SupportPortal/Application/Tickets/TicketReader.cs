using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>One ticket as its reader may see it: the row, what was reported, and the clocks.</summary>
public sealed record TicketInFull(TicketRow Row, string? Description, IReadOnlyList<ClockRow> Clocks);

// A compiled query belongs to one model, and so to one database: to the instance, not the class.

/// <summary>Reads one ticket, and pages of its events, without folding what is projected already.</summary>
public sealed class TicketReader(IDbContextFactory<PortalDb> databases, TicketClocks clocks)
{
    private readonly Func<PortalDb, long, Task<Front?>> _frontOf = EF.CompileAsyncQuery((PortalDb db, long id) => db.Set<TicketRow>()
        .AsNoTracking().Where(t => t.Id == id).Select(t => new Front(
            t,
            db.Set<EventRow>().Where(e => e.TicketId == id && e.Version == 1).Select(e => e.Data).First(),
            db.Set<EventTextRow>().Where(e => e.TicketId == id && e.Version == 1).Select(e => e.Texts).FirstOrDefault(),
            db.Set<WatcherRow>().Any(w => w.TicketId == id))).FirstOrDefault());

    private readonly Func<PortalDb, long, IAsyncEnumerable<string>> _watchersOf = EF.CompileAsyncQuery((PortalDb db, long id) =>
        db.Set<WatcherRow>().Where(w => w.TicketId == id).Select(w => w.PersonId));

    private readonly Func<PortalDb, long, int, bool, int, IAsyncEnumerable<EventAndTexts>> _eventsOf =
        EF.CompileAsyncQuery((PortalDb db, long id, int after, bool internals, int count) => (
            from happened in db.Set<EventRow>().AsNoTracking()
            join text in db.Set<EventTextRow>().AsNoTracking() on new { happened.TicketId, happened.Version } equals new { text.TicketId, text.Version } into texts
            from text in texts.DefaultIfEmpty()
            where happened.TicketId == id && happened.Version > after && (internals || happened.IsPublic)
            orderby happened.Version
            select new EventAndTexts(happened, text == null ? null : text.Texts)).Take(count));

    /// <summary>The ticket; null when it does not exist for this reader.</summary>
    public async Task<TicketInFull?> FindAsync(Actor actor, long id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.OpenConnectionAsync(cancellation); // Once for both queries: opening costs as much as reading.
        while (await _frontOf(db, id) is { } front)
        {
            var row = front.IsWatched ? front.Row.WithWatchers(await _watchersOf(db, id).ToListAsync(cancellation)) : front.Row; // Few are: most cost one statement.
            if (!actor.MaySee(row)) return null;
            if (await clocks.OfAsync(db, row, cancellation) is not { } read) continue;
            var report = (Reported)FactJson.Read(FactJson.Report, front.Report, front.Texts);
            return new TicketInFull(row, report.Description.Text, read);
        }

        return null;
    }

    /// <summary>
    /// So many events after a version, with their texts, those that this reader may see; null when the ticket does not exist for them.
    /// </summary>
    public async Task<IReadOnlyList<StoredEvent>?> EventsAsync(Actor actor, long id, int afterVersion, int count, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await actor.Sees(db.Set<TicketRow>().Where(t => t.Id == id), db.WatchedBy(actor)).AnyAsync(cancellation)) return null;
        var events = new List<StoredEvent>();
        await foreach (var (row, texts) in _eventsOf(db, id, afterVersion, actor.MaySeeInternals(), count).WithCancellation(cancellation))
            events.Add(TicketStore.Stored(row, texts));
        return events;
    }

    private sealed record Front(TicketRow Row, string Report, string? Texts, bool IsWatched);

    private sealed record EventAndTexts(EventRow Row, string? Texts);
}
