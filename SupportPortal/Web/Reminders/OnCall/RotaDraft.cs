using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Reminders;

namespace SupportPortal.Web.Reminders.OnCall;

/// <summary>A rota as it stands in the form.</summary>
public sealed class RotaDraft
{
    public string TimeZone { get; set; } = "";

    public List<ShiftDraft> Shifts { get; init; } = [];

    public List<OverrideDraft> Overrides { get; init; } = [];

    /// <summary>A rota that is kept.</summary>
    public static RotaDraft Of(OnCallSpec spec) => new()
    {
        TimeZone = spec.TimeZone,
        Shifts = [.. spec.Shifts.Select(ShiftDraft.Of)],
        Overrides = [.. spec.Overrides.Select(stand => new OverrideDraft { From = stand.From, Until = stand.Until, Person = stand.Person })],
    };

    /// <summary>The usual one: a whole week each, handed over on Monday at 09:00.</summary>
    public static RotaDraft Usual(DateTimeZone zone, Instant now) => new()
    {
        TimeZone = zone.Id,
        Shifts = [ShiftDraft.WholeWeek(now.InZone(zone).Date)],
    };

    /// <summary>A time as the domain reads it: of a field to the minute the framework's script makes one with seconds.</summary>
    public static string ToTheMinute(ChangeEventArgs change)
    {
        var text = change.Value?.ToString() ?? "";
        return text.Length is 8 or 19 && text.EndsWith(":00", StringComparison.Ordinal) ? text[..^3] : text;
    }

    /// <summary>What the form says, for the domain to judge.</summary>
    public OnCallSpec ToSpec() => new()
    {
        TimeZone = TimeZone.Trim(),
        Shifts = [.. Shifts.Select(shift => shift.ToSpec())],
        Overrides = [.. Overrides.Select(stand => new OnCallOverrideSpec { From = stand.From, Until = stand.Until, Person = stand.Person })],
    };
}

/// <summary>A shift as it stands in the form.</summary>
public sealed class ShiftDraft
{
    public string FromDay { get; set; } = "monday";

    public string From { get; set; } = "09:00";

    public string UntilDay { get; set; } = "monday";

    public string Until { get; set; } = "09:00";

    public List<string> People { get; init; } = [""];

    public string? Since { get; set; }

    public static ShiftDraft Of(OnCallShiftSpec shift) => new()
    {
        FromDay = shift.FromDay,
        From = shift.From,
        UntilDay = shift.UntilDay,
        Until = shift.Until,
        People = [.. shift.People],
        Since = shift.Since,
    };

    /// <summary>A week, its turns counted from the Monday of a date's week.</summary>
    public static ShiftDraft WholeWeek(LocalDate date) => new() { Since = LocalDatePattern.Iso.Format(date.PlusDays(1).Previous(IsoDayOfWeek.Monday)) };

    /// <summary>Puts a person earlier or later in the order of turns.</summary>
    public void Move(int index, int by)
    {
        if (index + by < 0 || index + by >= People.Count) return;
        (People[index], People[index + by]) = (People[index + by], People[index]);
    }

    public OnCallShiftSpec ToSpec() => new() { FromDay = FromDay, From = From, UntilDay = UntilDay, Until = Until, People = [.. People], Since = Since };
}

/// <summary>An override as it stands in the form.</summary>
public sealed class OverrideDraft
{
    public string From { get; set; } = "";

    public string Until { get; set; } = "";

    public string Person { get; set; } = "";
}
