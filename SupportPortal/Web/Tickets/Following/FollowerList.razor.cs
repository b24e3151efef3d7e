using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Following;

/// <summary>Who follows a ticket beside its requester, and what its reader may change about that. On the customer's page and on the workbench.</summary>
public sealed partial class FollowerList(TicketDesk desk, Application.Tickets.Followers followers)
{
    private IReadOnlyList<Refusal> _refusals = [];
    private string? _address;
    private string? _said;
    private bool _acting;

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>The name for a person's id.</summary>
    [Parameter, EditorRequired]
    public required Func<string, string> NameOf { get; set; }

    /// <summary>The ticket after a change made here.</summary>
    [Parameter, EditorRequired]
    public EventCallback<TicketHistory> OnChanged { get; set; }

    private bool IsBusy => _acting || !RendererInfo.IsInteractive;

    private bool MayChoose => Actor.WhyNot(TicketAct.ChooseFollowers, Ticket) is null;

    private string Hint =>
        (Actor.IsStaff ? "Somebody with an account watches it and sees it here; any other address gets copies of the mails."
            : "A colleague with an account watches it and sees it here; any other address gets copies of the mails.")
        + (followers.SendsMail ? "" : " This portal sends no mail yet.");

    private Task<bool> WatchAsync() => ActAsync(() => desk.ActAsync(Actor, Ticket.Id, (ticket, _) => ticket.Watch(Actor)), "You watch this request now.");

    private Task<bool> RemoveWatcherAsync(string personId) =>
        ActAsync(() => desk.ActAsync(Actor, Ticket.Id, (ticket, _) => ticket.RemoveWatcher(Actor, personId)), personId == Actor.Id ? "You watch this request no longer." : "Removed.");

    private Task<bool> RemoveCopyAsync(int copy) => ActAsync(() => desk.ActAsync(Actor, Ticket.Id, (ticket, _) => ticket.RemoveCopy(Actor, copy)), "Removed.");

    private async Task AddAsync()
    {
        if (await ActAsync(() => followers.AddAsync(Actor, Ticket.Id, _address ?? ""), "Added.")) _address = null;
    }

    private async Task<bool> ActAsync(Func<Task<DeskAnswer>> act, string said)
    {
        if (_acting) return false; // The second click of a double click.
        (_acting, _said) = (true, null);
        try
        {
            switch (await act())
            {
                case DeskAnswer.Done done:
                    (_refusals, _said) = ([], said);
                    await OnChanged.InvokeAsync(done.History);
                    return true;
                case DeskAnswer.Refused refused:
                    _refusals = refused.Refusals;
                    return false;
                default:
                    _refusals = [new Refusal("", "That did not work: the request changed at the same moment. Try again.")];
                    return false;
            }
        }
        finally
        {
            _acting = false;
        }
    }

    private string? Problem(string field) => _refusals.FirstOrDefault(refusal => refusal.Field == field)?.Message;
}
