using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>Tickets as they are kept: loaded as histories, appended to in one transaction.</summary>
public sealed class TicketStore(IDbContextFactory<PortalDb> databases, AppendQueue appends, PolicyStore policies)
{
    // Of the instance: a compiled query belongs to one model, and a process may open both databases, as the tests do.
    private readonly Func<PortalDb, long, IAsyncEnumerable<EventAndTexts>> _eventsOf = EF.CompileAsyncQuery((PortalDb db, long id) =>
        from happened in db.Set<EventRow>().AsNoTracking()
        join text in db.Set<EventTextRow>().AsNoTracking() on new { happened.TicketId, happened.Version } equals new { text.TicketId, text.Version } into texts
        from text in texts.DefaultIfEmpty()
        where happened.TicketId == id
        orderby happened.Version
        select new EventAndTexts(happened, text == null ? null : text.Texts));

    private readonly Func<PortalDb, string, string, CancellationToken, Task<IdempotencyRow?>> _callOf = EF.CompileAsyncQuery((PortalDb db, string owner, string key, CancellationToken cancellation) =>
        db.Set<IdempotencyRow>().AsNoTracking().SingleOrDefault(c => c.OwnerId == owner && c.Key == key));

    private readonly Func<PortalDb, long, Task<int?>> _versionOf = EF.CompileAsyncQuery((PortalDb db, long id) =>
        db.Set<TicketRow>().Where(t => t.Id == id).Select(t => (int?)t.Version).FirstOrDefault());

    /// <summary>A ticket with its events and texts; null when there is none of that id.</summary>
    public async Task<TicketHistory?> LoadAsync(long id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var events = new List<StoredEvent>();
        await foreach (var (row, texts) in _eventsOf(db, id).WithCancellation(cancellation)) events.Add(Stored(row, texts));
        if (events.Count == 0) return null;
        await policies.KnowAsync(events.Max(e => e.Event.Catalogue), cancellation); // Another process may have published since.
        return new TicketHistory(Ticket.Fold(id, events.Select(e => e.Event)), events);
    }

    /// <summary>The version of a ticket's last event; null when there is none of that id.</summary>
    public async Task<int?> VersionAsync(long id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await _versionOf(db, id);
    }

    /// <summary>The call that used an idempotency key, if one did.</summary>
    public async Task<IdempotencyRow?> FindCallAsync(IdempotencyKey key, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await _callOf(db, key.OwnerId, key.Key, cancellation);
    }

    internal Task<AppendAnswer> AppendAsync(TicketAppend append, CancellationToken cancellation) => appends.AppendAsync(append, cancellation);

    internal static StoredEvent Stored(EventRow row, string? texts) => new(
        row.Position,
        new TicketEvent(row.Version, row.At, new EventAuthor(row.ActorId, row.ActorRole), row.Catalogue, FactJson.Read(row.Type, row.Data, texts)),
        row.Hash,
        row.PreviousHash);

    private sealed record EventAndTexts(EventRow Row, string? Texts);
}
