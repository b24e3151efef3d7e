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
    public void A_lane_shows_its_first_twenty_in_order_and_says_how_many_there_are()
    {
        Look(OpenSnapshot.Empty.With([.. Enumerable.Range(1, 35).Select(i => SomeRow.Of(i, dueInHours: 100 - i))]));

        var triage = Lane(BoardLane.Triage);
        Assert.Equal(Enumerable.Range(16, 20).Reverse(), triage.Rows.Select(row => (int)row.Id));
        Assert.Equal((35, 0), (triage.Count, triage.Start));
    }

    [Fact]
    public void Scrolling_shows_the_cards_around_what_is_on_screen()
    {
        var open = Many(400);
        Look(open);
        _view.Scroll(BoardLane.Triage, 205, 211);

        Assert.True(Look(open));
        Assert.Equal((190, 400), (Lane(BoardLane.Triage).Start, Lane(BoardLane.Triage).Count));
        Assert.Equal(Enumerable.Range(191, 40), Lane(BoardLane.Triage).Rows.Select(row => (int)row.Id));
    }

    [Fact]
    public void Boards_that_show_about_the_same_part_share_its_list()
    {
        var (open, other) = (Many(400), new BoardView());
        _view.Scroll(BoardLane.Triage, 203, 209);
        other.Scroll(BoardLane.Triage, 201, 207);
        Look(open);
        other.Look(() => open, [], SomeRow.Monday);

        Assert.Same(Lane(BoardLane.Triage).Rows, other.Lanes[0].Rows);
    }

    [Fact]
    public void Cards_that_come_and_go_above_leave_what_is_on_screen_in_the_window()
    {
        var open = Many(400);
        _view.Scroll(BoardLane.Triage, 205, 211);
        Look(open);

        Look(open.With([.. Enumerable.Range(1, 100).Select(i => SomeRow.Of(i) with { IsOpen = false, Version = 2 })]));
        Assert.Equal((90, 300), (Lane(BoardLane.Triage).Start, Lane(BoardLane.Triage).Count));
        Assert.Contains(206, Lane(BoardLane.Triage).Rows.Select(row => row.Id)); // It was the first one on screen.
    }

    [Fact]
    public void At_the_top_of_a_lane_what_comes_is_seen()
    {
        Look(Many(100));
        _view.Scroll(BoardLane.Triage, 0, 6);
        Look(Many(100).With([.. Enumerable.Range(201, 40).Select(i => SomeRow.Of(i, dueInHours: 0))]));

        Assert.Equal(201, Lane(BoardLane.Triage).Rows[0].Id);
    }

    [Fact]
    public void A_lane_that_grew_shorter_than_where_one_was_shows_its_end()
    {
        _view.Scroll(BoardLane.Triage, 393, 399);
        Look(Many(400));
        Look(Many(50));

        Assert.Equal(50, Lane(BoardLane.Triage).Rows[^1].Id);
    }

    [Fact]
    public void Only_what_is_drawn_and_the_counts_are_touched_by_a_change()
    {
        var open = Many(400);
        Look(open);
        var below = SomeRow.Of(300, dueInHours: 300) with { Version = 2 };

        Assert.False(_view.IsTouched(open, open.With([below])));
        Assert.True(_view.IsTouched(open, open.With([SomeRow.Of(3, dueInHours: 3) with { Version = 2 }])));
        Assert.True(_view.IsTouched(open, open.With([below with { IsOpen = false }])));
        Assert.True(_view.IsTouched(open, open.With([below.Graded(Severity.High)])));

        _view.Scroll(BoardLane.Triage, 295, 301);
        Assert.True(_view.IsTouched(open, open.With([below])));
    }

    [Fact]
    public void A_change_while_a_window_moves_is_not_missed()
    {
        var open = Many(400);
        _view.Scroll(BoardLane.Triage, 205, 211);
        Look(open);
        var before = open.With([.. Enumerable.Range(1, 100).Select(i => SomeRow.Of(i) with { IsOpen = false, Version = 2 })]);
        var after = before.With([SomeRow.Of(195, dueInHours: 195) with { Subject = "Meanwhile", Version = 2 }]); // In the window that comes, not in the one that was.
        var reads = new Queue<OpenSnapshot>([before, after]);

        _view.Look(() => reads.TryDequeue(out var next) ? next : after, [], SomeRow.Monday);

        Assert.Equal("Meanwhile", Lane(BoardLane.Triage).Rows.Single(row => row.Id == 195).Subject);
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

        _view.Look(() => open.With(changed), changed, SomeRow.Monday);

        Assert.Equal([3L], Lane(BoardLane.Triage).Arrived);
        Assert.Equal([2L], Lane(BoardLane.High).Arrived);
    }

    [Fact]
    public void What_was_there_when_the_board_was_opened_or_comes_by_scrolling_has_not_arrived()
    {
        var open = OpenSnapshot.Empty.With([.. Enumerable.Range(1, 40).Select(i => SomeRow.Of(i))]);
        Look(open);
        Assert.Empty(Lane(BoardLane.Triage).Arrived);

        _view.Scroll(BoardLane.Triage, 30, 36);
        Look(open);
        Assert.Empty(Lane(BoardLane.Triage).Arrived);
    }

    [Fact]
    public void An_arrival_is_marked_for_a_moment_only()
    {
        Look(OpenSnapshot.Empty);
        var open = OpenSnapshot.Empty.With([SomeRow.Of(1)]);
        _view.Look(() => open, [SomeRow.Of(1)], SomeRow.Monday);

        var later = SomeRow.Of(2);
        _view.Look(() => open.With([later]), [later], SomeRow.Monday + BoardView.ArrivalShown + Duration.Epsilon);

        Assert.Equal([2L], Lane(BoardLane.Triage).Arrived);
    }

    private bool Look(OpenSnapshot open) => _view.Look(() => open, [], SomeRow.Monday);

    private static OpenSnapshot Many(int count) => OpenSnapshot.Empty.With([.. Enumerable.Range(1, count).Select(i => SomeRow.Of(i, dueInHours: i))]);

    private LaneRows Lane(BoardLane lane) => _view.Lanes[(int)lane];
}
