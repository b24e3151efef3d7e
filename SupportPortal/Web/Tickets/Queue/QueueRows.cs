using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Queue;

/// <summary>Keeps a page of the queue true while tickets change, without asking the store.</summary>
public static class QueueRows
{
    /// <summary>
    /// The page after these rows changed. What no longer fits goes, what is shown moves to its place, and what came anew is
    /// put in where it belongs between rows that are shown; beyond the last one it belongs to a later page.
    /// </summary>
    /// <param name="rows">The page as it is, in order.</param>
    /// <param name="changed">What changed.</param>
    /// <param name="filter">What the page shows, in which order.</param>
    /// <param name="isWhole">Whether nothing comes before or after this page.</param>
    public static IReadOnlyList<TicketRow> After(IReadOnlyList<TicketRow> rows, IReadOnlyList<TicketRow> changed, TicketFilter filter, bool isWhole)
    {
        var shown = rows.Select(row => row.Id).ToHashSet();
        var fitting = changed.Where(filter.Matches).Where(row => isWhole || shown.Contains(row.Id) || IsBetween(row)).ToList();
        if (fitting.Count == 0 && changed.All(row => !shown.Contains(row.Id))) return rows;
        var gone = changed.Select(row => row.Id).ToHashSet();
        return [.. rows.Where(row => !gone.Contains(row.Id)).Concat(fitting).Order(filter.RowOrder)];

        bool IsBetween(TicketRow row) => rows.Count > 0 && filter.RowOrder.Compare(row, rows[^1]) < 0;
    }
}
