using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>What a caller asks of a ticket: who acts, with what, on which ticket and when; its clocks are folded when they are asked for.</summary>
internal readonly record struct Act<T>(Actor By, T Body, Ticket Ticket, Instant Now, Func<IReadOnlyList<SlaClock>> Clocks);

/// <summary>A call that does something to a ticket: reads it, hands it to the desk, tells what became of it.</summary>
internal sealed class TicketCall(TicketDesk desk, TicketQueries queries, TicketViews views)
{
    /// <summary>Opens a ticket.</summary>
    public async Task<IResult> OpenAsync(HttpContext context)
    {
        var heard = await JsonBody.ReadAsync(context, NewTicketBody.Read);
        if (heard.Refused is { } unread) return unread;
        var actor = context.User.RequireActor();
        var (key, unusable) = CallHeaders.ReadKey(context.Request, actor, heard.Digest);
        if (unusable is not null) return unusable;
        var answer = await desk.OpenAsync(actor, heard.Value!.ToRequest(), key, context.RequestAborted);
        if (answer is not DeskAnswer.Done done) return await RefuseAsync(answer, actor, 0, context);

        context.Response.Headers.Location = $"{PortalApi.Root}/tickets/{new TicketNumber(done.History.Ticket.Id)}";
        return await TellAsync(done, StatusCodes.Status201Created, context);
    }

    /// <summary>Acts on a ticket by a decision of the domain.</summary>
    public Task<IResult> ActAsync<T>(HttpContext context, string number, TicketAct act, Func<JsonFields, T> read, Func<Act<T>, Decision> decide) =>
        ActAsync(context, number, act, read, (_, body) => ValueTask.FromResult<(T, Refusal?)>((body, null)), decide);

    /// <summary>The same, where the body has to be completed from what is stored.</summary>
    /// <param name="complete">Answers the body that the decision is about, or why there is none.</param>
    public async Task<IResult> ActAsync<T>(
        HttpContext context, string number, TicketAct act, Func<JsonFields, T> read, Func<Actor, T, ValueTask<(T Body, Refusal? Refused)>> complete, Func<Act<T>, Decision> decide)
    {
        if (!TicketNumber.TryParse(number, out var ticket)) return Problems.NotFound();
        var actor = context.User.RequireActor();
        var (seen, malformed) = CallHeaders.ReadSeenVersion(context.Request);
        if (malformed is not null) return await AfterRightsAsync(malformed, actor, ticket.Id, act, context);
        var heard = await JsonBody.ReadAsync(context, read, mayBeEmpty: typeof(T) == typeof(EmptyBody));
        if (heard.Refused is { } unread) return await AfterRightsAsync(unread, actor, ticket.Id, act, context);
        var (key, unusable) = CallHeaders.ReadKey(context.Request, actor, heard.Digest);
        if (unusable is not null) return await AfterRightsAsync(unusable, actor, ticket.Id, act, context);

        var (body, refused) = await complete(actor, heard.Value!);
        var answer = await desk.ActAsync(
            actor, ticket.Id, (current, now, clocks) => refused is null ? decide(new Act<T>(actor, body, current, now, clocks)) : Decision.Refused(refused), seen, key, context.RequestAborted);
        return answer is DeskAnswer.Done done ? await TellAsync(done, StatusCodes.Status200OK, context) : await RefuseAsync(answer, actor, ticket.Id, context);
    }

    /// <summary>
    /// The answer to a call that could not be understood, for whoever may make it. Whoever may not is answered alike whatever they
    /// send; asked only here, as the desk asks it of every call that was understood.
    /// </summary>
    public async Task<IResult> AfterRightsAsync(IResult misunderstood, Actor actor, long ticketId, TicketAct act, HttpContext context)
    {
        if (await queries.FindAsync(actor, ticketId, context.RequestAborted) is not { } ticket) return Problems.NotFound();
        return actor.WhyNot(act, ticket.Row) is { } why ? Problems.NotAllowed(why) : misunderstood;
    }

    private async Task<IResult> TellAsync(DeskAnswer.Done done, int status, HttpContext context)
    {
        var view = await views.OfAsync(done.History, context.RequestAborted);
        CallHeaders.TellVersion(context.Response, view.Version);
        return new JsonAnswer<TicketView>(view, status);
    }

    /// <summary>Tells why the desk did not do it.</summary>
    public async Task<IResult> RefuseAsync(DeskAnswer answer, Actor actor, long ticketId, HttpContext context)
    {
        switch (answer)
        {
            case DeskAnswer.NotFound:
                return Problems.NotFound();
            case DeskAnswer.KeyReused:
                return Problems.KeyReused();
            case DeskAnswer.ChangedMeanwhile:
                return Problems.Conflict("Somebody else changed the ticket since the version that you saw.", await VersionAsync(actor, ticketId, context));
        }

        var refusals = ((DeskAnswer.Refused)answer).Refusals;
        if (refusals.FirstOrDefault(r => r.Kind == RefusalKind.NotAllowed) is { } notAllowed) return Problems.NotAllowed(notAllowed.Message);
        return refusals.FirstOrDefault(r => r.Kind == RefusalKind.NotNow) is { } notNow
            ? Problems.Conflict(notNow.Message, await VersionAsync(actor, ticketId, context))
            : Problems.BadInput(refusals);
    }

    private async Task<int> VersionAsync(Actor actor, long ticketId, HttpContext context) =>
        (await queries.FindAsync(actor, ticketId, context.RequestAborted))?.Row.Version ?? 0;
}
