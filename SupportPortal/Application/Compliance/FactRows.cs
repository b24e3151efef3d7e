using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Some tickets' rows as the roll-up reads them: whole tickets, each as one version left it.</summary>
internal sealed class FactRows
{
    private readonly IReadOnlyList<Owner> _owners;
    private readonly ILookup<long, ClockRow> _clocks;

    private FactRows(IReadOnlyList<Owner> owners, IEnumerable<ClockRow> clocks) => (_owners, _clocks) = (owners, clocks.ToLookup(c => c.TicketId));

    /// <summary>Of rows that were not read from the store.</summary>
    public static FactRows Of(IEnumerable<TicketRow> tickets, IEnumerable<ClockRow> clocks) => new([.. tickets.Select(Owner.Of)], clocks);

    /// <summary>The latest catalogue version that a clock counts by.</summary>
    public int Catalogue => _clocks.SelectMany(clocks => clocks).Select(clock => clock.Catalogue).DefaultIfEmpty().Max();

    public static Task<FactRows> ReadAsync(PortalDb db, long from, long to, CancellationToken cancellation) =>
        ReadAsync(db.Set<TicketRow>().Where(t => t.Id >= from && t.Id <= to), db.Set<ClockRow>().Where(c => c.TicketId >= from && c.TicketId <= to), cancellation);

    public static Task<FactRows> ReadAsync(PortalDb db, long[] ids, CancellationToken cancellation) =>
        ReadAsync(db.Set<TicketRow>().Where(t => ids.Contains(t.Id)), db.Set<ClockRow>().Where(c => ids.Contains(c.TicketId)), cancellation);

    public void PutInto(ComplianceFacts facts)
    {
        foreach (var owner in _owners)
        {
            facts.Put(new TicketFact
            {
                Id = owner.Id,
                Version = owner.Version,
                Organisation = owner.OrganisationId ?? 0,
                Service = facts.Services.Add(owner.Service),
                Assignee = facts.People.Add(owner.AssigneeId),
                Severity = (byte)owner.Severity,
                Channel = (byte)owner.Channel,
                IsOpen = owner.IsOpen,
                Resolution = (byte)(owner.Resolution ?? 0),
                Rating = (byte)(owner.Rating ?? 0),
                WasReopened = owner.Reopens > 0,
                ReportedAt = ComplianceFacts.Microseconds(owner.ReportedAt),
                FirstResolvedAt = OrNever(owner.FirstResolvedAt),
                ResolvedAt = OrNever(owner.ResolvedAt),
                RatedAt = OrNever(owner.RatedAt),
            }, [.. _clocks[owner.Id]]);
        }
    }

    private static long OrNever(Instant? at) => at is { } instant ? ComplianceFacts.Microseconds(instant) : ClockFact.Never;

    private static async Task<FactRows> ReadAsync(IQueryable<TicketRow> tickets, IQueryable<ClockRow> clocks, CancellationToken cancellation)
    {
        var owners = await tickets.Select(Owner.Columns).ToListAsync(cancellation);
        return new FactRows(owners, await clocks.AsNoTracking().Where(c => c.DueAt != null).OrderBy(c => c.TicketId).ThenBy(c => c.Ordinal).ToListAsync(cancellation));
    }

    private sealed record Owner(
        long Id, int Version, int? OrganisationId, string? Service, string? AssigneeId, Severity Severity, Channel Channel, bool IsOpen, Instant ReportedAt,
        ResolutionKind? Resolution, Instant? FirstResolvedAt, Instant? ResolvedAt, int Reopens, int? Rating, Instant? RatedAt)
    {
        public static readonly Expression<Func<TicketRow, Owner>> Columns = t => new Owner(
            t.Id, t.Version, t.OrganisationId, t.Service, t.AssigneeId, t.Severity, t.Channel, t.IsOpen, t.ReportedAt,
            t.Resolution, t.FirstResolvedAt, t.ResolvedAt, t.Reopens, t.Rating, t.RatedAt);

        public static readonly Func<TicketRow, Owner> Of = Columns.Compile();
    }
}
