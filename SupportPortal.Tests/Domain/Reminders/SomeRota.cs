using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Reminders;

namespace SupportPortal.Tests.Domain.Reminders;

/// <summary>Rotas written in a line, and moments of theirs.</summary>
internal static class SomeRota
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm");
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>
    /// Shifts such as <c>Mon 09:00-Mon 09:00 ada,bob since 2026-01-05; …</c>, overrides such as
    /// <c>2026-01-06T09:00 to 2026-01-06T12:00 cy; …</c>.
    /// </summary>
    public static OnCallSpec Spec(string shifts, string overrides = "", string zone = "UTC") => new()
    {
        TimeZone = zone,
        Shifts = [.. shifts.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Shift)],
        Overrides = [.. overrides.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Override)],
    };

    public static OnCallRota Of(OnCallSpec spec)
    {
        var (rota, refusals) = OnCallRota.Create(spec);
        Assert.Empty(refusals);
        return rota!;
    }

    public static OnCallRota Of(string shifts, string overrides = "", string zone = "UTC") => Of(Spec(shifts, overrides, zone));

    /// <summary>An instant by the wall clock of the rota's zone; of two, the second where it says so: <c>2026-10-25 02:30 again</c>.</summary>
    public static Instant When(this OnCallRota rota, string wall)
    {
        var mapping = rota.Zone.MapLocal(Wall.Parse(wall.Replace(" again", "", StringComparison.Ordinal)).Value);
        return (wall.EndsWith("again", StringComparison.Ordinal) ? mapping.Last() : mapping.First()).ToInstant();
    }

    /// <summary>The rota's wall clock at an instant.</summary>
    public static string Told(this OnCallRota rota, Instant instant) => Wall.Format(instant.InZone(rota.Zone).LocalDateTime);

    private static OnCallShiftSpec Shift(string text)
    {
        var words = text.Split(' ');
        var middle = words[1].Split('-');
        return new()
        {
            FromDay = Day(words[0]),
            From = middle[0],
            UntilDay = Day(middle[1]),
            Until = words[2],
            People = words[3] == "-" ? [] : words[3].Split(','),
            Since = words.SkipWhile(word => word != "since").Skip(1).FirstOrDefault(),
        };
    }

    private static string Day(string start) => Days.Single(day => day.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static OnCallOverrideSpec Override(string text)
    {
        var words = text.Split(' ');
        return new() { From = words[0], Until = words[2], Person = words.ElementAtOrDefault(3) ?? "" };
    }
}
