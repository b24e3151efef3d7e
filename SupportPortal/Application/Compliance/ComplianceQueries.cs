using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>The figures of compliance, for managers.</summary>
public sealed class ComplianceQueries(ComplianceStore store, PolicyStore policies, PeopleDirectory people, IDbContextFactory<PortalDb> databases)
{
    /// <summary>Everything that the page of compliance shows of a period.</summary>
    public Task<ComplianceFigures> FiguresAsync(Actor actor, ComplianceFilter filter, PeriodUnit unit, CancellationToken cancellation = default) =>
        ReadAsync(actor, (facts, now) => FigureCounter.Count(facts, filter, unit, now, policies.Catalogue), cancellation);

    /// <summary>Attainment told apart by any dimensions; what nothing fell due for has no row.</summary>
    public async Task<(IReadOnlyList<ComplianceRow> Rows, Instant At)> TableAsync(Actor actor, ComplianceFilter filter, IReadOnlyCollection<ComplianceDimension> by, CancellationToken cancellation = default)
    {
        IReadOnlyCollection<ComplianceDimension> counted = by.Contains(ComplianceDimension.Team) ? [.. by.Append(ComplianceDimension.Agent).Distinct()] : by;
        var (rows, at) = await ReadAsync(actor, (facts, now) => (ComplianceTable.Of(facts, filter, counted, now, policies.Catalogue), now), cancellation);
        return by.Contains(ComplianceDimension.Team) ? (ComplianceTable.ByTeam(rows, await people.TeamsAsync(cancellation), by.Contains(ComplianceDimension.Agent)), at) : (rows, at);
    }

    /// <summary>The very clocks that a figure counts, a page of them.</summary>
    public Task<CountedClocks> ClocksAsync(Actor actor, ComplianceFilter filter, ClockCursor? after, int limit, CancellationToken cancellation = default) =>
        ReadAsync(actor, (facts, now) => PageCounter.Page(facts, filter, after, limit, now, policies.Catalogue), cancellation);

    /// <summary>The breaches whose exception has come so far, whenever they fell due; a page of them, the latest first.</summary>
    public Task<CountedClocks> ExceptionsAsync(Actor actor, ExceptionState state, int limit, CancellationToken cancellation = default) =>
        ClocksAsync(actor, new() { Period = new(Instant.MinValue, Instant.MaxValue, DateTimeZone.Utc), Exception = state }, after: null, limit, cancellation);

    /// <summary>What figures can be narrowed to: organisations, services and people that any request has or had.</summary>
    public Task<(IReadOnlyList<int> Organisations, IReadOnlyList<string> Services, IReadOnlyList<string> People)> ChoicesAsync(Actor actor, CancellationToken cancellation = default) =>
        ReadAsync(actor, (facts, _) => (facts.Organisations, facts.Services.All, facts.People.All), cancellation);

    /// <summary>The very requests that a figure of whole requests counts, a page of them.</summary>
    public async Task<(CountedRequests Page, IReadOnlyList<TicketRow> Rows)> RequestsAsync(
        Actor actor, ComplianceFilter filter, RequestQuestion question, long? before, int limit, CancellationToken cancellation = default)
    {
        var page = await ReadAsync(actor, (facts, now) => CountedRequests.Page(facts, filter, question, before, limit, now), cancellation);
        var rows = (await RowsAsync(actor, page.Items, cancellation)).ToDictionary(row => row.Id);
        return (page, [.. page.Items.Where(rows.ContainsKey).Select(id => rows[id])]);
    }

    /// <summary>Tickets that the actor may see, in any order.</summary>
    public async Task<IReadOnlyList<TicketRow>> RowsAsync(Actor actor, IReadOnlyCollection<long> ids, CancellationToken cancellation = default)
    {
        if (ids.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await actor.Sees(db.Set<TicketRow>().AsNoTracking(), db.WatchedBy(actor)).Where(t => ids.Contains(t.Id)).ToListAsync(cancellation);
    }

    private Task<T> ReadAsync<T>(Actor actor, Func<ComplianceFacts, Instant, T> read, CancellationToken cancellation) =>
        actor.MayManage() ? store.ReadAsync(read, cancellation) : throw new UnauthorizedAccessException("Compliance figures are managers'.");
}
