namespace SupportPortal.Domain.Sla;

/// <summary>What is promised (support commitment, section 2).</summary>
public enum SlaMetric
{
    /// <summary>From the report to the first public staff reply; at Severity 1 to the later of reply and start of work.</summary>
    FirstResponse,

    /// <summary>From each public staff update to the next.</summary>
    PeriodicUpdate,

    /// <summary>From a customer's question how it stands to the next public staff update.</summary>
    StatusRequest,

    /// <summary>From the grading to Severity 2 without a workaround to the patch. Owed even without a target.</summary>
    EmergencyPatch,

    /// <summary>From a customer's reply to the next public staff update.</summary>
    NextResponse,

    /// <summary>From the report to the resolution.</summary>
    Resolution,
}

/// <summary>Names of metrics, said the same way everywhere.</summary>
public static class SlaMetricNames
{
    extension(SlaMetric metric)
    {
        /// <summary>"First response", "Next update", "Status request" …</summary>
        public string Title => metric switch
        {
            SlaMetric.FirstResponse => "First response",
            SlaMetric.PeriodicUpdate => "Next update",
            SlaMetric.StatusRequest => "Status request",
            SlaMetric.EmergencyPatch => "Emergency patch",
            SlaMetric.NextResponse => "Next response",
            _ => "Resolution",
        };
    }
}
