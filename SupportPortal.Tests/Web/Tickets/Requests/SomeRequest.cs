using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Web.Tickets.Requests;

/// <summary>A customer's request as its facts made it, a minute apart.</summary>
internal static class SomeRequest
{
    public static readonly Instant Monday = Instant.FromUtc(2030, 1, 7, 9, 0);
    public static readonly Actor Casey = new("casey", Role.Customer, 1);
    public static readonly Actor Robin = new("robin", Role.Customer, 1);
    public static readonly Actor Ada = new("ada", Role.Agent);

    public static readonly Dictionary<string, Person> Names = new()
    {
        ["casey"] = new("casey", "Casey Customer", Role.Customer, 1),
        ["robin"] = new("robin", "Robin Reporter", Role.Customer, 1),
        ["ada"] = new("ada", "Ada Agent", Role.Agent, null),
    };

    public static SealedText Text(string text) => SealedText.Seal(text, "00");

    /// <summary>Reported by Casey at nine on Monday; then these, each a minute after the one before unless it belongs to it.</summary>
    public static TicketHistory With(params IEnumerable<(Actor By, TicketFact Fact)> facts)
    {
        var report = new Reported(Text("It broke"), Text("Quite."), Casey.Id, 1, Channel.Portal, SlaPolicy.Commitment.Reference);
        List<TicketEvent> events = [new(1, Monday, EventAuthor.Of(Casey), 2, report)];
        foreach (var (by, fact) in facts)
        {
            var at = fact is AttachmentAdded ? events[^1].At : events[^1].At + Duration.FromMinutes(1);
            events.Add(new(events.Count + 1, at, EventAuthor.Of(by), 2, fact));
        }

        return new TicketHistory(Ticket.Fold(10001, events), [.. events.Select(e => new StoredEvent(e.Version, e, "", ""))]);
    }
}
