using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Sla.Effects;

/// <summary>The words of an effect's table.</summary>
public static class EffectWords
{
    /// <summary>How clocks can change, with the heads of their columns.</summary>
    public static IReadOnlyList<(ClockChangeKind Kind, string Label)> Kinds { get; } =
    [
        (ClockChangeKind.Breached, "Breached"), (ClockChangeKind.Earlier, "Earlier"), (ClockChangeKind.Later, "Later"),
        (ClockChangeKind.Begun, "Now due"), (ClockChangeKind.Paused, "Paused"), (ClockChangeKind.Ended, "Ended"),
    ];

    /// <summary>"one open request", "1,200 open requests".</summary>
    public static string Requests(int count) => count == 1 ? "one open request" : $"{count:N0} open requests";

    /// <summary>"none is breached", "one clock is breached", "12 clocks are breached".</summary>
    public static string Breached(int count) => count switch
    {
        0 => "none is breached",
        1 => "one clock is breached",
        _ => $"{count:N0} clocks are breached",
    };
}
