namespace SupportPortal.Domain.People;

/// <summary>Whose a ticket is, as the rules of access need to know it.</summary>
public interface IOwnedTicket
{
    /// <summary>The ticket's id.</summary>
    long Id { get; }

    /// <summary>The person who reported it.</summary>
    string RequesterId { get; }

    /// <summary>The requester's organisation at the report, if any.</summary>
    int? OrganisationId { get; }

    /// <summary>Whether a person watches it.</summary>
    bool IsWatchedBy(string personId);
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
        || (actor.SeesOrganisation && actor.OrganisationId is { } mine && ticket.OrganisationId == mine)
        || ticket.IsWatchedBy(actor.Id);

    /// <summary>
    /// The same rule for a query; the only one there is. The ids are gathered first, each kind by an index of its own: asked of every ticket
    /// in one condition, PostgreSQL would read them all.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="tickets">The tickets that are asked for.</param>
    /// <param name="watched">The ids of the tickets that they watch; not asked for staff.</param>
    public static IQueryable<T> Sees<T>(this Actor actor, IQueryable<T> tickets, IQueryable<long> watched) where T : IOwnedTicket
    {
        if (actor.IsStaff) return tickets;
        var id = actor.Id;
        var seen = tickets.Where(ticket => ticket.RequesterId == id).Select(ticket => ticket.Id);
        if (actor is { SeesOrganisation: true, OrganisationId: { } organisation })
            seen = seen.Union(tickets.Where(ticket => ticket.OrganisationId == organisation).Select(ticket => ticket.Id));
        seen = seen.Union(watched);
        return tickets.Where(ticket => seen.Contains(ticket.Id));
    }

    /// <summary>
    /// The policy of an act on a ticket that the actor may see: why it is not theirs to do, in a sentence for them; null when it is. Whether
    /// the ticket can be acted on as it stands is the ticket's to say.
    /// </summary>
    public static string? WhyNot(this Actor actor, TicketAct act, IOwnedTicket ticket) => act switch
    {
        TicketAct.Reply or TicketAct.AddFile or TicketAct.Watch => null,
        TicketAct.RequestStatus or TicketAct.Reopen => actor.IsStaff || actor.SpeaksForCustomer(ticket) ? null : "Only support and the customer can do this: you follow this request, and can reply.",
        TicketAct.Judge => actor.SpeaksForCustomer(ticket) ? null : "Only the customer can accept or reject a resolution.",
        TicketAct.Rate => actor.SpeaksForCustomer(ticket) ? null : "Only the customer can rate.",
        TicketAct.ChooseFollowers => actor.IsStaff || actor.SpeaksForCustomer(ticket) ? null : "Only support, and people of the organisation that reported this request, can choose who follows it.",
        TicketAct.MovePolicy => actor.MayManage() ? null : "Only managers move requests to another version of the policy.",
        TicketAct.Excuse => actor.MayManage() ? null : "Only managers record exceptions.",
        _ => actor.MayWorkOnTickets() ? null : StaffOnly,
    };

    /// <summary>Whether the actor speaks for support on this ticket rather than as its customer: staff who report something are its customer.</summary>
    public static bool SpeaksForSupport(this Actor actor, IOwnedTicket ticket) => actor.IsStaff && ticket.RequesterId != actor.Id;

    /// <summary>Whether the actor speaks for the customer on this ticket: its requester, or a colleague; not somebody from elsewhere who only watches it.</summary>
    public static bool SpeaksForCustomer(this Actor actor, IOwnedTicket ticket) =>
        ticket.RequesterId == actor.Id || (!actor.IsStaff && actor.OrganisationId is { } mine && ticket.OrganisationId == mine);

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
