using System.Linq.Expressions;

namespace SupportPortal.Domain.People;

/// <summary>Whose a ticket is, as the rules of access need to know it.</summary>
public interface IOwnedTicket
{
    /// <summary>The person who reported it.</summary>
    string RequesterId { get; }

    /// <summary>The requester's organisation at the report, if any.</summary>
    int? OrganisationId { get; }
}

/// <summary>Who may see and do what: the one table. Everything that reads or writes a ticket goes through it.</summary>
public static class Access
{
    /// <summary>What whoever is not staff is told of an act that is staff's.</summary>
    public const string StaffOnly = "Only support staff can do this.";

    /// <summary>Whether <paramref name="actor"/> may know that the ticket exists. If not, the answer is "not found".</summary>
    public static bool MaySee(this Actor actor, IOwnedTicket ticket) =>
        actor.IsStaff
        || ticket.RequesterId == actor.Id
        || (actor.SeesOrganisation && actor.OrganisationId is { } mine && ticket.OrganisationId == mine);

    /// <summary>The same rule as a filter for a query; the only one there is.</summary>
    public static Expression<Func<T, bool>> Sees<T>(this Actor actor) where T : IOwnedTicket
    {
        if (actor.IsStaff) return ticket => true;
        var id = actor.Id;
        if (actor is not { SeesOrganisation: true, OrganisationId: { } organisation }) return ticket => ticket.RequesterId == id;
        return ticket => ticket.RequesterId == id || ticket.OrganisationId == organisation;
    }

    /// <summary>
    /// The policy of an act on a ticket that the actor may see: why it is not theirs to do, in a sentence for them; null when it is. Whether
    /// the ticket can be acted on as it stands is the ticket's to say.
    /// </summary>
    public static string? WhyNot(this Actor actor, TicketAct act, IOwnedTicket ticket) => act switch
    {
        TicketAct.Reply or TicketAct.AddFile or TicketAct.RequestStatus or TicketAct.Reopen => null,
        TicketAct.Judge => actor.SpeaksForSupport(ticket) ? "Only the customer can accept or reject a resolution." : null,
        TicketAct.Rate => actor.SpeaksForSupport(ticket) ? "Only the customer can rate." : null,
        _ => actor.MayWorkOnTickets() ? null : StaffOnly,
    };

    /// <summary>Whether the actor speaks for support on this ticket rather than as its customer: staff who report something are its customer.</summary>
    public static bool SpeaksForSupport(this Actor actor, IOwnedTicket ticket) => actor.IsStaff && ticket.RequesterId != actor.Id;

    /// <summary>Grading, replying as staff, internal notes, assignment, waiting, workarounds, patches, resolutions; reminders and presence.</summary>
    public static bool MayWorkOnTickets(this Actor actor) => actor.IsStaff;

    /// <summary>Learning which people and organisations there are, beyond those that one's own requests name.</summary>
    public static bool MayLookPeopleUp(this Actor actor) => actor.IsStaff;

    /// <summary>Reading internal notes and other events that customers do not see.</summary>
    public static bool MaySeeInternals(this Actor actor) => actor.IsStaff;

    /// <summary>Compliance figures and recorded moves between policies.</summary>
    public static bool MayManage(this Actor actor) => actor.Role >= Role.Manager;

    /// <summary>Making a person anonymous: customers do it themselves, for staff an administrator does.</summary>
    public static bool MayErase(this Actor actor, string personId, Role role) => actor.MayAdminister() || (actor.Id == personId && role == Role.Customer);

    /// <summary>People, organisations, policies, calendars, tokens of others.</summary>
    public static bool MayAdminister(this Actor actor) => actor.Role == Role.Administrator;
}
