using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>Which of the requests that a person may see a list shows; every part of it stands in the address.</summary>
public sealed record RequestList(string? Show, string? Text, string? After)
{
    public const string Open = "open", All = "all", Mine = "mine";

    private static readonly TicketStatus[] _open = [.. Enum.GetValues<TicketStatus>().Where(status => status.IsOpen)];

    /// <summary>Open ones, unless the address asks for others.</summary>
    public string Shown => Show is All or Mine ? Show : Open;

    /// <summary>Whether a search word narrows it.</summary>
    public bool IsSearch => !string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether it begins at the newest request: only there do new ones appear.</summary>
    public bool IsFirstPage => string.IsNullOrEmpty(After);

    /// <summary>The same as the store is asked for it.</summary>
    public TicketFilter ToFilter(Actor actor) => new()
    {
        Statuses = Shown == Open ? _open : null,
        RequesterId = Shown == Mine ? actor.Id : null,
        Text = IsSearch ? string.Concat(Text!.Where(c => !char.IsControl(c))) : null, // PostgreSQL knows no zero byte.
        Order = TicketOrder.Newest,
    };

    /// <summary>
    /// The list after these tickets changed: known rows are replaced where they stand, so that nothing jumps under the reader's
    /// eyes; a new request of theirs comes first, and one that they may see no longer goes. Null when nothing that is shown has changed.
    /// </summary>
    public IReadOnlyList<TicketRow>? Patched(Actor actor, IReadOnlyList<TicketRow> shown, IReadOnlyList<TicketRow> changed)
    {
        List<TicketRow>? rows = null;
        foreach (var row in changed.OrderBy(row => row.ReportedAt))
        {
            var at = shown.ToList().FindIndex(known => known.Id == row.Id);
            if (at >= 0 && shown[at].Version >= row.Version) continue;
            if (!actor.MaySee(row))
            {
                if (at >= 0) (rows ??= [.. shown]).RemoveAll(known => known.Id == row.Id);
            }
            else if (at >= 0) (rows ??= [.. shown])[rows.FindIndex(known => known.Id == row.Id)] = row;
            else if (Takes(actor, row, shown)) (rows ??= [.. shown]).Insert(0, row);
        }

        return rows;
    }

    /// <summary>The address of this list with other parts.</summary>
    public static string Address(string show, string? text, string? after = null)
    {
        var parts = new List<string>(3);
        if (show != Open) parts.Add($"show={show}");
        if (!string.IsNullOrWhiteSpace(text)) parts.Add($"q={Uri.EscapeDataString(text)}");
        if (after is not null) parts.Add($"after={after}");
        return parts.Count == 0 ? "requests" : $"requests?{string.Join('&', parts)}";
    }

    private bool Takes(Actor actor, TicketRow row, IReadOnlyList<TicketRow> shown) =>
        IsFirstPage && !IsSearch && (shown.Count == 0 || row.ReportedAt >= shown[0].ReportedAt)
        && (Shown != Open || row.IsOpen) && (Shown != Mine || row.RequesterId == actor.Id);
}
