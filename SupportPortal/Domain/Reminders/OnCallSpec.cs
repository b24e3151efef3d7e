namespace SupportPortal.Domain.Reminders;

/// <summary>A rota as a person writes it and as the store keeps it; <see cref="OnCallRota.Create"/> judges it.</summary>
public sealed record OnCallSpec
{
    /// <summary>The IANA zone in which its times are read: <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What makes up the week, in any order. Together they leave no minute out and none twice.</summary>
    public IReadOnlyList<OnCallShiftSpec> Shifts { get; init; } = [];

    /// <summary>Who stands in for whoever the shifts name, and when.</summary>
    public IReadOnlyList<OnCallOverrideSpec> Overrides { get; init; } = [];
}

/// <summary>A stretch of every week. From and until the same moment of the week, it is the whole week.</summary>
public sealed record OnCallShiftSpec
{
    /// <summary>The weekday on which it begins: <c>monday</c>.</summary>
    public string FromDay { get; init; } = "monday";

    /// <summary>The local time at which it begins: <c>09:00</c>.</summary>
    public string From { get; init; } = "09:00";

    /// <summary>The weekday on which it ends.</summary>
    public string UntilDay { get; init; } = "monday";

    /// <summary>The local time at which it ends.</summary>
    public string Until { get; init; } = "09:00";

    /// <summary>Ids of the people who take turns week by week, in order. A single one always has it.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>The date from which turns are counted (<c>2026-01-05</c>): the first shift on it or after it is the first person's. A single person needs none.</summary>
    public string? Since { get; init; }
}

/// <summary>One person in place of whoever the shifts name.</summary>
public sealed record OnCallOverrideSpec
{
    /// <summary>Local date and time at which it begins: <c>2026-12-24T09:00</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Local date and time at which it ends.</summary>
    public string Until { get; init; } = "";

    /// <summary>The id of who stands in.</summary>
    public string Person { get; init; } = "";
}
