using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Clocks as the examples write them: <c>FirstResponse Mon 10:00 due 11:00 met 10:50</c>, one after the other.</summary>
internal static class ClockText
{
    /// <summary>What an example expects, against what the fold says: the whole list.</summary>
    public static void AssertClocks(this History history, string expected, string zone = "UTC")
    {
        var when = new When(zone);
        var clocks = history.Clocks;
        Assert.Equal(
            expected.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            clocks.Select(clock => Of(clock, when)));
        foreach (var clock in clocks)
        {
            Assert.Equal(clock.Metric == SlaMetric.PeriodicUpdate, clock.Missed is not null);
            Assert.Equal(clock.State == SlaClockState.Breached, clock.LateBy is not null);
            Assert.Equal(clock.DueAt is null, DueExplanation.Of(clock) is null);
        }
    }

    private static string Of(SlaClock clock, When when)
    {
        var text = $"{clock.Metric} {when.Text(clock.StartedAt, null)}";
        if (clock.DueAt is { } due) text += $" due {when.Text(due, clock.StartedAt)}";
        text += $" {clock.State}".ToLowerInvariant();
        if (clock.StoppedAt is { } stop) text += $" {when.Text(stop, clock.DueAt ?? clock.StartedAt)}";
        if (clock.LateBy is { } late) text += $" late {Length(late)}";
        if (clock.Missed is > 0) text += $" missed {clock.Missed}";
        return text;
    }

    private static string Length(Duration length) => new TargetLength(0, length).ToString();
}
