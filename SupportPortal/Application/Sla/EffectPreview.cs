using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>What a move or an edit would do to the open tickets: the same events that would be recorded, folded and thrown away.</summary>
public sealed class EffectPreview(OpenHistories open, PolicyStore policies, TimeProvider clock)
{
    /// <summary>What moving the open tickets of a plan to this version would do now, though it be a draft or not yet in force.</summary>
    public async Task<Effect> OfPolicyAsync(SlaPolicy to, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        var moved = new PolicyMoved(to.Reference);
        return await SumAsync(
            catalogue => catalogue.Policies.Any(policy => policy.Reference == to.Reference) ? catalogue : catalogue.With(to),
            (history, _, _) => history.Ticket.Policy.Name == to.Name && history.Ticket.Policy != to.Reference ? [moved] : [], progress, cancellation);
    }

    /// <summary>What publishing this version of a calendar would do now to the clocks that run on it.</summary>
    public Task<Effect> OfCalendarAsync(BusinessCalendar calendar, IProgress<Progress>? progress = null, CancellationToken cancellation = default) => SumAsync(
        catalogue => catalogue.With(calendar),
        (history, catalogue, now) => [.. SlaLedger.EditedCalendars(catalogue, history.Events, now).Where(name => name == calendar.Name).Select(name => new CalendarChanged(name))],
        progress, cancellation);

    private async Task<Effect> SumAsync(
        Func<SlaCatalogue, SlaCatalogue> change, Func<OpenHistory, SlaCatalogue, Instant, IReadOnlyList<TicketFact>> facts, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        await policies.RefreshAsync(cancellation);
        var (now, known) = (clock.Now(), policies.Catalogue);
        var (sum, catalogue) = (new EffectSum(now), change(known));
        await foreach (var history in open.ReadAsync(progress: progress, cancellation: cancellation))
        {
            if (policies.Catalogue.Version != known.Version) (known, catalogue) = (policies.Catalogue, change(policies.Catalogue)); // An event named a version that was not known.
            var at = Instant.Max(now, history.Ticket.ChangedAt);
            if (facts(history, catalogue, at) is not { Count: > 0 } happens) continue;
            var after = history.Events.Concat(happens.Select((fact, i) => new TicketEvent(history.Ticket.Version + 1 + i, at, EventAuthor.Of(Actor.System), catalogue.Version, fact)));
            sum.Add(history.Ticket, ClockChange.Between(SlaLedger.Fold(catalogue, history.Events, at), SlaLedger.Fold(catalogue, after, at)));
        }

        return sum.Total();
    }
}
