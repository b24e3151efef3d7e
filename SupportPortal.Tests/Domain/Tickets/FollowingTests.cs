using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using static SupportPortal.Tests.Domain.Tickets.SomeTicket;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Who may have whom follow a ticket, as a watcher or by copies, and what is answered otherwise.</summary>
public sealed class FollowingTests
{
    private const string Added = "WatcherAdded";
    private const string Copied = "CopyAdded cc@elsewhere.example";
    private const string NotTheirs = "NotAllowed: Only support, and people of the organisation that reported this request, can choose who follows it.";

    private static readonly Actor Customer = new("customer", Role.Customer, 1);
    private static readonly Actor Colleague = new("colleague", Role.Customer, 1, SeesOrganisation: false);
    private static readonly Actor Stranger = new("stranger", Role.Customer, 2);
    private static readonly Actor Agent = new("agent", Role.Agent);

    public static TheoryData<Actor, Actor?, string> Adding { get; } = new()
    {
        { Customer, Colleague, Added },
        { Colleague, Colleague, Added },
        { Customer, null, Copied },
        { Customer, Stranger, Copied },
        { Customer, Agent, Copied },
        { Agent, Colleague, Added },
        { Agent, Stranger, Added },
        { Agent, Agent, Added },
        { Agent, null, Copied },
        { Agent, Customer, "BadInput email: Whoever reported this request is told of it anyway." },
        { Customer, Customer, "BadInput email: Whoever reported this request is told of it anyway." },
        { Stranger, Colleague, NotTheirs },
        { Stranger, null, NotTheirs },
    };

    [Theory]
    [MemberData(nameof(Adding))]
    public void A_customer_adds_colleagues_and_addresses_and_staff_add_anybody(Actor by, Actor? holder, string expected) =>
        Check(expected, Life().AddFollower(by, holder, Text("cc@elsewhere.example")));

    [Fact]
    public void A_customer_is_answered_alike_whether_a_strangers_address_has_an_account_or_not()
    {
        var ticket = Life(new WatcherAdded("stranger"), new CopyAdded(Text("cc@elsewhere.example")));
        foreach (var holder in new[] { null, Stranger, Agent })
        {
            Check("BadInput email: This address gets copies already.", ticket.AddFollower(Customer, holder, Text("CC@elsewhere.example")));
            Check("CopyAdded other@elsewhere.example", ticket.AddFollower(Customer, holder, Text("other@elsewhere.example")));
        }
    }

    [Fact]
    public void Nobody_follows_twice()
    {
        var ticket = Life(new WatcherAdded("colleague"));
        Check("BadInput email: Whoever has this address watches this request already.", ticket.AddFollower(Customer, Colleague, Text("colleague@test.example")));
        Check("", ticket.Watch(Colleague));
        Check("BadInput: You reported this request and are told of it anyway.", ticket.Watch(Customer));
        Check(Added, ticket.Watch(Agent));
    }

    [Fact]
    public void A_ticket_has_so_many_followers_at_most()
    {
        var ticket = Life([.. Enumerable.Range(0, 20).SelectMany(i => new TicketFact[] { new WatcherAdded($"w{i}"), new CopyAdded(Text($"c{i}@test.example")) })]);
        Check("BadInput email: At most 20 people watch one request. Remove one first.", ticket.AddFollower(Agent, Stranger, Text("stranger@test.example")));
        Check("BadInput email: At most 20 addresses get copies. Remove one first.", ticket.AddFollower(Agent, null, Text("one@more.example")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nobody")]
    [InlineData("a@b@c.example")]
    [InlineData("@b.example")]
    [InlineData("a@")]
    [InlineData("a@b.example\r\nBcc: all@test.example")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("A <a@b.example>")]
    [InlineData("\"a\"@b.example")]
    [InlineData("a@b.example\u2028")]
    [InlineData("a\u200b@b.example")]
    [InlineData("a@b\0.example")]
    [InlineData("a@b..example")]
    public void What_is_not_one_bare_address_is_refused(string text) =>
        Assert.Equal("email", Assert.Single(Life().AddFollower(Agent, null, Text(text)).Refusals).Field);

    [Fact]
    public void A_watcher_leaves_by_themself_and_others_are_removed_by_who_may_choose()
    {
        var ticket = Life(new WatcherAdded("stranger"), new WatcherAdded("colleague"), new CopyAdded(Text("cc@elsewhere.example")));
        Check("WatcherRemoved", ticket.RemoveWatcher(Stranger, "stranger"));
        Check(NotTheirs, ticket.RemoveWatcher(Stranger, "colleague"));
        Check("WatcherRemoved", ticket.RemoveWatcher(Customer, "stranger"));
        Check("", ticket.RemoveWatcher(Agent, "nobody"));
        Check(NotTheirs, ticket.RemoveCopy(Stranger, 4));
        Check("CopyRemoved", ticket.RemoveCopy(Customer, 4));
        Check("", ticket.RemoveCopy(Customer, 3));
    }

    [Fact]
    public void The_fold_knows_who_follows()
    {
        var ticket = Life(new WatcherAdded("b"), new WatcherAdded("a"), new CopyAdded(Text("one@test.example")), new CopyAdded(Text("two@test.example")), new WatcherRemoved("b"), new CopyRemoved(4));
        Assert.Equal(["a"], ticket.Watchers);
        Assert.Equal([(5, "two@test.example")], ticket.Copies.Select(copy => (copy.Version, copy.Address.Text)));
        Assert.Equal((true, false), (ticket.IsWatchedBy("a"), ticket.IsWatchedBy("b")));
    }

    [Fact]
    public void Whoever_only_watches_gives_no_verdict()
    {
        var ticket = Life(new WatcherAdded("stranger"), new WatcherAdded("colleague"), new Resolved(ResolutionKind.Fix, Words));
        Check("NotAllowed: Only the customer can accept or reject a resolution.", ticket.Accept(Stranger, null));
        Check("NotAllowed: Only the customer can accept or reject a resolution.", ticket.Reject(Stranger, null));
        Check("NotAllowed: Only the customer can rate.", ticket.Rate(Stranger, 1, null));
        Check("ResolutionAccepted", ticket.Accept(Colleague, null));
    }

    [Fact]
    public void Whoever_only_watches_starts_no_clock()
    {
        const string refusal = "NotAllowed: Only support and the customer can do this: you follow this request, and can reply.";
        var open = Life(new WatcherAdded("stranger"));
        Check(refusal, open.RequestStatus(Stranger));
        Check("StatusRequested", open.RequestStatus(Colleague));
        var resolved = Life(new WatcherAdded("stranger"), new Resolved(ResolutionKind.Fix, Words));
        Check(refusal, resolved.Reopen(Stranger, Words));
        Check("Reopened words", resolved.Reopen(Colleague, Words));
        Check("CustomerReplied words", resolved.Reply(Stranger, Words));
    }

    private static Ticket Life(params TicketFact[] facts) => Ticket.Fold(10001,
        new TicketFact[] { Sla.History.Report() }.Concat(facts).Select((fact, i) => Sla.History.Event(i + 1, Noon, fact)));
}
