using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class PromiseWordsTests
{
    [Theory]
    [InlineData("PT1H", "roundTheClock", "1 h")]
    [InlineData("PT24H", "roundTheClock", "24 h")]
    [InlineData("PT90M", "roundTheClock", "1 h 30 min")]
    [InlineData("PT45S", "roundTheClock", "45 s")]
    [InlineData("P1D", "Business", "1 business day")]
    [InlineData("P2DT4H", "Business", "2 business days 4 h")]
    [InlineData("P1D", "roundTheClock", "1 day")]
    public void A_target_is_said_as_people_say_it(string target, string clock, string words)
    {
        Assert.True(TargetLength.TryParse(target, out var length));
        Assert.Equal(words, PromiseWords.Length(new SlaTarget(SlaMetric.FirstResponse, length, clock)));
    }

    [Fact]
    public void Where_nothing_is_promised_nothing_is_said() =>
        Assert.Null(PromiseWords.FirstResponse(new SlaPolicy("Bare", 1, Instant.MinValue, []), Severity.Normal));
}
