namespace SupportPortal.Domain.Tickets;

/// <summary>What the customer says the problem does to them.</summary>
public enum Impact
{
    /// <summary>Production stands still.</summary>
    ProductionStopped,

    /// <summary>Data is lost or being lost.</summary>
    DataLoss,

    /// <summary>A major feature is degraded.</summary>
    MajorFeatureDegraded,

    /// <summary>A partial or minor loss; the default.</summary>
    PartialOrMinor,
}

/// <summary>Whether the customer can work around the problem.</summary>
public enum Workaround
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>One that holds for a short time only.</summary>
    ShortTerm,

    /// <summary>One that is good enough to live with.</summary>
    Suitable,
}

/// <summary>The severity that the customer's own words amount to. It sorts the triage lane and starts no clock.</summary>
public static class ClaimedSeverity
{
    /// <summary>
    /// Production stopped or data loss: 1 without a workaround, 2 with a short-term one, 3 with a suitable one. A major
    /// feature degraded: 2, or 3 with a suitable workaround. Partial or minor: 3 (support commitment, section 3).
    /// </summary>
    public static Severity From(Impact impact, Workaround workaround) => (impact, workaround) switch
    {
        (_, Workaround.Suitable) or (Impact.PartialOrMinor, _) => Severity.Normal,
        (Impact.MajorFeatureDegraded, _) or (_, Workaround.ShortTerm) => Severity.High,
        _ => Severity.Critical,
    };
}
