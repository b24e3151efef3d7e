using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Domain.Tickets;

/// <summary>Where a ticket stands: the fold of its events. What may happen next is in <c>TicketActs.cs</c>.</summary>
public sealed partial class Ticket : IOwnedTicket
{
    private StaffAnswers _answers;

    private Ticket(long id, Reported report, TicketEvent first)
    {
        Id = id;
        Report = report;
        Reporter = first.By;
        (ReportedAt, CycleStart) = (first.At, first.At);
        Policy = report.Policy;
    }

    /// <summary>The id, which is the number.</summary>
    public long Id { get; }

    /// <summary>The report that started it.</summary>
    public Reported Report { get; }

    /// <summary>Who entered the report: the requester, or their proxy.</summary>
    public EventAuthor Reporter { get; }

    /// <summary>The version of its last event.</summary>
    public int Version { get; private set; }

    /// <summary>When it was reported.</summary>
    public Instant ReportedAt { get; }

    /// <summary>When its last event happened.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>When the present cycle began: the report, or the last reopening.</summary>
    public Instant CycleStart { get; private set; }

    /// <summary>Where it stands.</summary>
    public TicketStatus Status { get; private set; } = TicketStatus.New;

    /// <summary>Its severity: 3 until graded otherwise.</summary>
    public Severity Severity { get; private set; } = Severity.Normal;

    /// <summary>Whether an agent graded or confirmed it; until then it stands in the triage lane.</summary>
    public bool IsAssessed { get; private set; }

    /// <summary>The member of staff it is assigned to.</summary>
    public string? AssigneeId { get; private set; }

    /// <summary>When it was last given to somebody, or to nobody; null while it never was.</summary>
    public Instant? AssignedAt { get; private set; }

    /// <summary>The policy version that counts for it.</summary>
    public PolicyReference Policy { get; private set; }

    /// <summary>Whether work started in this cycle.</summary>
    public bool IsWorkedOn { get; private set; }

    /// <summary>Whether staff answered in public in this cycle.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether staff recorded a workaround in this cycle.</summary>
    public bool HasWorkaround { get; private set; }

    /// <summary>How it was resolved, or is proposed to be; null while it is not.</summary>
    public ResolutionKind? Resolution { get; private set; }

    /// <summary>Whether the customer's acceptance of the resolution is on record.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>When it was first resolved; null while it never was.</summary>
    public Instant? FirstResolvedAt { get; private set; }

    /// <summary>When it was resolved in this cycle; null while it is not.</summary>
    public Instant? ResolvedAt { get; private set; }

    /// <summary>How often it was reopened.</summary>
    public int Reopens { get; private set; }

    /// <summary>The customer's rating of the last resolution, 1 to 5.</summary>
    public int? Rating { get; private set; }

    /// <summary>When the customer rated it so.</summary>
    public Instant? RatedAt { get; private set; }

    /// <summary>The version of the customer's last message after the report; 0 while there is none.</summary>
    public int CustomerWrote { get; private set; }

    /// <summary>How many files it has that its customer sees.</summary>
    public int Attachments { get; private set; }

    /// <summary>How many files it has for staff only.</summary>
    public int InternalAttachments { get; private set; }

    /// <inheritdoc/>
    public string RequesterId => Report.RequesterId;

    /// <inheritdoc/>
    public int? OrganisationId => Report.OrganisationId;

    /// <summary>Folds a ticket's events. They begin with the report.</summary>
    /// <exception cref="InvalidOperationException">There is no event, or the first is not a report: the store is damaged.</exception>
    public static Ticket Fold(long id, IEnumerable<TicketEvent> events)
    {
        Ticket? ticket = null;
        foreach (var (_, step) in Steps(id, events)) ticket = step;
        return ticket ?? throw new InvalidOperationException($"{new TicketNumber(id)} has no event.");
    }

    /// <summary>The ticket after each of its events, and when that was. It is one instance, which the next step changes.</summary>
    /// <exception cref="InvalidOperationException">The first event is not a report: the store is damaged.</exception>
    public static IEnumerable<(Instant At, Ticket Ticket)> Steps(long id, IEnumerable<TicketEvent> events)
    {
        Ticket? ticket = null;
        foreach (var happened in events)
        {
            ticket ??= happened.Fact is Reported report
                ? new Ticket(id, report, happened)
                : throw new InvalidOperationException($"The first event of {new TicketNumber(id)} is no report.");
            ticket.Apply(happened);
            yield return (happened.At, ticket);
        }
    }

    private void Apply(TicketEvent happened)
    {
        (Version, ChangedAt) = (happened.Version, happened.At);
        switch (happened.Fact)
        {
            case StaffReplied or ResolutionProposed or Resolved { Summary: not null }: _answers = _answers.With(happened); break; // Without a summary the customer accepted.
            case CustomerReplied: CustomerWrote = happened.Version; break;
        }

        switch (happened.Fact)
        {
            case Assigned assigned: (AssigneeId, AssignedAt) = (assigned.AssigneeId, happened.At); break;
            case AttachmentAdded { Internal: true }: InternalAttachments++; break;
            case AttachmentAdded: Attachments++; break;
            case PolicyMoved moved: Policy = moved.Policy; break;
            case Rated rated: (Rating, RatedAt) = (rated.Stars, happened.At); break;
            case Merged: Status = TicketStatus.Closed; break;
            case ExceptionProposed or ExceptionApproved or ExceptionWithdrawn: ApplyException(happened); break;
            case WatcherAdded or WatcherRemoved or CopyAdded or CopyRemoved: ApplyFollowing(happened); break;
            case ResolutionAccepted when Status == TicketStatus.Resolved: (Status, IsAccepted) = (TicketStatus.Closed, true); break;
            case Reopened when !Status.IsOpen: StartCycle(happened.At); break;
            default:
                if (Status.IsOpen) ApplyWhileOpen(happened);
                break;
        }
    }

    private void ApplyWhileOpen(TicketEvent happened)
    {
        switch (happened.Fact)
        {
            case SeverityChanged change: (Severity, IsAssessed) = (change.To, true); break;
            case SeverityConfirmed: IsAssessed = true; break;
            case StaffReplied: IsAnswered = true; break;
            case WorkStarted: (IsWorkedOn, Status) = (true, TicketStatus.InProgress); break;
            case WaitingStarted: Status = TicketStatus.WaitingOnCustomer; break;
            case CustomerReplied or StatusRequested or WaitingEnded when Status == TicketStatus.WaitingOnCustomer: Status = TicketStatus.InProgress; break;
            case WorkaroundRecorded: HasWorkaround = true; break;
            case ResolutionProposed: (IsAnswered, Status, Resolution) = (true, TicketStatus.ResolutionProposed, ResolutionKind.Agreed); break;
            case ResolutionAccepted: IsAccepted = true; break;
            case ResolutionRejected: (Status, Resolution) = (TicketStatus.InProgress, null); break;
            case Resolved resolved:
                (IsAnswered, Status, Resolution) = (true, TicketStatus.Resolved, resolved.Kind);
                (FirstResolvedAt, ResolvedAt) = (FirstResolvedAt ?? happened.At, happened.At);
                break;
        }
    }

    private void StartCycle(Instant at)
    {
        (CycleStart, Status, Reopens) = (at, TicketStatus.New, Reopens + 1);
        (IsWorkedOn, IsAnswered, HasWorkaround, IsAccepted) = (false, false, false, false);
        (Resolution, ResolvedAt, Rating, RatedAt) = (null, null, null, null);
    }
}
