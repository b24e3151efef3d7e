using CsCheck;
using NodaTime;
using SupportPortal.Application.Live;

namespace SupportPortal.Tests.Application.Live;

public sealed class FeedPositionTests
{
    private static readonly Instant Now = Instant.FromUtc(2030, 1, 7, 9, 0);

    [Fact]
    public void What_is_skipped_is_missing_until_it_comes_or_nobody_waits_any_more()
    {
        var position = new FeedPosition();
        position.Begin(10);
        position.Saw([11, 12, 20], Now);
        Assert.Equal((20, "13-19"), (position.Last, Missing(position)));
        position.Saw([15, 21], Now + Duration.FromMinutes(9));
        Assert.Equal((21, "13-14 16-19"), (position.Last, Missing(position)));
        position.Saw([13, 14, 19, 30], Now + FeedPosition.Patience);
        Assert.Equal("16-18 22-29", Missing(position));
        position.Saw([], Now + FeedPosition.Patience + Duration.FromTicks(1));
        Assert.Equal("22-29", Missing(position));
    }

    [Fact]
    public void In_whatever_order_transactions_commit_nothing_is_left_out() =>
        Gen.Shuffle(Enumerable.Range(1, 30).ToArray()).Select(Gen.Int[1, 7]).Sample((order, size) =>
        {
            var position = new FeedPosition();
            var seen = new HashSet<long>();
            foreach (var committed in order.Chunk(size))
            {
                var (first, last) = position.Missing;
                long[] wanted = [.. committed.Select(p => (long)p).Where(p => p > position.Last || first.Zip(last).Any(gap => gap.First <= p && p <= gap.Second)).Order()];
                position.Saw(wanted, Now);
                seen.UnionWith(wanted);
            }

            return seen.Count == 30 && Missing(position) == "";
        });

    private static string Missing(FeedPosition position) => string.Join(' ', position.Missing.First.Zip(position.Missing.Last, (first, last) => $"{first}-{last}"));
}
