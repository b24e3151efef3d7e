using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Queue;

/// <summary>What the address of the queue asks for, and back: a view is its address, so that it can be kept and sent to a colleague.</summary>
public sealed record QueueView
{
    public string? Status { get; init; }

    public int? Severity { get; init; }

    /// <summary><c>me</c>, <c>none</c>, a person's id, or anybody.</summary>
    public string? Assignee { get; init; }

    public string? Text { get; init; }

    /// <summary><c>newest</c>, <c>oldest</c>, or what is due next.</summary>
    public string? Sort { get; init; }

    public string? After { get; init; }

    /// <summary>Whether the assignee is somebody by their id.</summary>
    public bool IsAPerson => Guid.TryParse(Assignee, out _);

    /// <summary>The filter it stands for. A word that it does not know filters nothing.</summary>
    public TicketFilter Filter(Actor me) => new()
    {
        Statuses = Status switch
        {
            null or "" => [.. Enum.GetValues<TicketStatus>().Where(s => s.IsOpen)],
            _ when Enum.TryParse<TicketStatus>(Status, ignoreCase: true, out var one) => [one],
            _ => null,
        },
        Severity = Severity is 1 or 2 or 3 ? (Severity)Severity : null,
        AssigneeId = Assignee == "me" ? me.Id : IsAPerson ? Assignee : null,
        Unassigned = Assignee == "none",
        Text = Text,
        Order = Sort switch { "newest" => TicketOrder.Newest, "oldest" => TicketOrder.Oldest, _ => TicketOrder.Due },
    };

    /// <summary>Its address.</summary>
    public string Address => "desk/queue" + Query;

    /// <summary>What its address has after the path; empty for all open tickets.</summary>
    public string Query => QueryString.Create(new Dictionary<string, string?>
    {
        ["status"] = Status,
        ["severity"] = Severity?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["assignee"] = Assignee,
        ["q"] = Text,
        ["sort"] = Sort,
        ["after"] = After,
    }.Where(part => !string.IsNullOrEmpty(part.Value))).ToString();
}
