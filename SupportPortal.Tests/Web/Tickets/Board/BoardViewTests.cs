using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class BoardViewTests
{
    private readonly BoardView _view = new();

    [Fact]
    public void A_lane_shows_its_first_thirty_in_order_and_says_how_many_there_are()
    {
        Look(OpenSnapshot.Empty.With([.. Enumerable.Range(1, 35).Select(i => SomeRow.Of(i, dueInHours: 100 - i))]));

        var triage = Lane(BoardLane.Triage);
        Assert.Equal(Enumerable.Range(6, 30).Reverse(), triage.Rows.Select(row => (int)row.Id));
        Assert.Equal((35, 5), (triage.Count, triage.More));
    }

    [Fact]
    public void Show_more_adds_thirty()
    {
        var open = OpenSnapshot.Empty.With([.. Enumerable.Range(1, 70).Select(i => SomeRow.Of(i))]);
        Look(open);
        _view.ShowMore(BoardLane.Triage);

        Assert.True(Look(open));
        Assert.Equal((60, 10), (Lane(BoardLane.Triage).Rows.Count, Lane(BoardLane.Triage).More));
    }

    [Fact]
    public void A_change_makes_new_only_the_lanes_that_it_touches()
    {
        var (first, high) = (SomeRow.Of(1), SomeRow.Of(2).Graded(Severity.High));
        var open = OpenSnapshot.Empty.With([first, high]);
        Look(open);
        var before = _view.Lanes;

        Assert.True(Look(open.With([first.Graded(Severity.Critical)])));

        Assert.NotSame(before[0], _view.Lanes[0]);
        Assert.NotSame(before[1], _view.Lanes[1]);
        Assert.Same(before[2], _view.Lanes[2]);
        Assert.Same(before[3], _view.Lanes[3]);
    }

    [Fact]
    public void A_change_below_what_is_shown_changes_the_count_alone_and_one_elsewhere_nothing()
    {
        var open = OpenSnapshot.Empty.With([.. Enumerable.Range(1, 40).Select(i => SomeRow.Of(i))]);
        Look(open);

        Assert.False(Look(open.With([SomeRow.Of(40) with { Subject = "Another", Version = 2 }])));
        Assert.True(Look(open.With([SomeRow.Of(40) with { IsOpen = false, Version = 3 }])));
        Assert.Equal(39, Lane(BoardLane.Triage).Count);
    }

    [Fact]
    public void A_card_has_arrived_that_changed_and_was_not_in_its_lane_before()
    {
        var (known, moved) = (SomeRow.Of(1), SomeRow.Of(2));
        var open = OpenSnapshot.Empty.With([known, moved]);
        Look(open);
        TicketRow[] changed = [SomeRow.Of(3), moved.Graded(Severity.High), known with { Subject = "Better", Version = 2 }];

        _view.Look(open.With(changed), changed, SomeRow.Monday);

        Assert.Equal([3L], Lane(BoardLane.Triage).Arrived);
        Assert.Equal([2L], Lane(BoardLane.High).Arrived);
    }

    [Fact]
    public void What_was_there_when_the_board_was_opened_or_comes_by_showing_more_has_not_arrived()
    {
        var open = OpenSnapshot.Empty.With([.. Enumerable.Range(1, 40).Select(i => SomeRow.Of(i))]);
        Look(open);
        Assert.Empty(Lane(BoardLane.Triage).Arrived);

        _view.ShowMore(BoardLane.Triage);
        Look(open);
        Assert.Empty(Lane(BoardLane.Triage).Arrived);
    }

    [Fact]
    public void An_arrival_is_marked_for_a_moment_only()
    {
        Look(OpenSnapshot.Empty);
        var open = OpenSnapshot.Empty.With([SomeRow.Of(1)]);
        _view.Look(open, [SomeRow.Of(1)], SomeRow.Monday);

        var later = SomeRow.Of(2);
        _view.Look(open.With([later]), [later], SomeRow.Monday + BoardView.ArrivalShown + Duration.Epsilon);

        Assert.Equal([2L], Lane(BoardLane.Triage).Arrived);
    }

    private bool Look(OpenSnapshot open) => _view.Look(open, [], SomeRow.Monday);

    private LaneRows Lane(BoardLane lane) => _view.Lanes[(int)lane];
}
