using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Which promises a figure counts. What is left out counts all.</summary>
public sealed record ComplianceFilter
{
    /// <summary>When they fell due.</summary>
    public required CompliancePeriod Period { get; init; }

    public SlaMetric? Metric { get; init; }

    /// <summary>The severity in force when they fell due.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whose requests; 0 for requests of no organisation.</summary>
    public int? OrganisationId { get; init; }

    public string? Service { get; init; }

    /// <summary>Whose ticket it was when they fell due; "" for nobody's.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Whose agents had the ticket when they fell due, as the team was when the filter was read. Of the name <see cref="People.Team.Nowhere"/>: agents who are none of its members.</summary>
    public Team? Team { get; init; }

    /// <summary>How the request came in.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Only the kept ones, or only the breached ones.</summary>
    public ComplianceOutcome? Outcome { get; init; }

    /// <summary>Only breaches whose exception has come so far.</summary>
    public ExceptionState? Exception { get; init; }

    /// <summary>Only breaches of this cause.</summary>
    public BreachCause? Cause { get; init; }

    /// <summary>Only what fell due in this hour of the week, in the period's zone: 0 is Monday from midnight, 167 Sunday's last.</summary>
    public int? Hour { get; init; }

    /// <summary>Only breaches that were late by more than this, or are by now.</summary>
    public Duration? LateOver { get; init; }

    /// <summary>Only breaches that were late by no more than this.</summary>
    public Duration? LateAtMost { get; init; }
}

/// <summary>What became of a promise.</summary>
public enum ComplianceOutcome
{
    /// <summary>It was kept.</summary>
    Met,

    /// <summary>It was not, or is overdue now.</summary>
    Breached,
}
