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
        Assert.Empty(lane.FindAll(".empty"));
    }

    [Fact]
    public void An_empty_lane_says_what_that_means() =>
        Assert.Equal("Every request has been assessed. New ones appear here at once.", Draw(Shown(BoardLane.Triage, 0)).Find(".empty").TextContent);

    [Fact]
    public void It_draws_again_only_what_changed()
    {
        var shown = Shown(BoardLane.Triage, 1, SomeRow.Of(10001));
        var lane = Draw(shown);
        var cards = lane.FindComponent<LaneCards>();

        lane.Render(same => same.Add(c => c.Lane, shown));
        Assert.Equal((1, 1), (lane.RenderCount, cards.RenderCount));

        lane.Render(other => other.Add(c => c.Lane, Shown(BoardLane.Triage, 1, SomeRow.Of(10002))));
        Assert.Equal(2, cards.RenderCount);
        Assert.Equal("ticket-10002", lane.Find("article").Id);
    }

    [Fact]
    public void It_is_as_long_as_all_of_its_cards_though_few_of_them_are_drawn()
    {
        var list = Draw(Shown(BoardLane.High, 60_000, 100, SomeRow.Of(10001), SomeRow.Of(10002))).Find("ul");

        Assert.Equal("--above: 100; --below: 59898", list.GetAttribute("style"));
        Assert.Equal(("100", "60000"), (list.GetAttribute("data-start"), list.GetAttribute("data-count")));
    }

    [Fact]
    public void A_count_changes_without_the_cards()
    {
        var shown = Shown(BoardLane.High, 60_000, 100, SomeRow.Of(10001));
        var lane = Draw(shown);
        var cards = lane.FindComponent<LaneCards>();

        lane.Render(more => more.Add(c => c.Lane, shown with { Rows = shown.Rows with { Count = 60_001 } }));

        Assert.Equal("60,001", lane.Find(".count").TextContent);
        Assert.Equal("--above: 100; --below: 59900", lane.Find("ul").GetAttribute("style"));
        Assert.Equal((2, 1), (lane.RenderCount, cards.RenderCount));
    }

    [Fact]
    public void An_empty_lane_of_a_filtered_board_says_that_nothing_fits()
    {
        var lane = Render<LaneList>(list => list.Add(c => c.Lane, Shown(BoardLane.Triage, 0)).Add(c => c.IsFiltered, true));

        Assert.Equal("Nothing here fits the filters.", lane.Find(".empty").TextContent);
    }

    private IRenderedComponent<LaneList> Draw(LaneShown shown) => Render<LaneList>(lane => lane.Add(c => c.Lane, shown));

    private static LaneShown Shown(BoardLane lane, int count, params TicketRow[] rows) => Shown(lane, count, 0, rows);

    private static LaneShown Shown(BoardLane lane, int count, int start, params TicketRow[] rows) =>
        new(new LaneRows(lane, count, start, rows, new HashSet<long>()), [.. rows.Select(row => new DrawnCard($"ticket-{row.Id}", $"{row.Number} {row.Subject}", new MarkupString($"<p>{row.Number}</p>")))], CardOnlookers.Nobody);
}
