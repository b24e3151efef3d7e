using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;
using static SupportPortal.Tests.Domain.Tickets.SomeTicket;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Exceptions from promises that were not kept: who may record them, of what, and that it takes two.</summary>
public sealed class ExceptionTests
{
    private const string Answered = "Mon 10:00 reported | Tue 11:00 reply"; // Due after 24 hours.
    private static readonly Actor Max = new("max", Role.Manager);
    private static readonly Actor Mia = new("mia", Role.Manager);

    public static TheoryData<string, string, string, string> Proposals { get; } = new()
    {
        { Answered, "manager", "FirstResponse", "ExceptionProposed Flood." },
        { Answered, "ada", "FirstResponse", "NotAllowed: Only managers record exceptions." },
        { Answered, "customer", "FirstResponse", "NotAllowed: Only managers record exceptions." },
        { Answered, "manager", "StatusRequest", "BadInput startedAt: No clock of this promise (Status request) started then." },
        { "Mon 10:00 reported | 11:00 reply", "manager", "FirstResponse", "NotNow: This promise was not broken: there is nothing to excuse." },
        { "Mon 10:00 reported | Tue 09:00 now", "manager", "FirstResponse", "NotNow: This promise was not broken: there is nothing to excuse." },
        { "Mon 10:00 reported | Tue 11:00 now", "manager", "FirstResponse", "NotNow: This promise is still owed. It can be excused once it is seen how late it was." },
        { "Mon 10:00 reported | Tue 11:00 reply | Tue 12:00 resolved fix", "manager", "FirstResponse", "ExceptionProposed Flood." },
    };

    [Theory]
    [MemberData(nameof(Proposals))]
    public void A_manager_proposes_one_for_a_breach_that_has_ended(string life, string by, string metric, string expected)
    {
        var history = History.Read(life, SomeSla.Catalogue(SomeSla.Policy("")));
        Check(expected, Ticket.Fold(10001, history.Events).ProposeException(Person(by), history.Clocks, Enum.Parse<SlaMetric>(metric), At("10:00"), Text("Flood.")));
    }

    [Fact]
    public void It_needs_a_reason()
    {
        var history = History.Read(Answered, SomeSla.Catalogue(SomeSla.Policy("")));
        Check("BadInput reason: Say why this promise is to be excused.", Ticket.Fold(10001, history.Events).ProposeException(Max, history.Clocks, SlaMetric.FirstResponse, At("10:00"), Text("  ")));
    }

    [Fact]
    public void One_breach_has_one_exception()
    {
        var (ticket, clocks) = After(Proposed);
        Check("NotNow: An exception is on record for this promise already.", ticket.ProposeException(Mia, clocks, SlaMetric.FirstResponse, At("10:00"), Text("Again.")));
        (ticket, clocks) = After(Proposed, (Mia, new ExceptionWithdrawn(3, null)));
        Check("ExceptionProposed Again.", ticket.ProposeException(Mia, clocks, SlaMetric.FirstResponse, At("10:00"), Text("Again.")));
    }

    [Fact]
    public void A_second_manager_approves_it_once()
    {
        var (ticket, _) = After(Proposed);
        Check("NotAllowed: A second person has to approve: you proposed this exception.", ticket.ApproveException(Max, 3));
        Check("NotAllowed: Only managers record exceptions.", ticket.ApproveException(Person("ada"), 3));
        Check("NotNow: There is no such exception, or it was taken back.", ticket.ApproveException(Mia, 2));
        Check("ExceptionApproved", ticket.ApproveException(Mia, 3));
        Check("", After(Proposed, (Mia, new ExceptionApproved(3))).Ticket.ApproveException(new("zoe", Role.Administrator), 3));
    }

    [Fact]
    public void Any_manager_takes_it_back_before_and_after()
    {
        Check("ExceptionWithdrawn", After(Proposed).Ticket.WithdrawException(Max, 3, Text(" ")));
        Check("ExceptionWithdrawn A mistake.", After(Proposed, (Mia, new ExceptionApproved(3))).Ticket.WithdrawException(Max, 3, Text("A mistake.")));
        Check("NotAllowed: Only managers record exceptions.", After(Proposed).Ticket.WithdrawException(Person("ada"), 3, null));
        Check("NotNow: There is no such exception, or it was taken back.", After(Proposed, (Mia, new ExceptionWithdrawn(3, null))).Ticket.WithdrawException(Mia, 3, null));
    }

    /// <summary>Events that no decision made, as a tampered store or an import may hold them.</summary>
    [Fact]
    public void Nobody_approves_their_own_and_what_was_taken_back_stays_so()
    {
        Assert.Equal([ExceptionState.Proposed], States(Proposed, (Max, new ExceptionApproved(3))));
        Assert.Empty(States(Proposed, (Mia, new ExceptionWithdrawn(3, null)), (Mia, new ExceptionApproved(3))));
        Assert.Equal([ExceptionState.Proposed], States(Proposed, (Mia, new ExceptionApproved(1)), (Mia, new ExceptionWithdrawn(2, null))));
        Assert.Equal([ExceptionState.Approved], States(Proposed, (Mia, new ExceptionApproved(3))));
    }

    [Fact]
    public void It_touches_no_clock()
    {
        var history = History.Read(Answered, SomeSla.Catalogue(SomeSla.Policy("")));
        Assert.Equal(Told(history.Clocks), Told(After(Proposed, (Mia, new ExceptionApproved(3))).Clocks));

        static IEnumerable<string> Told(IEnumerable<SlaClock> clocks) => clocks.Select(c => $"{c.Metric} {c.State} {c.StartedAt} {c.DueAt} {c.StoppedAt} {c.LateBy}");
    }

    private static (Actor, TicketFact) Proposed { get; } = (Max, new ExceptionProposed(SlaMetric.FirstResponse, At("10:00"), Text("Flood.")));

    private static IEnumerable<ExceptionState> States(params (Actor By, TicketFact Fact)[] facts) => After(facts).Ticket.Exceptions.Select(e => e.State);

    private static (Ticket Ticket, IReadOnlyList<SlaClock> Clocks) After(params (Actor By, TicketFact Fact)[] facts)
    {
        var history = History.Read(Answered, SomeSla.Catalogue(SomeSla.Policy("")));
        TicketEvent[] events = [.. history.Events, .. facts.Select((f, i) => new TicketEvent(3 + i, history.Now, EventAuthor.Of(f.By), history.Events[^1].Catalogue, f.Fact))];
        return (Ticket.Fold(10001, events), SlaLedger.Fold(history.Catalogue, events, history.Now));
    }
}
