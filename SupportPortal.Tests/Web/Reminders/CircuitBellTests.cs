using Microsoft.AspNetCore.Components.Server.Circuits;
using SupportPortal.Web.Reminders;

namespace SupportPortal.Tests.Web.Reminders;

public sealed class CircuitBellTests
{
    private static readonly Circuit Any = null!; // Nothing is asked of it, and nobody but the framework can make one.

    private readonly OpenBells _bells = new();

    [Fact]
    public async Task A_tab_that_is_cut_off_leaves_the_word_to_another_and_hears_when_it_is_back()
    {
        var (cut, other, returns) = (new CircuitBell(_bells), new CircuitBell(_bells), 0);
        other.Enter("ada");
        cut.Enter("ada");
        cut.Returned = () => returns++;
        Assert.Equal((true, false), (cut.Speaks, other.Speaks));

        await cut.OnConnectionDownAsync(Any, CancellationToken.None);
        Assert.Equal((false, true, 0), (cut.Speaks, other.Speaks, returns));
        cut.Look(isVisible: true); // What the browser said before it was cut off may arrive late.
        Assert.False(cut.Speaks);

        await cut.OnConnectionUpAsync(Any, CancellationToken.None);
        Assert.Equal((true, false, 1), (cut.Speaks, other.Speaks, returns));
    }

    [Fact]
    public async Task A_bell_that_is_not_shown_any_more_takes_no_place_and_is_told_nothing()
    {
        var (gone, returns) = (new CircuitBell(_bells), 0);
        gone.Enter("ada");
        gone.Returned = () => returns++;
        gone.Leave();
        await gone.OnConnectionDownAsync(Any, CancellationToken.None);
        await gone.OnConnectionUpAsync(Any, CancellationToken.None);
        Assert.Equal((false, 0), (gone.Speaks, returns));
    }

    [Fact]
    public async Task A_bell_that_comes_while_its_tab_is_cut_off_speaks_when_it_is_back()
    {
        var bell = new CircuitBell(_bells);
        await bell.OnConnectionDownAsync(Any, CancellationToken.None);
        bell.Enter("ada");
        Assert.False(bell.Speaks);
        await bell.OnConnectionUpAsync(Any, CancellationToken.None);
        Assert.True(bell.Speaks);
    }
}
