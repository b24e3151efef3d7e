using Bunit;
using NodaTime;
using LocalTime = SupportPortal.Web.Tickets.Requests.LocalTime;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class LocalTimeTests : BunitContext
{
    [Theory]
    [InlineData(null, "7 Jan 2030, 09:00 UTC")]
    [InlineData("Europe/Berlin", "7 Jan 2030, 10:00 CET")]
    public void Without_a_browsers_own_zone_a_time_is_that_of_the_organisation(string? home, string text)
    {
        var time = Render<LocalTime>(p =>
        {
            p.Add(t => t.At, SomeRow.Monday);
            if (home is not null) p.AddCascadingValue(DateTimeZoneProviders.Tzdb[home]);
        });
        Assert.Equal((text, "2030-01-07T09:00:00Z"), (time.Find("time").TextContent, time.Find("time").GetAttribute("datetime")));
    }
}
