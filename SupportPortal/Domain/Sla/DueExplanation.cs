using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Domain.Sla;

/// <summary>What a stretch of time does to a clock.</summary>
public enum DueStretchKind
{
    /// <summary>It counts.</summary>
    Running,

    /// <summary>Outside the calendar's hours.</summary>
    OutsideHours,

    /// <summary>A holiday of the calendar.</summary>
    Holiday,

    /// <summary>Waiting on the customer.</summary>
    Paused,
}

/// <summary>A stretch on the way to the due instant.</summary>
public sealed record DueStretch(Instant From, Instant To, DueStretchKind Kind);

/// <summary>Why this time? From which start, with which target, over which stretches a due instant came (rule 11).</summary>
public sealed record DueExplanation(SlaPromise Promise, Instant DueAt, IReadOnlyList<DueStretch> Stretches)
{
    /// <summary>The explanation of a clock's due instant; null where it has none.</summary>
    public static DueExplanation? Of(SlaClock clock)
    {
        if (clock is not { Promise: { } promise, DueAt: { } due }) return null;
        var stretches = new List<DueStretch>();
        var cursor = promise.Since;
        foreach (var pause in clock.Pauses)
        {
            if (pause.To is not { } end || end <= cursor || pause.From >= due) continue;
            AddCounted(stretches, promise, cursor, Instant.Max(cursor, pause.From));
            stretches.Add(new(Instant.Max(cursor, pause.From), end, DueStretchKind.Paused));
            cursor = end;
        }

        AddCounted(stretches, promise, cursor, due);
        return new DueExplanation(promise, due, stretches);
    }

    private static void AddCounted(List<DueStretch> stretches, SlaPromise promise, Instant from, Instant to)
    {
        if (from >= to) return;
        if (promise.Calendar is null) stretches.Add(new(from, to, DueStretchKind.Running));
        else
        {
            stretches.AddRange(promise.Calendar.Stretches(from, to).Select(s => new DueStretch(s.Start, s.End, s.Kind switch
            {
                CalendarStretchKind.Open => DueStretchKind.Running,
                CalendarStretchKind.Holiday => DueStretchKind.Holiday,
                _ => DueStretchKind.OutsideHours,
            })));
        }
    }
}
