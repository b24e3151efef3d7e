using NodaTime;

namespace SupportPortal.Domain.Calendars;

/// <summary>A piece of time from <paramref name="Start"/> up to, not including, <paramref name="End"/>, in which a calendar is one thing.</summary>
public sealed record CalendarStretch(CalendarStretchKind Kind, Instant Start, Instant End);

/// <summary>What a calendar is during a stretch.</summary>
public enum CalendarStretchKind
{
    /// <summary>Business time counts.</summary>
    Open,

    /// <summary>Closed, as every week.</summary>
    OutsideHours,

    /// <summary>Closed although the weekly hours would be open: a holiday took this time away.</summary>
    Holiday,
}
