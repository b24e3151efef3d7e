using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>A row with its clocks.</summary>
public sealed record TicketWithClocks(TicketRow Row, IReadOnlyList<ClockRow> Clocks);

/// <summary>Lists of tickets, every one of them scoped to what its reader may see.</summary>
public sealed class TicketQueries(IDbContextFactory<PortalDb> databases, TicketClocks clocks)
{
    /// <summary>One page of a list. Costs the same on the first page and the last, among ten tickets and a million.</summary>
    public async Task<Page<TicketRow>> ListAsync(Actor actor, TicketFilter filter, ListCursor? after, int limit, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ListAsync(db, actor, filter, after, limit, cancellation);
    }

    /// <summary>One page with every ticket's clocks: two queries at most, however many rows.</summary>
    public async Task<Page<TicketWithClocks>> ListWithClocksAsync(Actor actor, TicketFilter filter, ListCursor? after, int limit, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.OpenConnectionAsync(cancellation); // Once for both queries: opening costs as much as reading.
        var page = await ListAsync(db, actor, filter, after, limit, cancellation);
        return new Page<TicketWithClocks>(await clocks.OfAsync(db, page.Items, cancellation), page.Next);
    }

    /// <summary>One ticket's row and clocks; null when it does not exist for this reader.</summary>
    public async Task<TicketWithClocks?> FindAsync(Actor actor, long id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        while (await _rowOf(db, id) is { } row && await db.MaySeeAsync(actor, row, cancellation))
        {
            if (await clocks.OfAsync(db, row, cancellation) is { } read) return new TicketWithClocks(row, read);
        }

        return null;
    }

    private static async Task<Page<TicketRow>> ListAsync(PortalDb db, Actor actor, TicketFilter filter, ListCursor? after, int limit, CancellationToken cancellation)
    {
        var rows = await Ordered(Filtered(db, actor, filter), filter.Order, after).Take(limit + 1).ToListAsync(cancellation);
        if (rows.Count <= limit) return new Page<TicketRow>(rows, null);
        rows.RemoveAt(limit);
        return new Page<TicketRow>(rows, new ListCursor(KeyOf(rows[^1], filter.Order), rows[^1].Id));
    }

    // Of the instance: a compiled query belongs to one model, and a process may open both databases, as the tests do.
    private readonly Func<PortalDb, long, Task<TicketRow?>> _rowOf =
        EF.CompileAsyncQuery((PortalDb db, long id) => db.Set<TicketRow>().AsNoTracking().FirstOrDefault(t => t.Id == id));

    private static IQueryable<TicketRow> Filtered(PortalDb db, Actor actor, TicketFilter filter)
    {
        var tickets = actor.Sees(db.Set<TicketRow>().AsNoTracking(), db.WatchedBy(actor));
        if (filter.Statuses is { } statuses)
        {
            if (statuses.All(s => s.IsOpen)) tickets = tickets.Where(t => t.IsOpen); // The few open ones have an index of their own.
            if (!Enum.GetValues<TicketStatus>().Where(s => s.IsOpen).All(statuses.Contains) || statuses.Any(s => !s.IsOpen)) tickets = tickets.Where(t => statuses.Contains(t.Status));
        }

        if (filter.Severity is { } severity) tickets = tickets.Where(t => t.Severity == severity);
        if (filter.AssigneeId is { } assignee) tickets = tickets.Where(t => t.AssigneeId == assignee);
        if (filter.Unassigned) tickets = tickets.Where(t => t.AssigneeId == null);
        if (filter.OrganisationId is { } organisation) tickets = tickets.Where(t => t.OrganisationId == organisation);
        if (filter.RequesterId is { } requester) tickets = tickets.Where(t => t.RequesterId == requester);
        if (filter.Service is { } service) tickets = tickets.Where(t => t.Service == service);
        if (filter.DueBefore is { } due) tickets = tickets.Where(t => t.DueOrder < due);
        if (string.IsNullOrWhiteSpace(filter.Text)) return tickets;
        if (TicketNumber.TryParse(filter.Text, out var number)) return tickets.Where(t => t.Id == number.Id);
        if (filter.Text.Length > TicketText.SubjectLength * 4 || filter.Text.Contains('\0')) return tickets.Where(t => false); // No subject has it, and the databases refuse to look for it.
        var pattern = $"%{Escaped(filter.Text.Trim())}%";
        return db.Database.IsNpgsql()
            ? tickets.Where(t => EF.Functions.ILike(t.Subject, pattern, "\\"))
            : tickets.Where(t => EF.Functions.Like(t.Subject, pattern, "\\")); // SQLite's LIKE knows no case.
    }

    // The first half of each condition is a range that an index can seek to.
    private static IQueryable<TicketRow> Ordered(IQueryable<TicketRow> tickets, TicketOrder order, ListCursor? after)
    {
        var (key, id) = (Instant.FromUnixTimeTicks((after?.Key ?? 0) * 10), after?.Id ?? 0);
        switch (order)
        {
            case TicketOrder.Newest:
                if (after is not null) tickets = tickets.Where(t => t.ReportedAt <= key && (t.ReportedAt < key || t.Id < id));
                return tickets.OrderByDescending(t => t.ReportedAt).ThenByDescending(t => t.Id);
            case TicketOrder.Oldest:
                if (after is not null) tickets = tickets.Where(t => t.ReportedAt >= key && (t.ReportedAt > key || t.Id > id));
                return tickets.OrderBy(t => t.ReportedAt).ThenBy(t => t.Id);
            default:
                if (after is not null && key == TicketProjection.Never) tickets = tickets.Where(t => t.DueOrder == key && t.Id > id); // Most tickets of all: seek among them.
                else if (after is not null) tickets = tickets.Where(t => t.DueOrder >= key && (t.DueOrder > key || t.Id > id));
                return tickets.OrderBy(t => t.DueOrder).ThenBy(t => t.Id);
        }
    }

    private static long KeyOf(TicketRow row, TicketOrder order) => (order == TicketOrder.Due ? row.DueOrder : row.ReportedAt).ToUnixTimeTicks() / 10;

    private static string Escaped(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
