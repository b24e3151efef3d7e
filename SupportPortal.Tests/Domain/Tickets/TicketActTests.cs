using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using static SupportPortal.Tests.Domain.Tickets.SomeTicket;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>What each act says happened, and what it answers where the ticket's state or the person does not allow it.</summary>
public sealed class TicketActTests
{
    private const string Open = "Mon 10:00 reported";
    private const string Waiting = Open + " | 11:00 work | 11:10 waiting";
    private const string Proposed = Open + " | 11:00 proposed";
    private const string Resolved = Open + " | 11:00 resolved fix";
    private const string Accepted = Proposed + " | 11:10 accepted";
    private const string Closed = Resolved + " | 11:10 closed";
    private const string NotOpen = "NotNow: This request is resolved. Reopen it first.";
    private const string StaffOnly = "NotAllowed: Only support staff can do this.";
    private const string CustomerOnly = "NotAllowed: Only the customer can accept or reject a resolution.";

    [Theory]
    [InlineData(Open, "agent", "StaffReplied words")]
    [InlineData(Open, "customer", "CustomerReplied words")]
    [InlineData(Open, "colleague", "CustomerReplied words")]
    [InlineData(Open, "requesting agent", "CustomerReplied words")]
    [InlineData(Resolved, "customer", "CustomerReplied words")]
    [InlineData(Closed, "agent", "StaffReplied words")]
    public void Reply(string life, string who, string expected) => Check(expected, Of(life).Reply(Person(who), Words));

    [Theory]
    [InlineData("agent", "NoteAdded words")]
    [InlineData("requesting agent", "NoteAdded words")]
    [InlineData("customer", StaffOnly)]
    public void Note(string who, string expected) => Check(expected, Ticket.AddNote(Person(who), Words));

    [Theory]
    [InlineData(Open, "agent", 1, "SeverityChanged Normal Critical words")]
    [InlineData(Open, "agent", 3, "SeverityConfirmed words")]
    [InlineData(Open + " | 11:00 graded 2", "agent", 1, "SeverityChanged High Critical words")]
    [InlineData(Open + " | 11:00 graded 2", "agent", 3, "SeverityChanged High Normal words")]
    [InlineData(Open + " | 11:00 graded 2", "agent", 2, "BadInput severity: It is Severity 2 – High already.")]
    [InlineData(Open + " | 11:00 confirmed", "agent", 3, "BadInput severity: It is Severity 3 – Normal already.")]
    [InlineData(Open + " | 11:00 graded 1 | 11:10 graded 3", "agent", 3, "BadInput severity: It is Severity 3 – Normal already.")]
    [InlineData(Open, "agent", 4, "BadInput severity: The severity is 1, 2 or 3.")]
    [InlineData(Open, "agent", 0, "BadInput severity: The severity is 1, 2 or 3.")]
    [InlineData(Waiting, "agent", 2, "SeverityChanged Normal High words")]
    [InlineData(Proposed, "agent", 2, "SeverityChanged Normal High words")]
    [InlineData(Resolved, "agent", 1, NotOpen)]
    [InlineData(Open, "customer", 1, StaffOnly)]
    public void Grade(string life, string who, int severity, string expected) =>
        Check(expected, Of(life).Grade(Person(who), (Severity)severity, Words, null, Noon));

    [Theory]
    [InlineData(Open, "11:59", "SeverityChanged Normal Critical since 11:59 words")]
    [InlineData(Open, "10:00", "SeverityChanged Normal Critical since 10:00 words")]
    [InlineData(Open, "12:00", "SeverityChanged Normal Critical since 12:00 words")]
    [InlineData(Open, "12:00:00.000001", "BadInput impactSince: The impact cannot begin in the future.")]
    [InlineData(Open, "09:59:59.999999", "BadInput impactSince: The impact cannot begin before the request was reported.")]
    [InlineData(Resolved + " | 11:30 reopened", "11:29", "BadInput impactSince: The impact cannot begin before the request was reopened.")]
    [InlineData(Resolved + " | 11:30 reopened", "11:30", "SeverityChanged Normal Critical since 11:30 words")]
    public void Grade_with_impact_since(string life, string since, string expected) =>
        Check(expected, Of(life).Grade(Person("agent"), Severity.Critical, Words, At(since), Noon));

    [Fact]
    public void A_grading_is_told_everything_that_is_wrong_with_it() => Check(
        "BadInput reason: Give the reason; the customer reads it. | BadInput impactSince: The impact cannot begin in the future.",
        Of(Open).Grade(Person("agent"), Severity.Critical, null, At("13:00"), Noon));

    [Fact]
    public void A_confirmation_needs_no_reason() => Check("SeverityConfirmed", Of(Open).Grade(Person("agent"), Severity.Normal, Text("  "), null, Noon));

    [Theory]
    [InlineData(Open, "agent", "bob", "Assigned bob")]
    [InlineData(Open + " | 11:00 assigned", "agent", "agent", "")]
    [InlineData(Open + " | 11:00 assigned", "agent", null, "Assigned")]
    [InlineData(Open, "agent", null, "")]
    [InlineData(Resolved, "agent", "bob", "Assigned bob")]
    [InlineData(Open, "customer", "bob", StaffOnly)]
    public void Assign(string life, string who, string? assignee, string expected) => Check(expected, Of(life).Assign(Person(who), assignee));

    [Theory]
    [InlineData(Open, "agent", "Assigned agent + WorkStarted")]
    [InlineData(Open + " | 11:00 assigned", "agent", "WorkStarted")]
    [InlineData(Open + " | 11:00 assigned | 11:10 work", "agent", "")]
    [InlineData(Open + " | 11:00 assigned | 11:10 work", "manager", "Assigned manager")]
    [InlineData(Open + " | 11:00 assigned | 11:10 waiting | 11:20 customer", "agent", "WorkStarted")]
    [InlineData(Waiting, "agent", "Assigned agent + WorkStarted")]
    [InlineData(Resolved, "agent", NotOpen)]
    [InlineData(Closed, "agent", NotOpen)]
    [InlineData(Open, "customer", StaffOnly)]
    public void Take(string life, string who, string expected) => Check(expected, Of(life).Take(Person(who)));

    [Theory]
    [InlineData(Open, "agent", "WaitingStarted")]
    [InlineData(Waiting, "agent", "")]
    [InlineData(Proposed, "agent", "NotNow: A resolution is proposed: it waits on the customer already.")]
    [InlineData(Resolved, "agent", NotOpen)]
    [InlineData(Open, "customer", StaffOnly)]
    public void Wait(string life, string who, string expected) => Check(expected, Of(life).Wait(Person(who)));

    [Theory]
    [InlineData(Open, "StatusRequested")]
    [InlineData(Waiting, "StatusRequested")]
    [InlineData(Proposed, "StatusRequested")]
    [InlineData(Resolved, "NotNow: This request is resolved. Reopen it if you still need help.")]
    [InlineData(Closed, "NotNow: This request is resolved. Reopen it if you still need help.")]
    public void Request_status(string life, string expected) => Check(expected, Of(life).RequestStatus(Person("customer")));

    [Theory]
    [InlineData(Open, "agent", "WorkaroundRecorded words")]
    [InlineData(Resolved, "agent", NotOpen)]
    [InlineData(Open, "customer", StaffOnly)]
    public void Record_a_workaround(string life, string who, string expected) => Check(expected, Of(life).RecordWorkaround(Person(who), Words));

    [Theory]
    [InlineData(Open, "agent", " 7.3.1 ", "PatchProvided 7.3.1 words")]
    [InlineData(Open, "agent", " ", "PatchProvided words")]
    [InlineData(Open, "agent", null, "PatchProvided words")]
    [InlineData(Resolved, "agent", null, NotOpen)]
    [InlineData(Open, "customer", null, StaffOnly)]
    public void Record_a_patch(string life, string who, string? reference, string expected) => Check(expected, Of(life).RecordPatch(Person(who), Words, reference));

    [Fact]
    public void A_patchs_reference_is_short() => Check(
        "BadInput reference: The reference is at most 200 characters long.", Of(Open).RecordPatch(Person("agent"), Words, new string('7', 201)));

    [Theory]
    [InlineData(Open, "agent", ResolutionKind.Fix, "Resolved Fix words")]
    [InlineData(Waiting, "agent", ResolutionKind.Workaround, "Resolved Workaround words")]
    [InlineData(Proposed, "agent", ResolutionKind.Restoration, "Resolved Restoration words")]
    [InlineData(Open, "agent", ResolutionKind.Agreed, "ResolutionProposed words")]
    [InlineData(Open, "agent", (ResolutionKind)9, "BadInput kind: The kind is fix, workaround, restoration or agreed.")]
    [InlineData(Resolved, "agent", ResolutionKind.Fix, "NotNow: This request is resolved already.")]
    [InlineData(Open, "customer", ResolutionKind.Fix, StaffOnly)]
    public void Resolve(string life, string who, ResolutionKind kind, string expected) => Check(expected, Of(life).Resolve(Person(who), kind, Words));

    [Theory]
    [InlineData(Proposed, "customer", "ResolutionAccepted words + Resolved Agreed")]
    [InlineData(Proposed, "colleague", "ResolutionAccepted words + Resolved Agreed")]
    [InlineData(Proposed, "requesting agent", "ResolutionAccepted words + Resolved Agreed")]
    [InlineData(Resolved, "customer", "ResolutionAccepted words")]
    [InlineData(Accepted, "customer", "NotNow: The resolution is accepted already.")]
    [InlineData(Closed, "customer", "NotNow: The resolution is accepted already.")]
    [InlineData(Open, "customer", "NotNow: There is no resolution to accept yet.")]
    [InlineData(Proposed, "agent", CustomerOnly)]
    public void Accept(string life, string who, string expected) => Check(expected, Of(life).Accept(Person(who), Words));

    [Theory]
    [InlineData(Proposed, "customer", "ResolutionRejected words")]
    [InlineData(Resolved, "customer", "ResolutionRejected words + Reopened")]
    [InlineData(Closed, "customer", "NotNow: There is no resolution to reject.")]
    [InlineData(Open, "customer", "NotNow: There is no resolution to reject.")]
    [InlineData(Resolved, "agent", CustomerOnly)]
    public void Reject(string life, string who, string expected) => Check(expected, Of(life).Reject(Person(who), Words));

    [Theory]
    [InlineData(Resolved, "Reopened words")]
    [InlineData(Closed, "Reopened words")]
    [InlineData(Open + " | 11:00 merged", "Reopened words")]
    [InlineData(Open, "NotNow: This request is open already.")]
    [InlineData(Proposed, "NotNow: This request is open already.")]
    public void Reopen(string life, string expected) => Check(expected, Of(life).Reopen(Person("customer"), Words));

    [Theory]
    [InlineData(Resolved, "customer", 5, "Rated 5 words")]
    [InlineData(Closed, "customer", 1, "Rated 1 words")]
    [InlineData(Closed, "customer", 0, "BadInput stars: Choose 1 to 5 stars.")]
    [InlineData(Closed, "customer", 6, "BadInput stars: Choose 1 to 5 stars.")]
    [InlineData(Open, "customer", 5, "NotNow: You can rate once the request is resolved.")]
    [InlineData(Closed, "agent", 5, "NotAllowed: Only the customer can rate.")]
    public void Rate(string life, string who, int stars, string expected) => Check(expected, Of(life).Rate(Person(who), stars, Words));
}
