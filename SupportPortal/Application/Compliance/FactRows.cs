using System.Linq.Expressions;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Some tickets' rows as the roll-up reads them: no more of a million clocks than it keeps.</summary>
internal sealed class FactRows
{
    private readonly List<TicketRead> _tickets;
    private readonly List<ClockRead> _clocks;
    private readonly Dictionary<(long, int), ClockRow> _silent;

    /// <summary>Both in the order of their tickets.</summary>
    private FactRows(List<TicketRead> tickets, List<ClockRead> clocks, IEnumerable<ClockRow> silent) =>
        (_tickets, _clocks, _silent) = (tickets, clocks, silent.ToDictionary(clock => (clock.TicketId, clock.Ordinal)));

    /// <summary>The latest catalogue version by which a clock of silence counts.</summary>
    public int Catalogue => _silent.Values.Select(clock => clock.Catalogue).DefaultIfEmpty().Max();

    /// <summary>Of rows that were not read from the store.</summary>
    public static FactRows Of(IEnumerable<TicketRow> tickets, IEnumerable<ClockRow> clocks)
    {
        var all = clocks.OrderBy(clock => clock.TicketId).ThenBy(clock => clock.Ordinal).ToList();
        return new([.. tickets.OrderBy(t => t.Id).Select(TicketRead.Of)], [.. all.Where(Counts.Compile()).Select(ClockRead.Of)], all.Where(IsSilent.Compile()));
    }

    public static Task<FactRows> ReadAsync(PortalDb db, long from, long to, CancellationToken cancellation) =>
        ReadAsync(db.Set<TicketRow>().Where(t => t.Id >= from && t.Id <= to), db.Set<ClockRow>().Where(c => c.TicketId >= from && c.TicketId <= to), cancellation);

    public static Task<FactRows> ReadAsync(PortalDb db, long[] ids, CancellationToken cancellation) =>
        ReadAsync(db.Set<TicketRow>().Where(t => ids.Contains(t.Id)), db.Set<ClockRow>().Where(c => ids.Contains(c.TicketId)), cancellation);

    public void PutInto(ComplianceFacts facts)
    {
        var clocks = CollectionsMarshal.AsSpan(_clocks);
        var from = 0;
        foreach (var ticket in _tickets)
        {
            while (from < clocks.Length && clocks[from].TicketId < ticket.Id) from++;
            var to = from;
            while (to < clocks.Length && clocks[to].TicketId == ticket.Id) to++;
            if (ComplianceFacts.IsPlaced(ticket.Id)) facts.Put(ticket.ToFact(facts), clocks[from..to], _silent);
            from = to;
        }
    }

    /// <summary>What is paused, owed or cancelled counts for nothing as it stands.</summary>
    private static Expression<Func<ClockRow, bool>> Counts { get; } =
        clock => clock.DueAt != null && (clock.State == SlaClockState.Running || clock.State == SlaClockState.Met || clock.State == SlaClockState.Breached);

    private static Expression<Func<ClockRow, bool>> IsSilent { get; } =
        clock => clock.Metric == SlaMetric.PeriodicUpdate && clock.State == SlaClockState.Running && clock.DueAt != null;

    private static async Task<FactRows> ReadAsync(IQueryable<TicketRow> tickets, IQueryable<ClockRow> clocks, CancellationToken cancellation) => new(
        await tickets.OrderBy(t => t.Id).Select(TicketRead.Columns).ToListAsync(cancellation),
        await clocks.Where(Counts).OrderBy(c => c.TicketId).ThenBy(c => c.Ordinal).Select(ClockRead.Columns).ToListAsync(cancellation),
        await clocks.AsNoTracking().Where(IsSilent).ToListAsync(cancellation));
}

/// <summary>Of a clock what the roll-up keeps.</summary>
internal readonly record struct ClockRead(
    long TicketId, int Ordinal, SlaMetric Metric, SlaClockState State, Instant StartedAt, Instant? DueAt, Instant? StoppedAt, int? Missed,
    Severity? Promised, Severity? DueSeverity, string? DueAssigneeId, ExceptionState? Exception)
{
    public static readonly Expression<Func<ClockRow, ClockRead>> Columns = c => new ClockRead(
        c.TicketId, c.Ordinal, c.Metric, c.State, c.StartedAt, c.DueAt, c.StoppedAt, c.Missed, c.Severity, c.DueSeverity, c.DueAssigneeId, c.Exception);

    public static readonly Func<ClockRow, ClockRead> Of = Columns.Compile();
}

/// <summary>Of a ticket what the roll-up keeps.</summary>
internal readonly record struct TicketRead(
    long Id, int Version, int? OrganisationId, string? Service, string? AssigneeId, Severity Severity, Channel Channel, bool IsOpen, Instant ReportedAt,
    ResolutionKind? Resolution, Instant? FirstResolvedAt, Instant? ResolvedAt, int Reopens, int? Rating, Instant? RatedAt, bool IsAssessed, Instant? NextDueAt)
{
    public static readonly Expression<Func<TicketRow, TicketRead>> Columns = t => new TicketRead(
        t.Id, t.Version, t.OrganisationId, t.Service, t.AssigneeId, t.Severity, t.Channel, t.IsOpen, t.ReportedAt,
        t.Resolution, t.FirstResolvedAt, t.ResolvedAt, t.Reopens, t.Rating, t.RatedAt, t.IsAssessed, t.NextDueAt);

    public static readonly Func<TicketRow, TicketRead> Of = Columns.Compile();

    public RollUpTicket ToFact(ComplianceFacts facts) => new()
    {
        Id = Id,
        Version = Version,
        Organisation = OrganisationId ?? 0,
        Service = facts.Services.Add(Service),
        Assignee = facts.People.Add(AssigneeId),
        Severity = (byte)Severity,
        Channel = (byte)Channel,
        IsOpen = IsOpen,
        IsAssessed = IsAssessed,
        Resolution = (byte)(Resolution ?? 0),
        Rating = (byte)(Rating ?? 0),
        WasReopened = Reopens > 0,
        ReportedAt = ComplianceFacts.Microseconds(ReportedAt),
        FirstResolvedAt = OrNever(FirstResolvedAt),
        ResolvedAt = OrNever(ResolvedAt),
        RatedAt = OrNever(RatedAt),
        NextDueAt = OrNever(NextDueAt),
    };

    private static long OrNever(Instant? at) => at is { } instant ? ComplianceFacts.Microseconds(instant) : RollUpClock.Never;
}
