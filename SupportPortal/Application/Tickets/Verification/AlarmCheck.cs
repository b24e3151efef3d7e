using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Tickets.Verification;

/// <summary>Whether every alarm of a clock that has passed was raised, and the next one is set. Pure.</summary>
internal static class AlarmCheck
{
    private static readonly Duration Moment = Duration.FromTicks(10);

    /// <summary>One line a difference.</summary>
    /// <param name="clock">The clock, as the ticket's last event left it.</param>
    /// <param name="computed">When the events alone say that it is to be looked at.</param>
    /// <param name="stored">When the store says so.</param>
    /// <param name="reminders">The clock's reminders.</param>
    public static IEnumerable<string> Differences(SlaClock clock, Instant? computed, Instant? stored, IReadOnlyCollection<Reminder> reminders)
    {
        var living = reminders.Count(r => r.EndedAt is null);
        if (living > 1) yield return $"{living} of its reminders live at once";
        if (!clock.IsLive && living > 0) yield return "it has stopped, and its reminder lives on";
        if (computed is null)
        {
            if (stored is not null) yield return $"an alarm is set for {Text(stored)}, and nothing can fall due";
            yield break;
        }

        if (stored is null) yield return $"no alarm is set, and one follows from the events at {Text(computed)}";
        if (stored is null || stored <= computed) yield break;
        if (Alarms.Latest(clock, stored.Value - Moment) is not { } passed) yield return $"its alarm at {Text(computed)} was skipped";
        else if (reminders.All(r => r.At != passed.At)) yield return $"its alarm at {Text(passed.At)} was not raised";
        else if (Alarms.Next(clock, passed.At)?.At != stored) yield return $"an alarm is set for {Text(stored)}, where its policy has none";
    }

    // Whole microseconds matter here, and an instant's own text ends at the second.
    private static string Text(Instant? at) => at is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "";
}
