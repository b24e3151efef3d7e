using System.Runtime.InteropServices;
using NodaTime;

namespace SupportPortal.Application.Compliance;

/// <summary>How long it took: the time within which so many of a hundred came (nearest rank, no value in between is made up).</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Nine of ten came within it.</param>
/// <param name="P95">95 of a hundred.</param>
/// <param name="P99">99 of a hundred.</param>
/// <param name="Longest">The longest.</param>
public sealed record Percentiles(int Count, Duration P50, Duration P90, Duration P95, Duration P99, Duration Longest)
{
    /// <summary>Of times in microseconds, whose order is lost; null for none.</summary>
    internal static Percentiles? Of(List<long> times)
    {
        if (times.Count == 0) return null;
        var all = CollectionsMarshal.AsSpan(times);
        // From the lowest up: a selection leaves whatever is greater behind its place, where the next one looks.
        var p50 = Nth(all, 0, Rank(50));
        var p90 = Nth(all, Rank(50), Rank(90));
        var p95 = Nth(all, Rank(90), Rank(95));
        var p99 = Nth(all, Rank(95), Rank(99));
        return new Percentiles(times.Count, Time(p50), Time(p90), Time(p95), Time(p99), Time(Nth(all, Rank(99), times.Count - 1)));

        int Rank(int percent) => (int)((((long)times.Count * percent) + 99) / 100) - 1;
        static Duration Time(long microseconds) => Duration.FromTicks(microseconds * 10);
    }

    /// <summary>The value that would stand there were they in order (Hoare's selection): a million take a few milliseconds, where sorting takes a hundred.</summary>
    private static long Nth(Span<long> values, int from, int at)
    {
        var (left, right) = (from, values.Length - 1);
        while (left < right)
        {
            var pivot = Middle(values[left], values[left + ((right - left) / 2)], values[right]);
            var (i, j) = (left, right);
            while (i <= j)
            {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                (i, j) = (i + 1, j - 1);
            }

            if (at <= j) right = j;
            else if (at >= i) left = i;
            else break;
        }

        return values[at];
    }

    private static long Middle(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
