using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;
using static SupportPortal.Tests.Domain.Tickets.SomeTicket;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Ada replies; what others said since she began to write decides whether it goes out.</summary>
public sealed class AnsweredMeanwhileTests
{
    [Theory]
    [InlineData("", 1, "sent")]
    [InlineData("bob replies", 1, "told of bob 2")]
    [InlineData("bob replies", 2, "sent")]
    [InlineData("bob replies", null, "sent")]
    [InlineData("bob proposes", 1, "told of bob 2")]
    [InlineData("bob resolves", 1, "told of bob 2")]
    [InlineData("bob replies, bob replies", 2, "told of bob 3")]
    [InlineData("bob replies, cid replies", 1, "told of cid 3")]
    [InlineData("bob replies, cid replies", 2, "told of cid 3")]
    [InlineData("bob replies, cid replies", 3, "sent")]
    [InlineData("bob notes", 1, "sent")]
    [InlineData("bob replies, bob notes", 2, "sent")]
    [InlineData("customer writes", 1, "sent")]
    [InlineData("bob proposes, customer accepts", 2, "sent")]
    [InlineData("ada replies", 1, "sent")]
    [InlineData("ada replies, ada replies", 1, "sent")]
    [InlineData("bob replies, ada replies", 1, "told of bob 2")]
    [InlineData("bob replies, ada replies, ada replies", 1, "told of bob 2")]
    [InlineData("bob replies, ada replies", 2, "sent")]
    [InlineData("bob replies, cid replies, ada replies", 2, "told of cid 3")]
    [InlineData("bob resolves, customer reopens", 1, "told of bob 2")]
    public void A_reply_goes_out_unless_somebody_else_answered_since_its_author_looked(string since, int? seen, string expected)
    {
        var decision = After(since).Reply(Person("ada"), Words, seen);
        Assert.Equal(expected, decision switch
        {
            { Refusals: [AnsweredMeanwhile { Kind: RefusalKind.NotNow, Answer: var answer }], Facts: [] } => $"told of {answer.By.Id} {answer.Version}",
            { Refusals: [], Facts: [StaffReplied] } => "sent",
            _ => decision.ToString(),
        });
    }

    [Theory]
    [InlineData("", 1, ResolutionKind.Fix, "resolved")]
    [InlineData("bob replies", 1, ResolutionKind.Fix, "told of bob 2")]
    [InlineData("bob replies", 1, ResolutionKind.Agreed, "told of bob 2")]
    [InlineData("bob replies", 2, ResolutionKind.Agreed, "resolved")]
    [InlineData("bob replies", null, ResolutionKind.Fix, "resolved")]
    [InlineData("ada replies, bob notes, customer writes", 1, ResolutionKind.Fix, "resolved")]
    public void So_does_a_resolution(string since, int? seen, ResolutionKind kind, string expected)
    {
        var decision = After(since).Resolve(Person("ada"), kind, Words, seen);
        Assert.Equal(expected, decision switch
        {
            { Refusals: [AnsweredMeanwhile { Answer: var answer }], Facts: [] } => $"told of {answer.By.Id} {answer.Version}",
            { Refusals: [], Facts: [Resolved or ResolutionProposed] } => "resolved",
            _ => decision.ToString(),
        });
    }

    [Fact]
    public void Who_reported_it_writes_as_its_customer_and_is_told_of_nobody() =>
        Check("CustomerReplied words", After("bob replies").Reply(Person("requesting agent"), Words, 1));

    [Theory]
    [InlineData("", 0)]
    [InlineData("bob replies, bob notes, customer accepts", 0)]
    [InlineData("customer writes, bob replies", 2)]
    [InlineData("customer writes, customer writes", 3)]
    public void A_ticket_knows_when_its_customer_wrote_last(string since, int version) => Assert.Equal(version, After(since).CustomerWrote);

    private static Ticket After(string since)
    {
        var events = new List<TicketEvent> { History.Event(1, At("10:00"), History.Report()) };
        foreach (var part in since.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (who, does) = (part.Split(' ')[0], part.Split(' ')[1]);
            foreach (var fact in Facts(does)) events.Add(History.Event(events.Count + 1, At("11:00"), fact) with { By = EventAuthor.Of(Person(who)) });
        }

        return Ticket.Fold(10001, events);
    }

    private static TicketFact[] Facts(string does) => does switch
    {
        "replies" => [new StaffReplied(Words)],
        "writes" => [new CustomerReplied(Words)],
        "notes" => [new NoteAdded(Words)],
        "proposes" => [new ResolutionProposed(Words)],
        "resolves" => [new Resolved(ResolutionKind.Fix, Words)],
        "accepts" => [new ResolutionAccepted(null), new Resolved(ResolutionKind.Agreed, null)],
        "reopens" => [new Reopened(Words)],
        _ => throw new ArgumentException(does, nameof(does)),
    };
}
