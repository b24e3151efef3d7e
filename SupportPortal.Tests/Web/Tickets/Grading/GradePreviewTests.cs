using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Tickets;
using SupportPortal.Web.Tickets.Grading;

namespace SupportPortal.Tests.Web.Tickets.Grading;

public sealed class GradePreviewTests
{
    private static readonly SlaClock First = Clock(SlaMetric.FirstResponse, SlaClockState.Running, due: 14);

    [Fact]
    public void An_earlier_due_instant_is_told_with_the_one_before() =>
        Assert.Equal([new PreviewLine(SlaMetric.FirstResponse, "due 14:00 → 11:00", false)], Of([First], [First with { DueAt = At(11) }]));

    [Fact]
    public void What_would_be_late_at_once_is_said_plainly() => Assert.Equal(
        [new PreviewLine(SlaMetric.FirstResponse, "would be breached since 11:00", true)],
        Of([First], [First with { DueAt = At(11), State = SlaClockState.Breached }]));

    [Fact]
    public void What_stays_as_it_is_and_what_is_over_is_not_told() =>
        Assert.Empty(Of([First, Clock(SlaMetric.StatusRequest, SlaClockState.Met, due: 9) with { StoppedAt = At(8) }], [First, Clock(SlaMetric.StatusRequest, SlaClockState.Met, due: 9)]));

    [Fact]
    public void Clocks_that_stop_are_told_with_how() => Assert.Equal(
        [
            new PreviewLine(SlaMetric.PeriodicUpdate, "stops, met", false),
            new PreviewLine(SlaMetric.StatusRequest, "stops, breached", false),
            new PreviewLine(SlaMetric.EmergencyPatch, "no longer owed", false),
        ],
        Of(
            [Clock(SlaMetric.PeriodicUpdate, SlaClockState.Running, 15), Clock(SlaMetric.StatusRequest, SlaClockState.Breached, 9), Clock(SlaMetric.EmergencyPatch, SlaClockState.Owed, null)],
            [
                Clock(SlaMetric.PeriodicUpdate, SlaClockState.Met, 15) with { StoppedAt = At(12) },
                Clock(SlaMetric.StatusRequest, SlaClockState.Breached, 9) with { StoppedAt = At(12) },
                Clock(SlaMetric.EmergencyPatch, SlaClockState.Cancelled, null) with { StoppedAt = At(12) },
            ]));

    [Fact]
    public void Clocks_that_would_start_are_told_last() => Assert.Equal(
        [new PreviewLine(SlaMetric.PeriodicUpdate, "starts, due 13:00", false), new PreviewLine(SlaMetric.EmergencyPatch, "becomes owed", false)],
        Of([First], [First, Clock(SlaMetric.PeriodicUpdate, SlaClockState.Running, 13), Clock(SlaMetric.EmergencyPatch, SlaClockState.Owed, null)]));

    private static IReadOnlyList<PreviewLine> Of(SlaClock[] before, SlaClock[] after) =>
        GradePreview.Of(before, after, instant => WhenWords.Say(instant, DateTimeZone.Utc, At(12)));

    private static SlaClock Clock(SlaMetric metric, SlaClockState state, int? due) =>
        new(metric, At(8), due is { } hour ? At(hour) : null, null, state, null, null, null, []);

    private static Instant At(int hour) => Instant.FromUtc(2030, 1, 7, hour, 0);
}
