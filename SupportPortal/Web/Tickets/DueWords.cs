using NodaTime;

namespace SupportPortal.Web.Tickets;

/// <summary>A due instant in plain words. wwwroot/sla-countdown.js says the same while it ticks; a test compares them.</summary>
public static class DueWords
{
    /// <summary>"First response due in 5 h 12 min", "First response overdue by 3 min".</summary>
    public static string Say(string label, Instant due, Instant now) =>
        due < now ? $"{label} {Left(due - now)}" : $"{label} due in {Left(due - now)}";

    /// <summary>"5 h 12 min", "4:32", "overdue by 3 min". The due instant itself is still kept.</summary>
    public static string Left(Duration left)
    {
        if (left < Duration.Zero)
        {
            var over = -left;
            return over < Duration.FromMinutes(1) ? $"overdue by {Math.Max(1, (int)over.TotalSeconds)} s" : $"overdue by {Length(over)}";
        }

        if (left >= Duration.FromMinutes(10)) return Length(left);
        var seconds = (int)Math.Ceiling(left.TotalSeconds);
        return seconds == 600 ? "10 min" : $"{seconds / 60}:{seconds % 60:00}";
    }

    /// <summary>"2 d 5 h", "5 h 12 min", "12 min": what has fully passed or is fully left.</summary>
    public static string Length(Duration length) =>
        length >= Duration.FromDays(2) ? $"{length.Days} d {length.Hours} h"
        : length >= Duration.FromHours(1) ? $"{(int)length.TotalHours} h {length.Minutes} min"
        : $"{(int)length.TotalMinutes} min";
}
