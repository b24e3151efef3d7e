using NodaTime;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>Rows from events: a pure function, used when appending, and again by <c>verify</c>.</summary>
public static class TicketProjection
{
    /// <summary>When a ticket is due that nothing is due on.</summary>
    internal static readonly Instant Never = Instant.FromUtc(9999, 12, 31, 0, 0);

    /// <summary>The row and the clock rows of a ticket as its last event left them.</summary>
    public static (TicketRow Row, IReadOnlyList<ClockRow> Clocks) Of(SlaCatalogue catalogue, Ticket ticket, IReadOnlyCollection<TicketEvent> events, string lastHash)
    {
        var clocks = SlaLedger.Fold(catalogue, events, ticket.ChangedAt);
        var next = clocks.Where(c => c is { IsLive: true, DueAt: not null }).MinBy(c => c.DueAt);
        var row = new TicketRow
        {
            Id = ticket.Id,
            Version = ticket.Version,
            Subject = ticket.Report.Subject.Text ?? "(erased)",
            Status = ticket.Status,
            IsOpen = ticket.Status.IsOpen,
            Severity = ticket.Severity,
            Claimed = ticket.Report.Claimed,
            IsAssessed = ticket.IsAssessed,
            Impact = ticket.Report.Impact,
            Workaround = ticket.Report.Workaround,
            Channel = ticket.Report.Channel,
            Service = ticket.Report.Service,
            Tags = [.. ticket.Report.Tags],
            RequesterId = ticket.RequesterId,
            OrganisationId = ticket.OrganisationId,
            AssigneeId = ticket.AssigneeId,
            ReportedAt = ticket.ReportedAt,
            ChangedAt = ticket.ChangedAt,
            NextDueAt = next?.DueAt,
            NextMetric = next?.Metric,
            DueOrder = next?.DueAt ?? Never,
            IsPaused = clocks.Any(c => c.State == SlaClockState.Paused),
            IsPatchOwed = clocks.Any(c => c is { IsLive: true, Metric: SlaMetric.EmergencyPatch }),
            Resolution = ticket.Resolution,
            FirstResolvedAt = ticket.FirstResolvedAt,
            ResolvedAt = ticket.ResolvedAt,
            Reopens = ticket.Reopens,
            Rating = ticket.Rating,
            RatedAt = ticket.RatedAt,
            Watchers = [.. ticket.Watchers.Order(StringComparer.Ordinal)],
            LastHash = lastHash,
        };
        // Asked only where a clock has stopped or fallen due: a new ticket's have not.
        var holders = clocks.Any(HasCome) ? new TicketHolders(events) : null;
        return (row, [.. clocks.Select((clock, ordinal) => ClockRow.Of(ticket.Id, ordinal, clock, ticket.ChangedAt, HasCome(clock) ? holders!.Of(clock) : null, ticket.ExceptionOf(clock)?.State))]);

        bool HasCome(SlaClock clock) => clock is { DueAt: { } due } && (clock.StoppedAt is not null || due <= ticket.ChangedAt);
    }
}
