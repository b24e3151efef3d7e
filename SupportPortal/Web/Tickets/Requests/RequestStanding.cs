using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>A step on the way of a request. <paramref name="IsNext"/>: the first one still to come.</summary>
public sealed record ProgressStep(string Title, bool IsDone, bool IsNext);

/// <summary>Where a request stands, in a customer's words: how far it is, what is owed next, and what the customer can do.</summary>
public sealed class RequestStanding(Ticket ticket, IReadOnlyList<SlaClock> clocks, Actor reader)
{
    private readonly bool _isCustomer = reader.SpeaksForCustomer(ticket);

    /// <summary>The clock that is due next, overdue ones first.</summary>
    public SlaClock? Next { get; } = clocks.Where(c => c is { IsLive: true, DueAt: not null }).MinBy(c => c.DueAt);

    /// <summary>What is owed beside it, without an instant: an emergency patch.</summary>
    public bool IsPatchOwed => clocks.Any(c => c is { IsLive: true, Metric: SlaMetric.EmergencyPatch, DueAt: null });

    /// <summary>What to say where no instant is due.</summary>
    public string Otherwise => Say(ticket.Status, clocks.Any(c => c is { IsLive: true, State: SlaClockState.Paused }));

    /// <summary>Since when a question how it stands waits for its answer.</summary>
    public Instant? StatusAskedAt => clocks.FirstOrDefault(c => c is { IsLive: true, Metric: SlaMetric.StatusRequest })?.StartedAt;

    /// <summary>Whether the reader is one to ask: not somebody from elsewhere who only follows.</summary>
    public bool MayRequestStatus => ticket.Status.IsOpen && reader.WhyNot(TicketAct.RequestStatus, ticket) is null;

    /// <summary>Asking again while one question waits changes nothing.</summary>
    public bool CanRequestStatus => MayRequestStatus && StatusAskedAt is null;

    /// <summary>Only the customer's side gives a verdict.</summary>
    public bool CanJudge => _isCustomer && (ticket.Status == TicketStatus.ResolutionProposed || (ticket.Status == TicketStatus.Resolved && !ticket.IsAccepted));

    public bool CanReopen => !ticket.Status.IsOpen && reader.WhyNot(TicketAct.Reopen, ticket) is null;

    public bool CanRate => _isCustomer && !ticket.Status.IsOpen && ticket.Rating is null;

    /// <summary>The way from the report to the resolution.</summary>
    public IReadOnlyList<ProgressStep> Steps
    {
        get
        {
            var isWorkDone = ticket.Status >= TicketStatus.ResolutionProposed;
            (string Title, bool IsDone)[] steps =
            [
                ("Received", true),
                ("Assessed", ticket.IsAssessed || isWorkDone),
                ("Answered", ticket.IsAnswered),
                ("In progress", ticket.IsWorkedOn || isWorkDone),
                ("Resolved", !ticket.Status.IsOpen),
            ];
            var next = Array.FindIndex(steps, step => !step.IsDone);
            return [.. steps.Select((step, i) => new ProgressStep(step.Title, step.IsDone, i == next))];
        }
    }

    /// <summary>What to say of a listed request where no instant is due.</summary>
    public static string OtherwiseOf(TicketRow row) => Say(row.Status, row.IsPaused);

    private static string Say(TicketStatus status, bool isPaused) => status switch
    {
        TicketStatus.Resolved => "Resolved",
        TicketStatus.Closed => "Closed",
        TicketStatus.ResolutionProposed => "Waiting for your verdict",
        TicketStatus.WaitingOnCustomer => isPaused ? "Paused: waiting for your answer" : "Waiting for your answer",
        _ => "Updates as available",
    };
}
