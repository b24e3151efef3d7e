using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;
using static SupportPortal.Tests.Web.Tickets.Requests.SomeRequest;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class RequestStandingTests
{
    private static readonly SlaCatalogue Catalogue = SlaCatalogue.Empty.With(BusinessCalendar.Create(BusinessCalendar.BusinessDefault).Calendar!).With(SlaPolicy.Commitment);

    private static readonly TicketFact Graded = new SeverityChanged(Severity.Normal, Severity.High, null, Text("bad"));
    private static readonly TicketFact Replied = new StaffReplied(Text("hello"));
    private static readonly TicketFact Proposed = new ResolutionProposed(Text("so"));
    private static readonly TicketFact Fixed = new Resolved(ResolutionKind.Fix, Text("so"));
    private static readonly TicketFact Accepted = new ResolutionAccepted(null);

    /// <summary>Facts, then what is owed next, how far it is, and what the customer can do.</summary>
    public static TheoryData<TicketFact[], string, string, string> Rows { get; } = new()
    {
        { [], "First response", "Received", "status" },
        { [Graded], "First response, patch owed", "Received Assessed", "status" },
        { [Graded, Replied], "Next update, patch owed", "Received Assessed Answered", "status" },
        { [Replied], "Updates as available", "Received Answered", "status" },
        { [Replied, new StatusRequested()], "Status request", "Received Answered", "" },
        { [Replied, new WorkStarted(), new WaitingStarted()], "Waiting for your answer", "Received Answered In progress", "status" },
        { [Proposed], "Waiting for your verdict", "Received Assessed Answered In progress", "status judge" },
        { [Fixed], "Resolved", "Received Assessed Answered In progress Resolved", "judge reopen rate" },
        { [Fixed, Accepted], "Closed", "Received Assessed Answered In progress Resolved", "reopen rate" },
        { [Fixed, Accepted, new Rated(5, null)], "Closed", "Received Assessed Answered In progress Resolved", "reopen" },
        { [Fixed, new Reopened(null)], "First response", "Received", "status" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_says_what_is_owed_how_far_it_is_and_what_can_be_done(TicketFact[] facts, string owed, string done, string can)
    {
        var standing = Standing(facts, Casey);
        Assert.Equal(
            (owed, done, can),
            ((standing.Next?.Metric.Title ?? standing.Otherwise) + (standing.IsPatchOwed ? ", patch owed" : ""),
                string.Join(' ', standing.Steps.Where(s => s.IsDone).Select(s => s.Title)), Can(standing)));
    }

    [Fact]
    public void Staff_give_no_verdict_on_their_own_work()
    {
        Assert.Equal("reopen", Can(Standing([Fixed], Ada)));
        Assert.Equal("status", Can(Standing([Proposed], Ada)));
    }

    [Fact]
    public void Whoever_only_follows_from_elsewhere_is_offered_nothing_but_to_reply()
    {
        var zoe = new Actor("zoe", Role.Customer, 2);
        Assert.Equal("", Can(Standing([new WatcherAdded("zoe")], zoe)));
        Assert.Equal("", Can(Standing([new WatcherAdded("zoe"), Fixed], zoe)));
    }

    [Fact]
    public void The_first_step_still_to_come_is_the_next_one() =>
        Assert.Equal("Assessed", Standing([Replied], Casey).Steps.Single(s => s.IsNext).Title);

    private static RequestStanding Standing(TicketFact[] facts, Actor reader)
    {
        var history = With(facts.Select(fact => (Ada, fact)));
        return new RequestStanding(history.Ticket, history.Clocks(Catalogue, Monday + Duration.FromHours(1)), reader);
    }

    private static string Can(RequestStanding standing) => string.Join(' ', new[]
    {
        standing.CanRequestStatus ? "status" : "", standing.CanJudge ? "judge" : "", standing.CanReopen ? "reopen" : "", standing.CanRate ? "rate" : "",
    }.Where(word => word.Length > 0));
}
