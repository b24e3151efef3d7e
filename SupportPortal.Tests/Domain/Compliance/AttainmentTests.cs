using SupportPortal.Domain.Compliance;

namespace SupportPortal.Tests.Domain.Compliance;

/// <summary>Figures that are never rounded up to a goal (support commitment, section 5).</summary>
public sealed class AttainmentTests
{
    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(3, 0, "100 %")]
    [InlineData(0, 3, "0 %")]
    [InlineData(995, 5, "99.5 %")]
    [InlineData(994_996, 5_004, "99.49 %")]
    [InlineData(999_999, 1, "99.99 %")]
    [InlineData(9_999_999_999, 1, "99.99 %")]
    [InlineData(2, 1, "66.66 %")]
    [InlineData(1, 9_999, "0.01 %")]
    [InlineData(1, 99_999, "0 %")]
    public void It_reads_as_no_more_than_it_is(long met, long breached, string said) => Assert.Equal(said, new Attainment(met, breached).ToString());

    [Theory]
    [InlineData(994_996, 5_004, false)]
    [InlineData(995, 5, true)]
    [InlineData(995_000_000, 5_000_001, false)]
    [InlineData(0, 0, null)]
    public void A_goal_is_reached_by_the_counts_and_not_by_what_is_said(long met, long breached, bool? reaches) => Assert.Equal(reaches, new Attainment(met, breached).Reaches(0.995m));

    [Theory]
    [InlineData(2, 1, "0.666666")]
    [InlineData(994_996, 5_004, "0.994996")]
    [InlineData(9_999_999_999, 1, "0.999999")]
    public void Its_share_is_cut_after_the_sixth_digit(long met, long breached, string share) =>
        Assert.Equal(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture), new Attainment(met, breached).Share);

    [Fact]
    public void Sums_are_of_counts()
    {
        Assert.Equal(new Attainment(4, 6), new Attainment(1, 2) + new Attainment(3, 4));
        Assert.Null(new Attainment(0, 0).Share);
    }
}
