using NodaTime;

namespace SupportPortal.Domain.Compliance;

/// <summary>What is overdue, what falls due soon, and what of it will break, for each of <see cref="Forecast.Windows"/>.</summary>
/// <param name="Overdue">Past its due instant already.</param>
/// <param name="Due">Falls due within the window.</param>
/// <param name="Breaking">Of that, what will not be dealt with in time at the present pace.</param>
public sealed record Workload(int Overdue, IReadOnlyList<int> Due, IReadOnlyList<int> Breaking);

/// <summary>
/// Which promises will break if work goes on as it does: they are dealt with in the order in which they fall due, overdue ones first, as many an
/// hour as of late.
/// </summary>
public static class Forecast
{
    /// <summary>How far ahead it looks.</summary>
    public static IReadOnlyList<Duration> Windows { get; } = [Duration.FromHours(1), Duration.FromHours(4), Duration.FromHours(24)];

    /// <summary>For each promise, in the order given, whether it will break; what is overdue has broken and does not.</summary>
    /// <param name="due">Due instants, the earliest first.</param>
    /// <param name="anHour">So many are dealt with in an hour, 0 or more.</param>
    /// <param name="now">The present instant.</param>
    public static IEnumerable<bool> Breaking(IEnumerable<Instant> due, double anHour, Instant now)
    {
        var turn = 0;
        foreach (var at in due)
        {
            turn++;
            yield return at >= now && (anHour <= 0 || turn / anHour > (at - now).TotalHours);
        }
    }

    /// <summary>Adds up what is due and what breaks, window by window.</summary>
    /// <param name="promises">Due instants, and whether they will break.</param>
    /// <param name="now">The present instant.</param>
    public static Workload Sum(IEnumerable<(Instant DueAt, bool Breaks)> promises, Instant now)
    {
        var (overdue, due, breaking) = (0, new int[Windows.Count], new int[Windows.Count]);
        foreach (var (at, breaks) in promises)
        {
            if (at < now) overdue++;
            for (var window = 0; window < due.Length; window++)
            {
                if (at < now || at > now + Windows[window]) continue;
                due[window]++;
                if (breaks) breaking[window]++;
            }
        }

        return new Workload(overdue, due, breaking);
    }
}
