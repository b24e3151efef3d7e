using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Application.Live;

public sealed class OpenSnapshotTests
{
    [Fact]
    public void Lanes_stand_in_order_of_what_is_due_and_triage_by_graver_claims_first()
    {
        var open = OpenSnapshot.Empty.With(
        [
            Row(1, due: 30, claimed: Severity.Normal, assessed: false), Row(2, due: 20, claimed: Severity.Critical, assessed: false), Row(3, due: 10, claimed: Severity.Critical, assessed: false),
            Row(4, due: 5, severity: Severity.Critical), Row(5, due: 5, severity: Severity.High), Row(6, due: 4, severity: Severity.High), Row(7, due: 4, severity: Severity.High), Row(8, due: 1),
        ]);
        Assert.Equal([3, 2, 1], Ids(open, BoardLane.Triage));
        Assert.Equal([4], Ids(open, BoardLane.Critical));
        Assert.Equal([6, 7, 5], Ids(open, BoardLane.High));
        Assert.Equal([8], Ids(open, BoardLane.Normal));
        Assert.Equal(8, open.Count);
        Assert.Equal([6, 7], open.First(BoardLane.High, 2).Select(t => t.Id));
        Assert.Same(open.First(BoardLane.High, 2), open.First(BoardLane.High, 2));
    }

    [Fact]
    public void A_change_moves_a_ticket_and_leaves_the_snapshot_before_it_as_it_was()
    {
        var before = OpenSnapshot.Empty.With([Row(1, due: 30, assessed: false), Row(2, due: 20)]);
        var after = before.With([Row(1, due: 10, version: 2, severity: Severity.Normal)]);
        Assert.Equal([1], Ids(before, BoardLane.Triage));
        Assert.Empty(Ids(after, BoardLane.Triage));
        Assert.Equal([1, 2], Ids(after, BoardLane.Normal));
    }

    [Fact]
    public void An_older_row_than_the_known_one_changes_nothing_and_a_closed_one_leaves()
    {
        var open = OpenSnapshot.Empty.With([Row(1, due: 30, version: 3)]);
        Assert.Equal(3, open.With([Row(1, due: 10, version: 2)]).Find(1)?.Version);
        var closed = open.With([Row(1, due: 30, version: 4) with { IsOpen = false }]);
        Assert.Equal((0, null), (closed.Count, closed.Find(1)));
    }

    [Fact]
    public void A_part_of_a_lane_stays_the_same_list_while_nothing_in_it_changes()
    {
        var open = OpenSnapshot.Empty.With([.. Enumerable.Range(1, 50).Select(i => Row(i, due: i))]);
        var (top, middle) = (open.Part(BoardLane.Normal, 0, 10), open.Part(BoardLane.Normal, 20, 10));
        Assert.Equal(Enumerable.Range(21, 10), middle.Select(t => (int)t.Id));

        var after = open.With([Row(25, due: 25, version: 2)]);

        Assert.Same(top, after.Part(BoardLane.Normal, 0, 10));
        Assert.NotSame(middle, after.Part(BoardLane.Normal, 20, 10));
        Assert.Equal(2, after.Part(BoardLane.Normal, 20, 10)[4].Version);
        Assert.Equal([49, 50], after.Part(BoardLane.Normal, 48, 10).Select(t => t.Id));
        Assert.Empty(after.Part(BoardLane.Normal, 60, 10));
    }

    [Fact]
    public void What_falls_due_between_two_instants_is_found_in_every_lane_and_under_every_claim()
    {
        var open = OpenSnapshot.Empty.With(
        [
            Row(1, due: 10, claimed: Severity.Critical, assessed: false), Row(2, due: 30, claimed: Severity.Critical, assessed: false),
            Row(3, due: 11, assessed: false), Row(4, due: 20, assessed: false), Row(5, due: 15, severity: Severity.Critical), Row(6, due: 21), Row(7, due: 12),
        ]);

        Assert.Equal([3, 4, 5, 7], open.DueBetween(At(10), At(20)).Select(t => t.Id).Order());
        Assert.Equal(At(11), open.NextDueAfter(At(10)));
        Assert.Equal(At(30), open.NextDueAfter(At(21)));
        Assert.Null(open.NextDueAfter(At(30)));
        Assert.Null(OpenSnapshot.Empty.NextDueAfter(At(0)));
    }

    private static Instant At(int seconds) => Instant.FromUnixTimeSeconds(seconds);

    private static IEnumerable<long> Ids(OpenSnapshot open, BoardLane lane) => open.Lane(lane).Select(t => t.Id);

    private static TicketRow Row(long id, int due, Severity severity = Severity.Normal, Severity claimed = Severity.Normal, bool assessed = true, int version = 1) => new()
    {
        Id = id,
        Version = version,
        Subject = "",
        Status = TicketStatus.New,
        IsOpen = true,
        Severity = severity,
        Claimed = claimed,
        IsAssessed = assessed,
        Channel = Channel.Portal,
        RequesterId = "",
        ReportedAt = default,
        ChangedAt = default,
        DueOrder = Instant.FromUnixTimeSeconds(due),
        LastHash = "",
    };
}
