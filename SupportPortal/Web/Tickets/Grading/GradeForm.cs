using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Grading;

/// <summary>What a person fills in to change a severity, and how it is read.</summary>
public sealed class GradeForm(Severity? to)
{
    public Severity? To { get; set; } = to;

    public string Reason { get; set; } = "";

    /// <summary>As a <c>datetime-local</c> field has it, in the viewer's zone; empty when left out.</summary>
    public string ImpactSince { get; set; } = "";

    /// <summary>
    /// The instant that is meant; null when left out. The field knows no seconds: the minute in which the cycle began means
    /// its beginning.
    /// </summary>
    /// <param name="zone">The viewer's zone.</param>
    /// <param name="cycleStart">The earliest there is.</param>
    /// <param name="isReadable">False when something stands there that is no time.</param>
    public Instant? Since(DateTimeZone zone, Instant cycleStart, out bool isReadable)
    {
        var read = TimeField.Read(ImpactSince, zone);
        isReadable = read is not null || string.IsNullOrWhiteSpace(ImpactSince);
        return read is not null && ImpactSince == TimeField.Write(cycleStart, zone) ? cycleStart : read;
    }
}
