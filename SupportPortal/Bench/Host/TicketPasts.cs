using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Bench.Host;

/// <summary>Tickets whose clocks the bench chooses: some on which nothing is due for hours, some due at an instant.</summary>
internal sealed class TicketPasts(Actor customer, Actor agent, PolicyStore policies, Instant now)
{
    private static readonly Duration FirstResponse = Duration.FromHours(24); // At Severity 3.

    public static async Task<TicketPasts> OfAsync(Floors floors)
    {
        var desk = floors.Of<PeopleDesk>();
        var (customer, agent) = (await desk.FindByEmailAsync(People.Customer), await desk.FindByEmailAsync(People.Agent));
        return new TicketPasts(customer!.ToActor(), agent!.ToActor(), floors.Of<PolicyStore>(), floors.Of<TimeProvider>().Now());
    }

    /// <summary>
    /// Reported within the last minutes. In ten: four nobody has looked at (24 h to answer), three confirmed (the same), one graded
    /// Severity 2 and answered (12 h to the next update, so a reminder in 6 h), two answered (no clock).
    /// </summary>
    public IReadOnlyList<TicketEvent> Quiet(int index)
    {
        var past = Report(index, now - Duration.FromSeconds(30 + index % 270));
        return (index % 10) switch
        {
            < 4 => past,
            < 7 => past.Then(agent, Confirm),
            7 => past.Then(agent, t => t.Grade(agent, Severity.High, Say("Many are slowed down by it."), null, now)).Then(agent, Answer),
            _ => past.Then(agent, Confirm).Then(agent, Answer),
        } is { Events: var events } ? events : [];
    }

    /// <summary>Confirmed, nobody's, and its first response due at <paramref name="due"/>: the whole desk is reminded.</summary>
    public IReadOnlyList<TicketEvent> DueAt(int index, Instant due) =>
        Report(index, due - FirstResponse).Then(agent, Confirm).Events;

    /// <summary>The same, with its first reminder, half of the time left, at <paramref name="at"/>, and the next six hours later.</summary>
    public IReadOnlyList<TicketEvent> RemindedAt(int index, Instant at) => DueAt(index, at + FirstResponse / 2);

    private TicketPast Report(int index, Instant at)
    {
        var report = new Reported(Say($"Export {index} stops before it is done"), Say("Since this morning it stops at 99 %. We see no error."),
            customer.Id, customer.OrganisationId, Channel.Api, policies.Current.Reference, "Reporting", Impact.PartialOrMinor, Workaround.ShortTerm);
        return new TicketPast(customer, report, at.TruncatedToMicroseconds(), Instant.MaxValue, policies.Catalogue.Version);
    }

    private Decision Confirm(Ticket ticket) => ticket.Grade(agent, Severity.Normal, null, null, now);

    private Decision Answer(Ticket ticket) => ticket.Reply(agent, Say("We see it too and are on it."));

    private static SealedText Say(string text) => TicketDesk.Seal(text);
}
