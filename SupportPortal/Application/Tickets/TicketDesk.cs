using System.Security.Cryptography;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>What people do with tickets: load, decide in the domain, append once. Every door comes through here.</summary>
public sealed class TicketDesk(TicketStore store, PolicyStore policies, PeopleDirectory people, TimeProvider clock)
{
    // Another server may act on the same ticket again and again; each time, one of the two was first.
    private const int Attempts = 64;
    private const int LongestPause = 20;

    // Acts on one ticket take turns in this process: however many come at once, none has to be decided again and again.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Registers a request. The caller is its requester.</summary>
    public async Task<DeskAnswer> OpenAsync(Actor actor, IncomingRequest request, IdempotencyKey? key = null, CancellationToken cancellation = default)
    {
        if (await FindCallAsync(key, cancellation) is { } before) return before;
        var plan = await people.PlanAsync(actor.OrganisationId, cancellation) ?? SlaPolicy.StandardPlan;
        var (catalogue, now) = (await policies.FreshAsync(cancellation), clock.Now()); // The policy in force at the very instant of the report.
        var report = new Reported(
            Seal(request.Subject.Trim()), Seal(request.Description.Trim()), actor.Id, actor.OrganisationId, request.Channel,
            catalogue.InForce(plan, now).Reference,
            string.IsNullOrWhiteSpace(request.Service) ? null : request.Service.Trim(), request.Impact, request.Workaround)
        { Tags = request.Tags };
        var decision = Ticket.Open(report);
        if (decision.Refusals.Count > 0) return new DeskAnswer.Refused(decision.Refusals);

        var append = new TicketAppend(null, EventAuthor.Of(actor), [.. decision.Facts, .. request.Attachments], now, catalogue.Version, key);
        return await store.AppendAsync(append, cancellation) switch
        {
            AppendAnswer.Appended appended => new DeskAnswer.Done(appended.History),
            AppendAnswer.CalledBefore called => await ReplayAsync(called.Call, key!, cancellation),
            AppendAnswer.FileGone => new DeskAnswer.Refused([Attachments.Gone]),
            _ => await OpenAsync(actor, request, key, cancellation), // Another server took the number, or the same key is being used right now.
        };
    }

    /// <summary>
    /// Acts on a ticket: <paramref name="decide"/> is asked again on fresh state whenever somebody else came first, so that
    /// neither act is lost. A caller that names the version it saw is told instead.
    /// </summary>
    public async Task<DeskAnswer> ActAsync(
        Actor actor, long ticketId, Func<Ticket, Instant, Decision> decide, int? seenVersion = null, IdempotencyKey? key = null, CancellationToken cancellation = default)
    {
        if (await FindCallAsync(key, cancellation) is { } before) return before;
        return await ActAsync(actor, ticketId, (history, now) => decide(history.Ticket, now), seenVersion, key, cancellation);
    }

    /// <summary>The same for an act that its clocks decide on too: the third part folds them as they stand.</summary>
    public async Task<DeskAnswer> ActAsync(
        Actor actor, long ticketId, Func<Ticket, Instant, Func<IReadOnlyList<SlaClock>>, Decision> decide, int? seenVersion = null, IdempotencyKey? key = null, CancellationToken cancellation = default)
    {
        if (await FindCallAsync(key, cancellation) is { } before) return before;
        return await ActAsync(actor, ticketId, (history, now) => decide(history.Ticket, now, () => history.Clocks(policies.Catalogue, now)), seenVersion, key, cancellation);
    }

    /// <summary>The same for what the portal itself does: decided on the whole history, once whatever comes first.</summary>
    internal Task<DeskAnswer> ActAsync(Actor actor, long ticketId, Func<TicketHistory, Instant, Decision> decide, CancellationToken cancellation) =>
        ActAsync(actor, ticketId, decide, null, null, cancellation);

    private async Task<DeskAnswer> ActAsync(
        Actor actor, long ticketId, Func<TicketHistory, Instant, Decision> decide, int? seenVersion, IdempotencyKey? key, CancellationToken cancellation)
    {
        var turn = _turns[(uint)ticketId % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await ActInTurnAsync(actor, ticketId, decide, seenVersion, key, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A ticket as the caller may see it; null when it does not exist for them.</summary>
    public async Task<TicketHistory?> FindAsync(Actor actor, long ticketId, CancellationToken cancellation = default) =>
        await store.LoadAsync(ticketId, cancellation) is { } history && actor.MaySee(history.Ticket) ? history : null;

    /// <summary>What grading would do to the clocks, before anybody confirms it.</summary>
    public (IReadOnlyList<SlaClock> Before, IReadOnlyList<SlaClock> After) PreviewGrade(TicketHistory history, Severity to, Instant? impactSince)
    {
        var now = Instant.Max(clock.Now(), history.Ticket.ChangedAt);
        var change = new SeverityChanged(history.Ticket.Severity, to, impactSince, SealedText.Erased(""));
        var graded = new TicketEvent(history.Ticket.Version + 1, now, EventAuthor.Of(Actor.System), policies.Catalogue.Version, change);
        return (history.Clocks(policies.Catalogue, now), SlaLedger.Fold(policies.Catalogue, history.Happened.Append(graded), now));
    }

    /// <summary>Seals a text under fresh salt.</summary>
    public static SealedText Seal(string text) => SealedText.Seal(text, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    private async Task<DeskAnswer> ActInTurnAsync(
        Actor actor, long ticketId, Func<TicketHistory, Instant, Decision> decide, int? seenVersion, IdempotencyKey? key, CancellationToken cancellation)
    {
        await policies.FreshAsync(cancellation); // What starts here counts by the calendars of today.
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var history = await store.LoadAsync(ticketId, cancellation);
            if (history is null || !actor.MaySee(history.Ticket)) return new DeskAnswer.NotFound(); // One answer: don't reveal that it exists.
            if (seenVersion is { } seen && seen != history.Ticket.Version) return new DeskAnswer.ChangedMeanwhile(history.Ticket.Version);

            var now = Instant.Max(clock.Now(), history.Ticket.ChangedAt);
            var decision = decide(history, now);
            if (decision.Refusals.Count > 0) return await FindCallAsync(key, cancellation) ?? new DeskAnswer.Refused(decision.Refusals); // This very call may have come through meanwhile.
            if (decision.Facts.Count == 0 && key is null) return new DeskAnswer.Done(history); // With a key even nothing is kept, and answered alike later.

            var append = new TicketAppend(history, EventAuthor.Of(actor), decision.Facts, now, policies.Catalogue.Version, key);
            switch (await store.AppendAsync(append, cancellation))
            {
                case AppendAnswer.Appended appended: return new DeskAnswer.Done(appended.History);
                case AppendAnswer.CalledBefore called: return await ReplayAsync(called.Call, key!, cancellation);
                case AppendAnswer.FileGone: return new DeskAnswer.Refused([Attachments.Gone]);
            }

            // Out of step with the other server, or the quicker of the two wins every time. Wall-clock pacing, not domain time.
            await Task.Delay(RandomNumberGenerator.GetInt32(Math.Min(attempt, LongestPause) + 1), cancellation);
        }

        return new DeskAnswer.ChangedMeanwhile(0);
    }

    private async Task<DeskAnswer?> FindCallAsync(IdempotencyKey? key, CancellationToken cancellation) =>
        key is not null && await store.FindCallAsync(key, cancellation) is { } call ? await ReplayAsync(call, key, cancellation) : null;

    private async Task<DeskAnswer> ReplayAsync(IdempotencyRow call, IdempotencyKey key, CancellationToken cancellation)
    {
        if (call.RequestHash != key.RequestHash) return new DeskAnswer.KeyReused();
        var history = await store.LoadAsync(call.TicketId, cancellation)
            ?? throw new InvalidOperationException($"{new TicketNumber(call.TicketId)} was answered before and is gone.");
        return new DeskAnswer.Done(history.AsOf(call.Version), Replayed: true);
    }
}
