using SupportPortal.Web.Reminders;

namespace SupportPortal.Tests.Web.Reminders;

public sealed class OpenBellsTests
{
    private readonly OpenBells _bells = new();

    [Fact]
    public void The_tab_that_came_to_the_front_last_speaks()
    {
        var (one, two) = (_bells.Enter("ada"), _bells.Enter("ada"));
        Assert.Equal((false, true), (one.Speaks, two.Speaks));
        one.Look(isVisible: true);
        Assert.Equal((true, false), (one.Speaks, two.Speaks));
        one.Look(isVisible: false);
        Assert.Equal((false, true), (one.Speaks, two.Speaks));
    }

    [Fact]
    public void A_tab_that_closed_leaves_the_word_to_the_next_and_to_nobody_else()
    {
        var (one, two, bobs) = (_bells.Enter("ada"), _bells.Enter("ada"), _bells.Enter("bob"));
        two.Dispose();
        two.Look(isVisible: true);
        Assert.Equal((true, false, true), (one.Speaks, two.Speaks, bobs.Speaks));
        one.Dispose();
        one.Dispose();
        Assert.Equal((false, true), (one.Speaks, bobs.Speaks));
    }
}
