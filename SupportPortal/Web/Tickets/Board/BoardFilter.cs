using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>
/// Whose tickets a board shows. Filtered once when chosen; after that each change costs its own rows, however many
/// tickets are open.
/// </summary>
public sealed class BoardFilter
{
    private readonly Func<TicketRow, bool>? _shows;

    private BoardFilter(OpenSnapshot all, Func<TicketRow, bool>? shows)
    {
        _shows = shows;
        Open = shows is null ? all : OpenSnapshot.Empty.With([.. all.All.Where(shows)]);
    }

    /// <summary>The open tickets that it shows.</summary>
    public OpenSnapshot Open { get; private set; }

    /// <summary>Everything, <c>mine</c> or <c>unassigned</c>.</summary>
    public static BoardFilter Of(string? show, string me, OpenSnapshot all) => new(all, show switch
    {
        "mine" => row => row.AssigneeId == me,
        "unassigned" => row => row.AssigneeId is null,
        _ => null,
    });

    /// <summary>Takes in what changed. A ticket that is shown no longer leaves as a closed one would.</summary>
    public void Change(TicketBatch batch) => Open = _shows is null
        ? batch.Open
        : Open.With([.. batch.Changed.Select(row => _shows(row) ? row : row with { IsOpen = false })]);
}
