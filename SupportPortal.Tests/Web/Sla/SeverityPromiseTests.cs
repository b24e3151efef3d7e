using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Sla;

namespace SupportPortal.Tests.Web.Sla;

public sealed class SeverityPromiseTests
{
    [Fact]
    public void The_support_commitment_reads_as_it_is_promised() => Assert.Equal(
    [
        "Critical | Acknowledged and being worked on within 1 hour | Continuous, at least every 30 minutes, until resolved or downgraded | Answered within 1 business day | ",
        "High | Within 6 hours | Every 12 hours | Answered within 1 business day | An emergency patch when no workaround is identified",
        "Normal | Within 24 hours | As available | Answered within 1 business day | ",
    ], Lines(SlaPolicy.Commitment));

    [Fact]
    public void Another_policy_reads_as_what_it_promises() => Assert.Equal(
    [
        "Critical | No fixed time | As available | As available | ",
        "High | No fixed time | As available | As available | An emergency patch within 2 days when no workaround is identified",
        "Normal | No fixed time | As available | As available | An answer to each of your replies within 4 business hours; A resolution within 1 business day 2 business hours",
    ], Lines(new SlaPolicy("Gold", 3, Instant.MinValue,
    [
        new(Severity.High, [new(SlaMetric.EmergencyPatch, TargetLength.Workdays(2))]),
        new(Severity.Normal,
        [
            new(SlaMetric.NextResponse, TargetLength.Hours(4), "Business"),
            new(SlaMetric.Resolution, new TargetLength(1, Duration.FromHours(2)), "Business"),
        ]),
    ])));

    [Fact]
    public void Days_in_a_row_with_the_same_hours_are_one_line() => Assert.Equal(
        [("Monday – Thursday", "09:00–12:00, 13:00–17:00"), ("Friday", "22:00–06:00"), ("Saturday – Sunday", "closed")],
        OpenDays.Of(new CalendarSpec
        {
            Hours = new()
            {
                ["monday"] = ["09:00-12:00", "13:00-17:00"],
                ["tuesday"] = ["09:00-12:00", "13:00-17:00"],
                ["wednesday"] = ["09:00-12:00", "13:00-17:00"],
                ["thursday"] = ["09:00-12:00", "13:00-17:00"],
                ["friday"] = ["22:00-06:00"],
            },
        }));

    private static IEnumerable<string> Lines(SlaPolicy policy) => SeverityPromise.Of(policy).Select(promise => string.Join(" | ",
        promise.Definition.Name, promise.FirstResponse, promise.Updates, promise.StatusRequest, string.Join("; ", promise.Also)));
}
