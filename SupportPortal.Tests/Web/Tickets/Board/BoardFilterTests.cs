using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class BoardFilterTests
{
    private readonly TicketRow _mine = SomeRow.Of(1) with { AssigneeId = "ada" };
    private readonly TicketRow _hers = SomeRow.Of(2) with { AssigneeId = "eve" };
    private readonly TicketRow _free = SomeRow.Of(3);

    [Theory]
    [InlineData(null, new[] { 1L, 2L, 3L })]
    [InlineData("nonsense", new[] { 1L, 2L, 3L })]
    [InlineData("mine", new[] { 1L })]
    [InlineData("unassigned", new[] { 3L })]
    public void It_shows_whose_tickets_were_asked_for(string? show, long[] ids) =>
        Assert.Equal(ids, Shown(BoardFilter.Of(show, "ada", All)));

    [Theory]
    [InlineData(null, new[] { 1L, 2L, 3L, 4L })]
    [InlineData("mine", new[] { 3L })]
    [InlineData("unassigned", new[] { 1L, 4L })]
    public void It_takes_in_what_changed_and_lets_go_of_what_no_longer_belongs(string? show, long[] ids)
    {
        var filter = BoardFilter.Of(show, "ada", All);
        TicketRow[] changed = [_mine with { AssigneeId = null, Version = 2 }, _free with { AssigneeId = "ada", Version = 2 }, SomeRow.Of(4)];

        filter.Change(new TicketBatch(All.With(changed), changed));

        Assert.Equal(ids, Shown(filter));
    }

    private OpenSnapshot All => OpenSnapshot.Empty.With([_mine, _hers, _free]);

    private static IEnumerable<long> Shown(BoardFilter filter) => filter.Open.All.Select(row => row.Id).Order();
}
