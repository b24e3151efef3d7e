using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>What can be done to a ticket, a call each. Every answer is the ticket as the act left it.</summary>
internal static class TicketActs
{
    public static void MapTicketActs(this RouteGroupBuilder tickets)
    {
        tickets.Act("replies", TicketAct.Reply, "Reply, or add an internal note", ReplyBody.Read, act => act.Body.Internal == true
            ? Ticket.AddNote(act.By, Seal(act.Body.Body))
            : act.Ticket.Reply(act.By, Seal(act.Body.Body)));
        tickets.Act("severity", TicketAct.Grade, "Grade it; 3 on a ticket not yet assessed confirms it", SeverityBody.Read, act =>
            act.Ticket.Grade(act.By, act.Body.Severity, SealOptional(act.Body.Reason), act.Body.ImpactSince, act.Now));
        tickets.Act("work", TicketAct.Take, "Take it and set it in progress", EmptyBody.Read, act => act.Ticket.Take(act.By));
        tickets.Act("waiting", TicketAct.Wait, "Wait on the customer; work ends it", EmptyBody.Read, act => act.Ticket.Wait(act.By));
        tickets.Act("status-requests", TicketAct.RequestStatus, "Ask how it stands", EmptyBody.Read, act => act.Ticket.RequestStatus(act.By));
        tickets.Act("workaround", TicketAct.RecordWorkaround, "Record a workaround", WorkaroundBody.Read, act => act.Ticket.RecordWorkaround(act.By, Seal(act.Body.Description)));
        tickets.Act("patch", TicketAct.RecordPatch, "Record the emergency patch", PatchBody.Read, act => act.Ticket.RecordPatch(act.By, Seal(act.Body.Description), act.Body.Reference));
        tickets.Act("resolution", TicketAct.Resolve, "Resolve it", ResolutionBody.Read, act => act.Ticket.Resolve(act.By, act.Body.Kind, Seal(act.Body.Summary)));
        tickets.Act("acceptance", TicketAct.Judge, "Accept or reject the resolution", AcceptanceBody.Read, act => act.Body.Accepted
            ? act.Ticket.Accept(act.By, SealOptional(act.Body.Comment))
            : act.Ticket.Reject(act.By, SealOptional(act.Body.Comment)));
        tickets.Act("reopening", TicketAct.Reopen, "Reopen it", ReopeningBody.Read, act => act.Ticket.Reopen(act.By, Seal(act.Body.Reason)));
        tickets.Act("rating", TicketAct.Rate, "Rate the resolution", RatingBody.Read, act => act.Ticket.Rate(act.By, act.Body.Stars, SealOptional(act.Body.Comment)));

        tickets.Act("exceptions", TicketAct.Excuse, "Propose an exception for a promise that was not kept", ExceptionBody.Read, act =>
            act.Ticket.ProposeException(act.By, act.Clocks(), act.Body.Metric, act.Body.StartedAt, Seal(act.Body.Reason)));
        tickets.Act("exceptions/approval", TicketAct.Excuse, "Approve an exception, as a second person", ApprovalBody.Read, act => act.Ticket.ApproveException(act.By, act.Body.Version));
        tickets.Act("exceptions/withdrawal", TicketAct.Excuse, "Take an exception back, approved or not", WithdrawalBody.Read, act =>
            act.Ticket.WithdrawException(act.By, act.Body.Version, SealOptional(act.Body.Reason)));

        tickets.MapPost("/{number}/watchers", (HttpContext context, string number, TicketCall call, Followers followers) =>
                call.ActAsync(context, number, TicketAct.Watch, WatcherBody.Read, (_, body) => WithFollowerAsync(body, followers), act => act.Body.Follower is { } follower
                    ? act.Ticket.AddFollower(act.By, follower.Holder, follower.Address)
                    : act.Ticket.Watch(act.By)))
            .Describe<WatcherBody, TicketView>("watchers", "Watch it, or have somebody follow it: a person with an account watches, another address gets copies of the mails");
        tickets.MapPost("/{number}/watchers/removal", (HttpContext context, string number, TicketCall call, Followers followers) =>
                call.ActAsync(context, number, TicketAct.Watch, WatcherBody.Read, (_, body) => WithFollowerAsync(body, followers), act => Remove(act)))
            .Describe<WatcherBody, TicketView>("watcherRemoval", "Watch it no longer, or have somebody follow it no longer");

        tickets.MapPost("/{number}/assignee", (HttpContext context, string number, TicketCall call, PeopleDesk people, PeopleDirectory directory) =>
                call.ActAsync(context, number, TicketAct.Assign, AssigneeBody.Read, (actor, body) => WithIdAsync(actor, body, people, directory, context.RequestAborted), act =>
                    act.Ticket.Assign(act.By, act.Body.Assignee)))
            .Describe<AssigneeBody, TicketView>("assignee", "Give it to a member of staff, or to nobody");
    }

    private static void Act<T>(this RouteGroupBuilder tickets, string path, TicketAct act, string summary, Func<JsonFields, T> read, Func<Act<T>, Decision> decide) where T : notnull =>
        tickets.MapPost($"/{{number}}/{path}", (HttpContext context, string number, TicketCall call) => call.ActAsync(context, number, act, read, decide))
            .Describe<T, TicketView>(path, summary);

    private static async ValueTask<(WatcherBody, Refusal?)> WithFollowerAsync(WatcherBody body, Followers followers)
    {
        if (body.Email is null) return (body, null);
        var (follower, refused) = await followers.FindAsync(body.Email);
        return (body with { Follower = follower }, refused);
    }

    private static Decision Remove(Act<WatcherBody> act)
    {
        if (act.Body.Follower is not { } follower) return act.Ticket.RemoveWatcher(act.By, act.By.Id);
        if (act.Ticket.Copies.FirstOrDefault(copy => string.Equals(copy.Address.Text, follower.Address.Text, StringComparison.OrdinalIgnoreCase)) is { } copy)
            return act.Ticket.RemoveCopy(act.By, copy.Version);
        return act.Ticket.RemoveWatcher(act.By, follower.Holder?.Id ?? "");
    }

    private static async ValueTask<(AssigneeBody, Refusal?)> WithIdAsync(
        Actor actor, AssigneeBody body, PeopleDesk people, PeopleDirectory directory, CancellationToken cancellation)
    {
        // Who may not assign learns nothing about who is staff: the domain refuses the act itself.
        if (body.Assignee is not { } named || !actor.MayWorkOnTickets()) return (body, null);
        var staff = await directory.StaffAsync(cancellation);
        if (staff.Any(person => person.Id == named)) return (body, null);
        return named.Contains('@') && await people.FindByEmailAsync(named) is { Role: >= Role.Agent } person
            ? (new AssigneeBody(person.Id), null)
            : (body, new Refusal("assignee", $"There is no member of staff “{named}”."));
    }

    private static SealedText Seal(string text) => TicketDesk.Seal(text);

    private static SealedText? SealOptional(string? text) => text is null ? null : TicketDesk.Seal(text);
}
