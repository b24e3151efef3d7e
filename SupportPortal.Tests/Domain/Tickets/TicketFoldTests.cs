using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Where a ticket stands after what happened to it.</summary>
public sealed class TicketFoldTests
{
    [Theory]
    [InlineData("", "New 3 unassessed")]
    [InlineData(" | 11:00 confirmed", "New 3")]
    [InlineData(" | 11:00 graded 1", "New 1")]
    [InlineData(" | 11:00 graded 1 | 11:10 graded 3", "New 3")]
    [InlineData(" | 11:00 work", "InProgress 3 unassessed worked")]
    [InlineData(" | 11:00 reply", "New 3 unassessed answered")]
    [InlineData(" | 11:00 note | 11:10 customer | 11:20 asks", "New 3 unassessed")]
    [InlineData(" | 11:00 waiting", "WaitingOnCustomer 3 unassessed")]
    [InlineData(" | 11:00 waiting | 11:10 reply | 11:20 graded 2", "WaitingOnCustomer 2 answered")]
    [InlineData(" | 11:00 waiting | 11:10 customer", "InProgress 3 unassessed")]
    [InlineData(" | 11:00 waiting | 11:10 asks", "InProgress 3 unassessed")]
    [InlineData(" | 11:00 waiting | 11:10 resumed", "InProgress 3 unassessed")]
    [InlineData(" | 11:00 waiting | 11:10 work", "InProgress 3 unassessed worked")]
    [InlineData(" | 11:00 assigned", "New 3 unassessed agent")]
    [InlineData(" | 11:00 workaround", "New 3 unassessed workaround")]
    [InlineData(" | 11:00 patch", "New 3 unassessed")]
    [InlineData(" | 11:00 proposed", "ResolutionProposed 3 unassessed answered by Agreed")]
    [InlineData(" | 11:00 proposed | 11:10 customer", "ResolutionProposed 3 unassessed answered by Agreed")]
    [InlineData(" | 11:00 proposed | 11:10 accepted", "Resolved 3 unassessed answered by Agreed accepted")]
    [InlineData(" | 11:00 proposed | 11:10 rejected", "InProgress 3 unassessed answered")]
    [InlineData(" | 11:00 resolved fix", "Resolved 3 unassessed answered by Fix")]
    [InlineData(" | 11:00 resolved fix | 11:10 closed", "Closed 3 unassessed answered by Fix accepted")]
    [InlineData(" | 11:00 resolved fix | 11:10 rejected | 11:10 reopened", "New 3 unassessed cycle 11:10")]
    [InlineData(" | 11:00 graded 1 | 11:00 work | 11:00 workaround | 11:00 resolved workaround | 11:10 closed | 11:20 reopened", "New 1 cycle 11:20")]
    [InlineData(" | 11:00 merged", "Closed 3 unassessed")]
    [InlineData(" | 11:00 reopened", "New 3 unassessed")]
    [InlineData(" | 11:00 resolved fix | 11:10 graded 1 | 11:11 work | 11:12 waiting | 11:13 asks | 11:14 customer | 11:15 proposed | 11:16 workaround | 11:17 confirmed",
        "Resolved 3 unassessed answered by Fix")]
    public void A_ticket_stands_where_its_events_left_it(string events, string expected)
    {
        var when = new When("UTC");
        var ticket = SomeTicket.Of("Mon 10:00 reported" + events);
        var text = $"{ticket.Status} {ticket.Severity.Level}";
        if (!ticket.IsAssessed) text += " unassessed";
        if (ticket.AssigneeId is { } assignee) text += $" {assignee}";
        if (ticket.IsWorkedOn) text += " worked";
        if (ticket.IsAnswered) text += " answered";
        if (ticket.HasWorkaround) text += " workaround";
        if (ticket.Resolution is { } kind) text += $" by {kind}";
        if (ticket.IsAccepted) text += " accepted";
        if (ticket.CycleStart != ticket.ReportedAt) text += $" cycle {when.Text(ticket.CycleStart, ticket.ReportedAt)}";
        Assert.Equal(expected, text);
    }

    [Fact]
    public void It_knows_its_last_event_its_policy_and_its_files()
    {
        var history = History.Read("Mon 10:00 reported | 11:00 moved 2 | 12:00 note", SomeSla.Catalogue(SomeSla.Policy("")));
        var ticket = Ticket.Fold(10001,
        [
            .. history.Events,
            History.Event(4, history.Now, new AttachmentAdded("a", SealedText.Erased(""), "text/plain", 1, "", Internal: false)),
            History.Event(5, history.Now, new Rated(4, null)),
        ]);
        Assert.Equal(
            (10001, 5, history.Now, 2, 1, 4, "customer", 1, "somebody"),
            (ticket.Id, ticket.Version, ticket.ChangedAt, ticket.Policy.Version, ticket.Attachments, ticket.Rating, ticket.RequesterId, ticket.OrganisationId, ticket.Reporter.Id));
    }

    [Fact]
    public void A_damaged_store_is_a_bug_not_an_answer()
    {
        Assert.Throws<InvalidOperationException>(() => Ticket.Fold(10001, []));
        var history = History.Read("Mon 10:00 reported | 11:00 note", SomeSla.Catalogue(SomeSla.Policy("")));
        Assert.Throws<InvalidOperationException>(() => Ticket.Fold(10001, history.Events.Skip(1)));
    }
}
