using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>What <c>POST /api/v1/sla/preview</c> asks: the fold of any history, under any policy and calendars.</summary>
/// <param name="Policy">Left out: the policy in force.</param>
/// <param name="Calendars">Beside the portal's own; one of the same name stands in for it.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Now">The instant at which to judge.</param>
public sealed record PreviewRequest(PolicyView? Policy, IReadOnlyList<CalendarSpec?>? Calendars, IReadOnlyList<PreviewEvent?>? Events, string? Now);

/// <summary>The clocks, in the order in which they started.</summary>
public sealed record PreviewAnswer(IReadOnlyList<ClockView> Clocks);

/// <summary>The fold on any history: the same one that the tickets go through.</summary>
public static class SlaPreview
{
    /// <summary>The clocks, or everything that is wrong with the request, each with its field (<c>events[3].at</c>).</summary>
    /// <param name="inForce">The policy for a request that names none.</param>
    /// <param name="live">The portal's own calendars.</param>
    public static (PreviewAnswer? Answer, IReadOnlyList<Refusal> Refusals) Fold(
        PreviewRequest request, SlaPolicy inForce, IReadOnlyDictionary<string, BusinessCalendar> live)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(inForce);
        var refusals = new List<Refusal>();
        var calendars = SlaTrial.ReadCalendars(request.Calendars ?? [], live, refusals);
        var facts = new PreviewHistory(refusals).Read(request.Events);
        var now = Now(request.Now, facts.Count > 0 ? facts[^1].At : null, refusals);

        // A policy is judged once its calendars and the time are known, or it would be blamed for what is wrong with them.
        var policy = refusals.Count == 0 ? SlaTrial.ReadPolicy(request.Policy, inForce, calendars, now, refusals) : null;
        if (policy is null) return (null, refusals);

        var catalogue = calendars.Values.Aggregate(SlaCatalogue.Empty, (known, calendar) => known.With(calendar)).With(policy);
        var clocks = SlaLedger.Fold(catalogue, PreviewHistory.Events(facts, policy, catalogue.Version), now);
        return (new PreviewAnswer([.. clocks.Select(ClockView.Of)]), []);
    }

    private static Instant Now(string? text, Instant? last, List<Refusal> refusals)
    {
        if (!PreviewHistory.TryReadInstant("now", text, refusals, out var now)) return default;
        if (now < last) refusals.Add(new("now", "Now is not before the last event."));
        return now;
    }
}
