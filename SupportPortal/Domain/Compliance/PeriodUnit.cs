using NodaTime;

namespace SupportPortal.Domain.Compliance;

/// <summary>How long the parts of a trend are.</summary>
public enum PeriodUnit
{
    /// <summary>A calendar day.</summary>
    Day,

    /// <summary>A week from Monday (ISO 8601).</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
