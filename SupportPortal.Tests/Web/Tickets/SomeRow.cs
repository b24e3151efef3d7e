using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Web.Tickets;

/// <summary>Rows as lists and boards have them.</summary>
internal static class SomeRow
{
    public static readonly Instant Monday = Instant.FromUtc(2030, 1, 7, 9, 0);

    /// <summary>A request reported on Monday at 9, its first response due so many hours later; not yet assessed.</summary>
    public static TicketRow Of(long id, int dueInHours = 24, int version = 1) => new()
    {
        Id = id,
        Version = version,
        Subject = $"Subject {id}",
        Status = TicketStatus.New,
        IsOpen = true,
        Severity = Severity.Normal,
        Claimed = Severity.Normal,
        IsAssessed = false,
        Channel = Channel.Portal,
        RequesterId = "customer",
        ReportedAt = Monday,
        ChangedAt = Monday,
        NextDueAt = Monday + Duration.FromHours(dueInHours),
        NextMetric = SlaMetric.FirstResponse,
        DueOrder = Monday + Duration.FromHours(dueInHours),
        LastHash = "",
    };

    /// <summary>The same ticket, graded.</summary>
    public static TicketRow Graded(this TicketRow row, Severity to) => row with { Severity = to, IsAssessed = true, Version = row.Version + 1 };
}
