using Bunit;
using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class LaneListTests : BunitContext
{
    [Fact]
    public void It_is_a_list_by_its_title_with_an_article_a_ticket_named_by_its_number()
    {
        var lane = Draw(Shown(BoardLane.Critical, 2, SomeRow.Of(10001), SomeRow.Of(10002)));

        Assert.Equal("Severity 1 – Critical", lane.Find("h2").TextContent);
        Assert.Equal("Severity 1 – Critical", lane.Find("ul").GetAttribute("aria-label"));
        Assert.Equal(["SUP-10001 Subject 10001", "SUP-10002 Subject 10002"], lane.FindAll("article").Select(card => card.GetAttribute("aria-label")));
        Assert.Empty(lane.FindAll(".lane-more, .empty"));
    }

    [Fact]
    public void An_empty_lane_says_what_that_means() =>
        Assert.Equal("Every request has been assessed. New ones appear here at once.", Draw(Shown(BoardLane.Triage, 0)).Find(".empty").TextContent);

    [Fact]
    public void It_draws_again_only_what_changed()
    {
        var shown = Shown(BoardLane.Triage, 1, SomeRow.Of(10001));
        var lane = Draw(shown);

        lane.Render(same => same.Add(c => c.Lane, shown));
        Assert.Equal(1, lane.RenderCount);

        lane.Render(other => other.Add(c => c.Lane, Shown(BoardLane.Triage, 1, SomeRow.Of(10002))));
        Assert.Equal(2, lane.RenderCount);
    }

    [Fact]
    public void Show_more_asks_for_its_lane()
    {
        BoardLane? asked = null;
        var lane = Draw(Shown(BoardLane.High, 31, SomeRow.Of(10001)), more => asked = more);

        lane.Find(".lane-more").Click();

        Assert.Equal(BoardLane.High, asked);
    }

    private IRenderedComponent<LaneList> Draw(LaneShown shown, Action<BoardLane>? onMore = null) =>
        Render<LaneList>(lane => lane.Add(c => c.Lane, shown).Add(c => c.OnMore, onMore ?? (_ => { })));

    private static LaneShown Shown(BoardLane lane, int count, params TicketRow[] rows) =>
        new(new LaneRows(lane, count, rows, new HashSet<long>()), [.. rows.Select(row => new MarkupString($"<p>{row.Number}</p>"))]);
}
