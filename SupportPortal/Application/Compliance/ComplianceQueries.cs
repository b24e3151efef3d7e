using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Compliance;

/// <summary>The figures of compliance, for managers.</summary>
public sealed class ComplianceQueries(ComplianceStore store, PolicyStore policies, TimeProvider clock)
{
    /// <summary>Everything that the page of compliance shows of a period.</summary>
    public Task<ComplianceFigures> FiguresAsync(Actor actor, ComplianceFilter filter, PeriodUnit unit, CancellationToken cancellation = default) =>
        ReadAsync(actor, facts => FigureCounter.Count(facts, filter, unit, clock.Now(), policies.Catalogue), cancellation);

    /// <summary>Attainment told apart by any dimensions; what nothing fell due for has no row.</summary>
    public Task<(IReadOnlyList<ComplianceRow> Rows, Instant At)> TableAsync(Actor actor, ComplianceFilter filter, IReadOnlyCollection<ComplianceDimension> by, CancellationToken cancellation = default) =>
        ReadAsync(actor, facts =>
        {
            var now = clock.Now();
            return (ComplianceTable.Of(facts, filter, by, now, policies.Catalogue), now);
        }, cancellation);

    private Task<T> ReadAsync<T>(Actor actor, Func<ComplianceFacts, T> read, CancellationToken cancellation) =>
        actor.MayManage() ? store.ReadAsync(read, cancellation) : throw new UnauthorizedAccessException("Compliance figures are managers'.");
}
