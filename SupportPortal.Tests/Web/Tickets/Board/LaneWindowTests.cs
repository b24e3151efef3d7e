using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class LaneWindowTests
{
    [Theory]
    [InlineData(0, 6, 0, 20)]
    [InlineData(9, 15, 0, 30)]
    [InlineData(13, 20, 0, 40)]
    [InlineData(20, 27, 10, 30)]
    [InlineData(25, 31, 10, 40)]
    [InlineData(59_990, 59_999, 59_980, 30)]
    public void It_is_made_of_whole_steps_around_what_is_on_screen(int first, int last, int start, int count) =>
        Assert.Equal(new LaneWindow(start, count), LaneWindow.Around(first, last));

    [Fact]
    public void Whoever_asks_for_the_whole_lane_does_not_get_it() => Assert.Equal(200, LaneWindow.Around(0, 60_000).Count);
}
