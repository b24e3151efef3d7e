using System.Globalization;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Sla.Policy;

namespace SupportPortal.Tests.Web.Sla.Policy;

/// <summary>Lengths and thresholds as people write them.</summary>
public sealed class PolicyWordsTests
{
    [Theory]
    [InlineData("1 h", "PT1H")]
    [InlineData("1h", "PT1H")]
    [InlineData("2 hours", "PT2H")]
    [InlineData("30 min", "PT30M")]
    [InlineData("1 h 30 min", "PT1H30M")]
    [InlineData("90 minutes", "PT90M")]
    [InlineData(" 1 business day ", "P1D")]
    [InlineData("2 workdays", "P2D")]
    [InlineData("1 day 4 hours", "P1DT4H")]
    [InlineData("4 business hours", "PT4H")]
    [InlineData("PT6H", "PT6H")]
    [InlineData("p1d", "P1D")]
    public void A_length_reads(string text, string iso)
    {
        Assert.True(TargetWords.TryRead(text, roundTheClock: false, out var length, out _));
        Assert.True(TargetLength.TryParse(iso, out var expected));
        Assert.Equal(expected, length);
    }

    [Theory]
    [InlineData("-1 h", true, "A target is longer than nothing.")]
    [InlineData("-PT1H", true, "A target is longer than nothing.")]
    [InlineData("0 min", true, "A target is longer than nothing.")]
    [InlineData("PT0S", true, "A target is longer than nothing.")]
    [InlineData("1 business day", true, "Business time needs a business calendar: choose one as its clock.")]
    [InlineData("soon", true, "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.")]
    [InlineData("1", true, "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.")]
    [InlineData("1 week", true, "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.")]
    [InlineData("99999999 h", true, "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.")]
    [InlineData("4000 days", true, "Write a length such as 1 h, 30 min, 1 business day or PT1H, at most ten years.")]
    public void What_is_no_length_says_why(string text, bool roundTheClock, string why)
    {
        Assert.False(TargetWords.TryRead(text, roundTheClock, out _, out var problem));
        Assert.Equal(why, problem);
    }

    [Theory]
    [InlineData("PT1H", SlaTarget.RoundTheClock, "1 h")]
    [InlineData("PT30M", SlaTarget.RoundTheClock, "30 min")]
    [InlineData("P1D", "Business", "1 business day")]
    [InlineData("P2DT4H", SlaTarget.RoundTheClock, "2 days 4 h")]
    [InlineData("PT36H", SlaTarget.RoundTheClock, "36 h")]
    [InlineData("PT1.5S", SlaTarget.RoundTheClock, "PT1.5S")]
    public void A_length_is_said_so_that_it_reads_back(string iso, string clock, string text)
    {
        Assert.True(TargetLength.TryParse(iso, out var length));
        var target = new SlaTarget(SlaMetric.FirstResponse, length, clock);
        Assert.Equal(text, TargetWords.Say(target));
        Assert.True(TargetWords.TryRead(text, target.RunsRoundTheClock, out var read, out _));
        Assert.Equal(length, read);
    }

    [Theory]
    [InlineData("50 %, 25 %, due", "0.5 0.25 0")]
    [InlineData("due, 12.5%; 50%", "0.5 0.125 0")]
    [InlineData("0.5, 0", "0.5 0")]
    [InlineData("none", "")]
    [InlineData("", null)]
    [InlineData("100 %, -10 %", "1 -0.1")] // for the policy to refuse, at the field
    public void Reminders_read(string text, string? shares)
    {
        Assert.True(ThresholdWords.TryReadReminders(text, out var read, out _));
        Assert.Equal(shares, read is null ? null : string.Join(' ', read.Select(share => share.ToString("0.####", CultureInfo.InvariantCulture))));
        if (read is not null && read.All(share => share is >= 0 and < 1))
        {
            Assert.True(ThresholdWords.TryReadReminders(ThresholdWords.Say(read), out var again, out _));
            Assert.Equal(read, again);
        }
    }

    [Theory]
    [InlineData("50 %, soon", "“soon” is no reminder: write shares of the target that are left, such as 50 %, 25 %, due.")]
    [InlineData("50 %,", "“” is no reminder: write shares of the target that are left, such as 50 %, 25 %, due.")]
    public void What_is_no_reminder_is_named(string text, string why)
    {
        Assert.False(ThresholdWords.TryReadReminders(text, out _, out var problem));
        Assert.Equal(why, problem);
    }

    [Theory]
    [InlineData("25 %", "0.25 0")]
    [InlineData("due", "0 0")]
    [InlineData("overdue", "0 1")]
    [InlineData("Overdue 3", "0 3")]
    [InlineData("overdue 0", null)]
    [InlineData("overdue x", null)]
    [InlineData("later", null)]
    [InlineData("", null)]
    public void Where_a_rule_begins_reads(string text, string? point) =>
        Assert.Equal(point, ThresholdWords.TryReadRule(text, out var read) ? string.Create(CultureInfo.InvariantCulture, $"{read.Left:0.##} {read.Overdue}") : null);
}
