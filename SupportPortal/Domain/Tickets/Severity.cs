namespace SupportPortal.Domain.Tickets;

/// <summary>How badly a request hurts the customer. The number is the contract's; 1 is the gravest.</summary>
public enum Severity
{
    /// <summary>Severity 1: services unavailable or data lost, no workaround.</summary>
    Critical = 1,

    /// <summary>Severity 2: noticeably degraded, essential features inaccessible, no suitable workaround.</summary>
    High = 2,

    /// <summary>Severity 3: partial, non-critical loss of service. Every new request starts here.</summary>
    Normal = 3,
}

/// <summary>The words an agent grades against (support commitment, section 1).</summary>
public sealed record SeverityDefinition(Severity Severity, string Name, string Definition, string AlsoOwed)
{
    /// <summary>The three definitions, gravest first.</summary>
    public static IReadOnlyList<SeverityDefinition> All { get; } =
    [
        new(Severity.Critical, "Critical",
            "A critical production issue that significantly impacts business operations: services unavailable, or data loss, with no workaround.",
            "Work starts within the first-response target, then continuous communication until resolved or downgraded."),
        new(Severity.High, "High",
            "Major functionality or performance significantly disrupted: services operational but noticeably degraded, essential features inaccessible, no suitable workaround.",
            "An emergency patch when no workaround is identified."),
        new(Severity.Normal, "Normal",
            "Partial, non-critical loss of service, medium-to-low impact; a short-term workaround might exist, not scalable for long-term use.",
            "A status request is fulfilled within one business day."),
    ];
}

/// <summary>Names of severities, said the same way everywhere.</summary>
public static class SeverityNames
{
    extension(Severity severity)
    {
        /// <summary>The number of the contract: 1, 2 or 3.</summary>
        public int Level => (int)severity;

        /// <summary>"Severity 1 – Critical".</summary>
        public string Title => $"Severity {(int)severity} – {severity.Definition.Name}";

        /// <summary>The definition an agent grades against.</summary>
        public SeverityDefinition Definition => SeverityDefinition.All[(int)severity - 1];

        /// <summary>Whether this severity is worse for the customer than <paramref name="other"/>.</summary>
        public bool IsGraverThan(Severity other) => (int)severity < (int)other;
    }
}
