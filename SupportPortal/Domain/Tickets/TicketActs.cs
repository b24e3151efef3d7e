using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Domain.Tickets;

/// <summary>What may be done to a ticket: each act answers with facts or a refusal and changes nothing itself.</summary>
public sealed partial class Ticket
{
    private const string NotOpen = "This request is resolved. Reopen it first.";

    /// <summary>A new request: Severity 3 until an agent says otherwise.</summary>
    public static Decision Open(Reported report)
    {
        Refusal[] refusals =
        [
            .. TicketText.Check("subject", report.Subject, TicketText.SubjectLength, "Say in a few words what is wrong."),
            .. TicketText.Check("description", report.Description, TicketText.BodyLength, "Describe what happens and what you expected."),
            .. report.Subject.Text?.AsSpan().ContainsAny('\r', '\n') == true ? [new Refusal("subject", "The subject is one line.")] : Array.Empty<Refusal>(),
            .. report.Service is { } service && (service.Length > TicketText.ServiceLength || service.Any(char.IsControl))
                ? [new Refusal("service", $"A service's name has at most {TicketText.ServiceLength} characters.")]
                : Array.Empty<Refusal>(),
            .. report.Tags.Count > 20 || report.Tags.Any(tag => tag.Length is 0 or > 50 || tag.Any(char.IsControl))
                ? [new Refusal("tags", "At most 20 tags of 1 to 50 characters.")]
                : Array.Empty<Refusal>(),
        ];
        return refusals.Length > 0 ? Decision.Refused(refusals) : Decision.Of(report);
    }

    /// <summary>A public reply: staff's answer, or the customer's message. The requester's own is a customer message, whatever their role.</summary>
    /// <param name="seen">
    /// The version that staff had before them when they began to write: an answer that somebody else gave after it refuses theirs
    /// (<see cref="AnsweredMeanwhile"/>). Left out, they answer whatever was said.
    /// </param>
    public Decision Reply(Actor by, SealedText body, int? seen = null)
    {
        if (Missing("body", body, TicketText.BodyLength, "Write a reply.") is { } refused) return refused;
        if (!by.SpeaksForSupport(this)) return Decision.Of(new CustomerReplied(body));
        return Overtaken(by, seen) ?? Decision.Of(new StaffReplied(body));
    }

    /// <summary>An internal note.</summary>
    public static Decision AddNote(Actor by, SealedText body)
    {
        if (!by.MayWorkOnTickets()) return Decision.NotAllowed(Access.StaffOnly);
        return Missing("body", body, TicketText.BodyLength, "Write a note.") ?? Decision.Of(new NoteAdded(body));
    }

    /// <summary>Grades it (rule 3). Severity 3 on a ticket not yet assessed confirms it.</summary>
    public Decision Grade(Actor by, Severity to, SealedText? reason, Instant? impactSince, Instant now)
    {
        if (Forbidden(by, TicketAct.Grade) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow(NotOpen);
        if (!Enum.IsDefined(to)) return Decision.Refused("severity", "The severity is 1, 2 or 3.");
        if (to == Severity && IsAssessed) return Decision.Refused("severity", $"It is {to.Title} already.");
        if (to == Severity) return Optional("reason", reason) ?? Decision.Of(new SeverityConfirmed(Given(reason)));
        Refusal[] refusals =
        [
            .. TicketText.Check("reason", reason, TicketText.ReasonLength, "Give the reason; the customer reads it."),
            .. impactSince > now ? [new Refusal("impactSince", "The impact cannot begin in the future.")] : Array.Empty<Refusal>(),
            .. impactSince < CycleStart
                ? [new Refusal("impactSince", CycleStart == ReportedAt
                    ? "The impact cannot begin before the request was reported."
                    : "The impact cannot begin before the request was reopened.")]
                : Array.Empty<Refusal>(),
        ];
        return refusals.Length > 0 ? Decision.Refused(refusals) : Decision.Of(new SeverityChanged(Severity, to, impactSince, reason!));
    }

    /// <summary>Gives it to a member of staff, or to nobody. Whether the assignee is staff is the caller's to know.</summary>
    public Decision Assign(Actor by, string? assigneeId)
    {
        if (Forbidden(by, TicketAct.Assign) is { } forbidden) return forbidden;
        return assigneeId == AssigneeId ? Decision.Of() : Decision.Of(new Assigned(assigneeId));
    }

    /// <summary>Take: assigns it to the caller, starts work and ends a wait.</summary>
    public Decision Take(Actor by)
    {
        if (Forbidden(by, TicketAct.Take) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow(NotOpen);
        var facts = new List<TicketFact>(2);
        if (AssigneeId != by.Id) facts.Add(new Assigned(by.Id));
        if (!IsWorkedOn || Status != TicketStatus.InProgress) facts.Add(new WorkStarted());
        return Decision.Of(facts);
    }

    /// <summary>Waits on the customer.</summary>
    public Decision Wait(Actor by)
    {
        if (Forbidden(by, TicketAct.Wait) is { } forbidden) return forbidden;
        return Status switch
        {
            TicketStatus.WaitingOnCustomer => Decision.Of(),
            TicketStatus.ResolutionProposed => Decision.NotNow("A resolution is proposed: it waits on the customer already."),
            { IsOpen: false } => Decision.NotNow(NotOpen),
            _ => Decision.Of(new WaitingStarted()),
        };
    }

    /// <summary>The customer asks how it stands; staff may record that they asked elsewhere.</summary>
    public Decision RequestStatus(Actor by) =>
        Forbidden(by, TicketAct.RequestStatus) is { } forbidden ? forbidden
        : Status.IsOpen ? Decision.Of(new StatusRequested()) : Decision.NotNow("This request is resolved. Reopen it if you still need help.");

    /// <summary>A workaround, as found by staff.</summary>
    public Decision RecordWorkaround(Actor by, SealedText description)
    {
        if (Forbidden(by, TicketAct.RecordWorkaround) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow(NotOpen);
        return Missing("description", description, TicketText.BodyLength, "Describe the workaround.") ?? Decision.Of(new WorkaroundRecorded(description));
    }

    /// <summary>The emergency patch.</summary>
    public Decision RecordPatch(Actor by, SealedText description, string? reference)
    {
        if (Forbidden(by, TicketAct.RecordPatch) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow(NotOpen);
        if (reference?.Length > 200) return Decision.Refused("reference", "The reference is at most 200 characters long.");
        return Missing("description", description, TicketText.BodyLength, "Describe the patch.")
            ?? Decision.Of(new PatchProvided(description, string.IsNullOrWhiteSpace(reference) ? null : reference.Trim()));
    }

    /// <summary>Resolves it; an agreed solution is proposed until the customer accepts.</summary>
    /// <param name="seen">As for a reply.</param>
    public Decision Resolve(Actor by, ResolutionKind kind, SealedText summary, int? seen = null)
    {
        if (Forbidden(by, TicketAct.Resolve) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow("This request is resolved already.");
        if (!Enum.IsDefined(kind)) return Decision.Refused("kind", "The kind is fix, workaround, restoration or agreed.");
        if (Missing("summary", summary, TicketText.BodyLength, "Tell the customer what was done.") is { } refused) return refused;
        return Overtaken(by, seen) ?? Decision.Of(kind == ResolutionKind.Agreed ? new ResolutionProposed(summary) : new Resolved(kind, summary));
    }

    /// <summary>The customer accepts the resolution: a proposed one resolves the ticket, a given one closes it.</summary>
    public Decision Accept(Actor by, SealedText? comment)
    {
        if (Forbidden(by, TicketAct.Judge) is { } forbidden) return forbidden;
        if (Optional("comment", comment) is { } refused) return refused;
        return Status switch
        {
            TicketStatus.ResolutionProposed => Decision.Of(new ResolutionAccepted(Given(comment)), new Resolved(ResolutionKind.Agreed, null)),
            TicketStatus.Resolved when !IsAccepted => Decision.Of(new ResolutionAccepted(Given(comment))),
            TicketStatus.Resolved or TicketStatus.Closed => Decision.NotNow("The resolution is accepted already."),
            _ => Decision.NotNow("There is no resolution to accept yet."),
        };
    }

    /// <summary>The customer rejects the resolution: a proposed one goes back to work, a given one is reopened.</summary>
    public Decision Reject(Actor by, SealedText? comment)
    {
        if (Forbidden(by, TicketAct.Judge) is { } forbidden) return forbidden;
        if (Optional("comment", comment) is { } refused) return refused;
        return Status switch
        {
            TicketStatus.ResolutionProposed => Decision.Of(new ResolutionRejected(Given(comment))),
            TicketStatus.Resolved => Decision.Of(new ResolutionRejected(Given(comment)), new Reopened(null)),
            _ => Decision.NotNow("There is no resolution to reject."),
        };
    }

    /// <summary>Reopens it: a new cycle, a new first response.</summary>
    public Decision Reopen(Actor by, SealedText reason)
    {
        if (Forbidden(by, TicketAct.Reopen) is { } forbidden) return forbidden;
        if (Status.IsOpen) return Decision.NotNow("This request is open already.");
        return Missing("reason", reason, TicketText.ReasonLength, "Say what is still wrong.") ?? Decision.Of(new Reopened(reason));
    }

    /// <summary>The customer's verdict on the resolution.</summary>
    public Decision Rate(Actor by, int stars, SealedText? comment)
    {
        if (Forbidden(by, TicketAct.Rate) is { } forbidden) return forbidden;
        if (Status.IsOpen) return Decision.NotNow("You can rate once the request is resolved.");
        if (stars is < 1 or > 5) return Decision.Refused("stars", "Choose 1 to 5 stars.");
        return Optional("comment", comment) ?? Decision.Of(new Rated(stars, Given(comment)));
    }

    /// <summary>Moves it to another version of its plan's policy; its running clocks are due anew (section 2).</summary>
    public Decision MoveTo(Actor by, PolicyReference policy)
    {
        if (Forbidden(by, TicketAct.MovePolicy) is { } forbidden) return forbidden;
        if (!Status.IsOpen) return Decision.NotNow(NotOpen);
        if (policy.Name != Policy.Name) return Decision.NotNow($"This request is promised under the plan {Policy.Name}.");
        return policy == Policy ? Decision.Of() : Decision.Of(new PolicyMoved(policy));
    }

    private Decision? Forbidden(Actor by, TicketAct act) => by.WhyNot(act, this) is { } why ? Decision.NotAllowed(why) : null;

    private Decision? Overtaken(Actor by, int? seen) =>
        _answers.NotBy(by.Id) is { } answer && answer.Version > seen ? Decision.Refused(new AnsweredMeanwhile(answer)) : null;

    private static Decision? Missing(string field, SealedText? text, int longest, string missing) =>
        TicketText.Check(field, text, longest, missing).ToArray() is { Length: > 0 } refusals ? Decision.Refused(refusals) : null;

    private static Decision? Optional(string field, SealedText? text) =>
        TicketText.CheckOptional(field, Given(text), TicketText.ReasonLength).ToArray() is { Length: > 0 } refusals ? Decision.Refused(refusals) : null;

    private static SealedText? Given(SealedText? text) => string.IsNullOrWhiteSpace(text?.Text) ? null : text;
}
