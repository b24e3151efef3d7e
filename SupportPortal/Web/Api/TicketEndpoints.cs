using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>Opening, listing and reading tickets.</summary>
internal static class TicketEndpoints
{
    public static void MapTickets(this RouteGroupBuilder tickets)
    {
        tickets.MapPost("", (HttpContext context, TicketCall call) => call.OpenAsync(context))
            .Describe<NewTicketBody, TicketView>("openTicket", "Open a ticket", StatusCodes.Status201Created);
        tickets.MapGet("", ListAsync).Describe<PageView<TicketView>>("listTickets", "List tickets, in the order of what is due next");
        tickets.MapGet("/{number}", FindAsync).Describe<TicketView>("readTicket", "Read a ticket");
        tickets.MapGet("/{number}/events", EventsAsync).Describe<PageView<EventView>>("readEvents", "Read a ticket's chain of events; customers see the public ones");
    }

    private static async Task<IResult> ListAsync(HttpContext context, [AsParameters] TicketListCall asked, TicketQueries queries, TicketViews views, PeopleDirectory people, PeopleDesk desk)
    {
        var actor = context.User.RequireActor();
        var (filter, paging, refusals) = await asked.ReadAsync(actor, people, desk, context.RequestAborted);
        if (refusals.Count > 0) return Problems.BadInput(refusals);
        var page = await queries.ListWithClocksAsync(actor, filter, paging.After, paging.Limit, context.RequestAborted);
        return Answer(await views.OfAsync(page, context.RequestAborted));
    }

    private static async Task<IResult> FindAsync(HttpContext context, string number, TicketReader reader, TicketViews views)
    {
        if (!TicketNumber.TryParse(number, out var ticket)
            || await reader.FindAsync(context.User.RequireActor(), ticket.Id, context.RequestAborted) is not { } found) return Problems.NotFound();
        var view = await views.OfAsync(found, context.RequestAborted);
        CallHeaders.TellVersion(context.Response, view.Version);
        return Answer(view);
    }

    private static async Task<IResult> EventsAsync(HttpContext context, string number, [AsParameters] PageCall asked, TicketReader reader, TicketViews views)
    {
        var refusals = new List<Refusal>();
        var known = TicketNumber.TryParse(number, out var ticket);
        var paging = asked.Read(refusals);
        if (paging.After is { } after && after.Id != ticket.Id) refusals.Add(PageCall.BadCursor);
        if (!known) return Problems.NotFound();
        if (refusals.Count > 0) return Problems.BadInput(refusals);

        var events = await reader.EventsAsync(
            context.User.RequireActor(), ticket.Id, (int)Math.Clamp(paging.After?.Key ?? 0, 0, int.MaxValue), paging.Limit + 1, context.RequestAborted);
        if (events is null) return Problems.NotFound();
        var page = events.Count <= paging.Limit
            ? new Page<StoredEvent>(events, null)
            : new Page<StoredEvent>([.. events.Take(paging.Limit)], new ListCursor(events[paging.Limit - 1].Event.Version, ticket.Id));
        return Answer(await views.OfAsync(page, context.RequestAborted));
    }

    private static JsonAnswer<T> Answer<T>(T value) => new(value);
}
