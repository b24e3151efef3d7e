using NodaTime;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Tests.Web.Tickets;

public sealed class DueWordsTests
{
    /// <summary>Seconds left, and how one says it. The browser's countdown is held to the same rows.</summary>
    public static TheoryData<double, string> Rows => new()
    {
        { 4 * 86_400, "4 d 0 h" },
        { 2 * 86_400, "2 d 0 h" },
        { 2 * 86_400 - 1, "47 h 59 min" },
        { 5 * 3600 + 12 * 60 + 40, "5 h 12 min" },
        { 3600, "1 h 0 min" },
        { 3599, "59 min" },
        { 601, "10 min" },
        { 600, "10 min" },
        { 599.9, "10 min" },
        { 599, "9:59" },
        { 272, "4:32" },
        { 61, "1:01" },
        { 9, "0:09" },
        { 0.25, "0:01" },
        { 0, "0:00" },             // The very instant is still kept.
        { -0.25, "overdue by 1 s" },
        { -17.9, "overdue by 17 s" },
        { -60, "overdue by 1 min" },
        { -239, "overdue by 3 min" },
        { -3 * 3600 - 20 * 60, "overdue by 3 h 20 min" },
        { -66 * 3600, "overdue by 2 d 18 h" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_left_is_said_as_one_reads_a_clock(double seconds, string words) =>
        Assert.Equal(words, DueWords.Left(Duration.FromMilliseconds(seconds * 1000)));

    [Theory]
    [InlineData(312, "First response due in 5 h 12 min")]
    [InlineData(0, "First response due in 0:00")]
    [InlineData(-3, "First response overdue by 3 min")]
    public void A_label_makes_it_a_sentence(int minutes, string words)
    {
        var now = Instant.FromUtc(2030, 1, 7, 9, 0);
        Assert.Equal(words, DueWords.Say("First response", now + Duration.FromMinutes(minutes), now));
    }
}
