using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Attainment of one promise, as it was and as it would have been.</summary>
public sealed record WhatIfLine(Severity Severity, SlaMetric Metric, Attainment Was, Attainment Would);

/// <summary>A request on which more or fewer promises would have been broken.</summary>
public readonly record struct WhatIfRequest(long TicketId, Attainment Was, Attainment Would)
{
    /// <summary>So many more would have been broken; below zero, fewer.</summary>
    public long More => Would.Breached - Was.Breached;
}

/// <summary>What another commitment would have made of a period.</summary>
/// <param name="Requests">How many were replayed.</param>
/// <param name="Lines">Each promise that was or would have been made, gravest severity first.</param>
/// <param name="Worse">On so many requests more would have been broken.</param>
/// <param name="Better">On so many fewer.</param>
/// <param name="Changed">Of both, those that change most; for a page as many as <see cref="WhatIf.MostChanged"/>.</param>
/// <param name="At">The instant at which overdue clocks were judged.</param>
public sealed record WhatIfResult(int Requests, IReadOnlyList<WhatIfLine> Lines, int Worse, int Better, IReadOnlyList<WhatIfRequest> Changed, Instant At)
{
    /// <summary>All promises, as it was.</summary>
    public Attainment Was => Lines.Aggregate(default(Attainment), (sum, line) => sum + line.Was);

    /// <summary>All promises, as it would have been.</summary>
    public Attainment Would => Lines.Aggregate(default(Attainment), (sum, line) => sum + line.Would);
}

/// <summary>Replays a period's events under another policy or other calendars, for managers. Nothing is written.</summary>
public sealed class WhatIf(IDbContextFactory<PortalDb> databases, PolicyStore policies, TimeProvider clock)
{
    /// <summary>So many requests are listed at most.</summary>
    public const int MostChanged = 500;

    private const int Batch = 500;

    // What neither a clock nor whoever has the ticket depends on.
    private static readonly string[] Beside = [.. new[] { typeof(NoteAdded), typeof(AttachmentAdded), typeof(WatcherAdded), typeof(WatcherRemoved), typeof(CopyAdded), typeof(CopyRemoved), typeof(Rated), typeof(ExceptionProposed), typeof(ExceptionApproved), typeof(ExceptionWithdrawn) }.Select(FactJson.TypeOf)];

    /// <summary>Replays the requests that were reported in a period and whose plan is the policy's.</summary>
    /// <param name="actor">Who asks: a manager.</param>
    /// <param name="period">When they were reported.</param>
    /// <param name="policy">The commitment to try; its name says whose requests.</param>
    /// <param name="calendars">The calendars to try it on.</param>
    /// <param name="progress">Told as batches are done.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public async Task<WhatIfResult> RunAsync(
        Actor actor, CompliancePeriod period, SlaPolicy policy, IEnumerable<BusinessCalendar> calendars, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        if (!actor.MayManage()) throw new UnauthorizedAccessException("What-if is managers'.");
        return await ReplayAsync([.. (await IdsAsync(period, cancellation)).Select(id => (id, int.MaxValue))], new SlaTrial(policy, [.. calendars]), clock.Now(), MostChanged, progress, cancellation);
    }

    /// <summary>Replays these requests, in their order, as these versions left them.</summary>
    internal async Task<WhatIfResult> ReplayAsync(
        IReadOnlyList<(long Id, int Version)> tickets, SlaTrial trial, Instant now, int most, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        var (policy, replay, done) = (trial.Policy, new Replay(trial.Policy, trial.Calendars), 0);
        var sums = new ConcurrentBag<WhatIfSum>();
        progress?.Report(new(0, tickets.Count));
        await Parallel.ForEachAsync(tickets.Chunk(Batch), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, async (batch, stop) =>
        {
            if (!sums.TryTake(out var sum)) sum = new WhatIfSum(policy.Name, replay, now);
            foreach (var events in await EventsAsync(batch, stop)) sum.Add(events.Key, events.Value, policies.Catalogue);
            sums.Add(sum);
            progress?.Report(new(Interlocked.Add(ref done, batch.Length), tickets.Count));
        });
        return WhatIfSum.Together(sums, now, most);
    }

    private async Task<long[]> IdsAsync(CompliancePeriod period, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (start, end) = (period.Start, period.End);
        var ids = await db.Set<TicketRow>().Where(t => t.ReportedAt >= start && t.ReportedAt < end).Select(t => t.Id).ToArrayAsync(cancellation);
        Array.Sort(ids);
        return ids;
    }

    private async Task<IReadOnlyList<KeyValuePair<long, List<TicketEvent>>>> EventsAsync((long Id, int Version)[] tickets, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // Numbers that follow each other are one range of the index; the few in between that were not asked for are left aside.
        var (first, last, wanted) = (tickets[0].Id, tickets[^1].Id, tickets.ToDictionary(ticket => ticket.Id, ticket => ticket.Version));
        var rows = await db.Set<EventRow>().AsNoTracking().Where(e => e.TicketId >= first && e.TicketId <= last && !Beside.Contains(e.Type)).OrderBy(e => e.TicketId).ThenBy(e => e.Version)
            .Select(e => new { e.TicketId, e.Version, e.Type, e.At, e.ActorId, e.ActorRole, e.Catalogue, e.Data }).ToListAsync(cancellation);
        if (rows.Count > 0) await policies.KnowAsync(rows.Max(e => e.Catalogue), cancellation); // Another process may have published since.
        var histories = new List<KeyValuePair<long, List<TicketEvent>>>(tickets.Length);
        foreach (var row in rows.Where(row => wanted.TryGetValue(row.TicketId, out var version) && row.Version <= version))
        {
            if (histories.Count == 0 || histories[^1].Key != row.TicketId) histories.Add(new(row.TicketId, []));
            histories[^1].Value.Add(new TicketEvent(row.Version, row.At, new EventAuthor(row.ActorId, row.ActorRole), row.Catalogue, FactJson.Read(row.Type, row.Data, texts: null)));
        }

        return histories;
    }
}

/// <summary>What some of the replayed requests come to.</summary>
internal sealed class WhatIfSum(string plan, Replay replay, Instant now)
{
    private readonly Dictionary<(Severity Severity, SlaMetric Metric), (Attainment Was, Attainment Would)> _lines = [];
    private readonly List<WhatIfRequest> _changed = [];
    private int _requests;
    private int _worse;
    private int _better;

    public void Add(long id, List<TicketEvent> events, SlaCatalogue catalogue)
    {
        if (Plan(events) != plan) return;
        _requests++;
        var (holders, at) = (new TicketHolders(events), Instant.Max(now, events[^1].At));
        var was = Count(ClockOutcome.Of(SlaLedger.Fold(catalogue, events, at), holders), isAsItWas: true);
        var would = Count(ClockOutcome.Of(Replayed(id, events, at), holders), isAsItWas: false);
        if (was == would) return;
        var request = new WhatIfRequest(id, was, would);
        if (request.More > 0) _worse++;
        else if (request.More < 0) _better++;
        else return; // Another number of kept ones alone.
        _changed.Add(request);
    }

    /// <exception cref="InvalidOperationException">Its events cannot be judged under that commitment: they were tampered with. Names the request.</exception>
    private IReadOnlyList<SlaClock> Replayed(long id, List<TicketEvent> events, Instant at)
    {
        try
        {
            return replay.Fold(events, at);
        }
        catch (ArgumentOutOfRangeException outside)
        {
            throw new InvalidOperationException($"{new TicketNumber(id)} cannot be replayed: {outside.Message}", outside);
        }
    }

    public static WhatIfResult Together(IReadOnlyCollection<WhatIfSum> sums, Instant now, int most) => new(
        sums.Sum(sum => sum._requests),
        [.. sums.SelectMany(sum => sum._lines).GroupBy(line => line.Key).OrderBy(line => line.Key)
            .Select(line => new WhatIfLine(line.Key.Severity, line.Key.Metric, Sum(line.Select(l => l.Value.Was)), Sum(line.Select(l => l.Value.Would))))],
        sums.Sum(sum => sum._worse),
        sums.Sum(sum => sum._better),
        [.. sums.SelectMany(sum => sum._changed).OrderByDescending(request => Math.Abs(request.More)).ThenByDescending(request => request.TicketId).Take(most)],
        now);

    /// <summary>Of the version that the request was last moved to, or reported under.</summary>
    private static string? Plan(List<TicketEvent> events)
    {
        var moved = events.FindLast(happened => happened.Fact is PolicyMoved)?.Fact as PolicyMoved;
        return moved?.Policy.Name ?? (events[0].Fact as Reported)?.Policy.Name;
    }

    private Attainment Count(IReadOnlyList<ClockOutcome> outcomes, bool isAsItWas)
    {
        var all = default(Attainment);
        foreach (var outcome in outcomes)
        {
            all += outcome.Attainment;
            var (was, would) = _lines.GetValueOrDefault((outcome.Severity, outcome.Metric));
            _lines[(outcome.Severity, outcome.Metric)] = isAsItWas ? (was + outcome.Attainment, would) : (was, would + outcome.Attainment);
        }

        return all;
    }

    private static Attainment Sum(IEnumerable<Attainment> some) => some.Aggregate(default(Attainment), (sum, one) => sum + one);
}
