using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Verification;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reports;

/// <summary>A ticket and the version that a report counts.</summary>
public readonly record struct CountedTicket(long Id, int Version);

/// <summary>A ticket as some version left it: what its row and its clocks were then.</summary>
internal sealed record PastTicket(TicketRow Row, IReadOnlyList<ClockRow> Clocks);

/// <summary>Tickets as they were, folded from their events alone: some at a time, however many there are.</summary>
internal sealed class PastTickets(IDbContextFactory<PortalDb> databases, PolicyStore policies)
{
    private const int Batch = 500;

    /// <summary>These tickets as those versions left them, in their order.</summary>
    /// <param name="tickets">Which, by their numbers.</param>
    /// <param name="withSubjects">Whether their subjects are wanted too.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="InvalidOperationException">A ticket's events cannot be read: the store is damaged.</exception>
    public async IAsyncEnumerable<IReadOnlyList<PastTicket>> OfAsync(IReadOnlyList<CountedTicket> tickets, bool withSubjects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var versions = tickets.ToDictionary(ticket => ticket.Id, ticket => ticket.Version);
        await foreach (var some in InOrderAsync(tickets.Chunk(Batch), ReadAsync, cancellation)) yield return some;

        async Task<IReadOnlyList<PastTicket>> ReadAsync(CountedTicket[] chunk)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var past = new List<PastTicket>(chunk.Length);
            foreach (var (id, events, subject) in await EventsAsync(db, Among([.. chunk.Select(ticket => ticket.Id)]), e => versions.TryGetValue(e.TicketId, out var version) && e.Version <= version, withSubjects, cancellation))
                past.Add(Fold(id, events, subject) ?? throw new InvalidOperationException($"The events of {new TicketNumber(id)} cannot be read. The verb verify tells more."));
            return past;
        }
    }

    /// <summary>Every ticket, or an organisation's, as the events that a report knew left it; and what is wrong with the events of any: a broken chain, or that they cannot be read.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<PastTicket> Tickets, IReadOnlyList<string> Damages)> AllAsync(ReportHead head, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var organisation = head.Scope.Filter.OrganisationId;
        long last;
        await using (var db = await databases.CreateDbContextAsync(cancellation)) last = await db.Set<Counter>().Where(c => c.Name == Counter.Tickets).Select(c => c.Value).SingleAsync(cancellation);
        var batches = Enumerable.Range(0, (int)Math.Max(0, (last - TicketNumber.First + Batch) / Batch)).Select(batch => TicketNumber.First + ((long)batch * Batch));
        await foreach (var some in InOrderAsync(batches, ReadAsync, cancellation)) yield return some;

        async Task<(IReadOnlyList<PastTicket>, IReadOnlyList<string>)> ReadAsync(long from)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var (past, damages) = (new List<PastTicket>(), new List<string>());
            foreach (var (id, events, _) in await EventsAsync(db, (from, from + Batch - 1, null), _ => true, withSubjects: false, cancellation))
            {
                damages.AddRange(TicketCheck.Chain(id, events).Select(line => $"{new TicketNumber(id)}: {line}."));
                if (events.Where(e => e.Position <= head.UpTo && !head.Missing.Any(range => e.Position >= range.First && e.Position <= range.Last)).ToList() is not { Count: > 0 } known) continue;
                if (Fold(id, known, texts: null) is not { } ticket) damages.Add($"{new TicketNumber(id)}: its events cannot be read.");
                else if (organisation is null || (ticket.Row.OrganisationId ?? 0) == organisation) past.Add(ticket);
            }

            return (past, damages);
        }
    }

    /// <summary>The hashes of these versions, in the order of the tickets: the heads of their chains as a report knew them. Null where there is no such event.</summary>
    public async IAsyncEnumerable<(CountedTicket Ticket, string? Hash)> HashesAsync(IReadOnlyList<CountedTicket> tickets, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in InOrderAsync(tickets.Chunk(Batch), ReadAsync, cancellation))
        {
            foreach (var one in some) yield return one;
        }

        async Task<IReadOnlyList<(CountedTicket, string?)>> ReadAsync(CountedTicket[] chunk)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var hashes = await Of(db, Among([.. chunk.Select(ticket => ticket.Id)])).Select(e => new { e.TicketId, e.Version, e.Hash })
                .ToDictionaryAsync(e => new CountedTicket(e.TicketId, e.Version), e => e.Hash, cancellation);
            return [.. chunk.Select(ticket => (ticket, hashes.GetValueOrDefault(ticket)))];
        }
    }

    /// <summary>Some batches at once, handed on in their order.</summary>
    private static async IAsyncEnumerable<TResult> InOrderAsync<T, TResult>(IEnumerable<T> batches, Func<T, Task<TResult>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in batches.Chunk(Environment.ProcessorCount))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var done in await Task.WhenAll(some.Select(batch => Task.Run(() => read(batch), cancellation)))) yield return done;
        }
    }

    private async Task<IReadOnlyList<(long Id, List<EventRow> Events, string? Subject)>> EventsAsync(
        PortalDb db, (long First, long Last, long[]? Ids) among, Func<EventRow, bool> isKnown, bool withSubjects, CancellationToken cancellation)
    {
        var (from, to, ids) = among;
        var rows = await Of(db, among).AsNoTracking().OrderBy(e => e.TicketId).ThenBy(e => e.Version).ToListAsync(cancellation);
        if (rows.Count > 0) await policies.KnowAsync(rows.Max(e => e.Catalogue), cancellation); // Another process may have published since.
        var texts = !withSubjects ? [] : await (ids is null ? db.Set<EventTextRow>().Where(t => t.TicketId >= from && t.TicketId <= to) : db.Set<EventTextRow>().Where(t => ids.Contains(t.TicketId)))
            .Where(t => t.Version == 1).ToDictionaryAsync(t => t.TicketId, t => t.Texts, cancellation);
        return [.. rows.Where(isKnown).GroupBy(e => e.TicketId).Select(ticket => (ticket.Key, ticket.ToList(), texts.GetValueOrDefault(ticket.Key)))];
    }

    private static IQueryable<EventRow> Of(PortalDb db, (long First, long Last, long[]? Ids) among)
    {
        var (first, last, ids) = among;
        return ids is null ? db.Set<EventRow>().Where(e => e.TicketId >= first && e.TicketId <= last) : db.Set<EventRow>().Where(e => ids.Contains(e.TicketId));
    }

    /// <summary>Numbers that follow each other are one range of the index; those that lie far apart are looked up one by one.</summary>
    private static (long First, long Last, long[]? Ids) Among(long[] ids) => (ids[0], ids[^1], ids[^1] - ids[0] < 4L * ids.Length ? null : ids);

    private PastTicket? Fold(long id, List<EventRow> rows, string? texts)
    {
        try
        {
            TicketEvent[] events = [.. rows.Select(row => TicketStore.Stored(row, row.Version == 1 ? texts : null).Event)];
            var (ticket, clocks) = TicketProjection.Of(policies.Catalogue, Ticket.Fold(id, events), events, rows[^1].Hash);
            // No event of ours says another severity or organisation; what counts by them could not.
            return Enum.IsDefined(ticket.Severity) && ticket.OrganisationId is null or > 0 && clocks.All(clock => clock.DueSeverity is not { } severity || Enum.IsDefined(severity)) ? new PastTicket(ticket, clocks) : null;
        }
        catch (Exception damaged) when (damaged is not OperationCanceledException) // A tampered event may be anything; whoever asks names the ticket.
        {
            return null;
        }
    }
}
