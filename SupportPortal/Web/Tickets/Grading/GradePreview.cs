using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Tickets.Grading;

/// <summary>What one clock would do: its metric, what would happen, and whether that hurts.</summary>
public sealed record PreviewLine(SlaMetric Metric, string Words, bool IsBreach);

/// <summary>What a grading would do to the clocks, in words, before anybody confirms it.</summary>
public static class GradePreview
{
    /// <summary>One line for each clock that it touches; none when it touches nothing.</summary>
    /// <param name="before">The clocks as they are.</param>
    /// <param name="after">The clocks as they would be: the same ones in the same order, then what would start.</param>
    /// <param name="say">How the viewer reads an instant.</param>
    public static IReadOnlyList<PreviewLine> Of(IReadOnlyList<SlaClock> before, IReadOnlyList<SlaClock> after, Func<Instant, string> say)
    {
        var lines = new List<PreviewLine>();
        for (var i = 0; i < after.Count; i++)
        {
            var line = i < before.Count ? Changed(before[i], after[i], say) : Started(after[i], say);
            if (line is not null) lines.Add(line);
        }

        return lines;
    }

    private static PreviewLine? Changed(SlaClock before, SlaClock after, Func<Instant, string> say)
    {
        if (!before.IsLive) return null;
        var metric = after.Metric;
        if (after.State == SlaClockState.Breached && before.State != SlaClockState.Breached)
            return new(metric, $"would be breached since {say(after.DueAt!.Value)}", IsBreach: true);
        if (after.State == SlaClockState.Cancelled) return new(metric, "no longer owed", IsBreach: false);
        if (!after.IsLive) return new(metric, after.State == SlaClockState.Met ? "stops, met" : "stops, breached", IsBreach: false);
        return before.DueAt == after.DueAt ? null : new(metric, $"due {Due(before, say)} → {Due(after, say)}", IsBreach: false);
    }

    private static PreviewLine? Started(SlaClock clock, Func<Instant, string> say) => clock.State switch
    {
        SlaClockState.Owed => new(clock.Metric, "becomes owed", IsBreach: false),
        _ => new(clock.Metric, $"starts, due {Due(clock, say)}", IsBreach: false),
    };

    private static string Due(SlaClock clock, Func<Instant, string> say) =>
        clock.DueAt is { } due ? say(due) : clock.State == SlaClockState.Paused ? "paused" : "never";
}
