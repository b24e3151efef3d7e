using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Compliance;

/// <summary>
/// What happened, under another commitment: the same events at the same instants, as if a policy and calendars had been in force from the
/// beginning. Moves between policies and edits of calendars are left out: there is but one of each.
/// </summary>
public sealed class Replay
{
    private readonly SlaPolicy _policy;
    private readonly SlaCatalogue _catalogue;

    /// <summary>Under a policy and the calendars that it names.</summary>
    public Replay(SlaPolicy policy, IEnumerable<BusinessCalendar> calendars)
    {
        _policy = policy;
        _catalogue = calendars.Aggregate(SlaCatalogue.Empty, (catalogue, calendar) => catalogue.With(calendar)).With(policy);
    }

    /// <summary>A ticket's clocks, judged at an instant not before its last event.</summary>
    public IReadOnlyList<SlaClock> Fold(IReadOnlyList<TicketEvent> events, NodaTime.Instant now) => SlaLedger.Fold(_catalogue, Events(events), now);

    private List<TicketEvent> Events(IReadOnlyList<TicketEvent> events)
    {
        var replayed = new List<TicketEvent>(events.Count);
        foreach (var happened in events)
        {
            switch (happened.Fact)
            {
                case PolicyMoved or CalendarChanged: break;
                case Reported report: replayed.Add(happened with { Catalogue = _catalogue.Version, Fact = report with { Policy = _policy.Reference } }); break;
                default: replayed.Add(happened with { Catalogue = _catalogue.Version }); break;
            }
        }

        return replayed;
    }
}
