using System.Runtime.InteropServices;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>What attainment is told apart by.</summary>
public enum ComplianceDimension
{
    /// <summary>What was promised.</summary>
    Metric,

    /// <summary>The severity in force when it fell due.</summary>
    Severity,

    /// <summary>The calendar month in which it fell due.</summary>
    Month,

    /// <summary>Whose request it was.</summary>
    Organisation,

    /// <summary>Whose ticket it was when it fell due.</summary>
    Agent,

    /// <summary>The service concerned.</summary>
    Service,

    /// <summary>How the request came in.</summary>
    Channel,

    /// <summary>The team, as it is now, of whose ticket it was when it fell due.</summary>
    Team,
}

/// <summary>One row of a table: attainment of one combination. What the table does not tell apart is null.</summary>
public sealed record ComplianceRow
{
    public SlaMetric? Metric { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>The month's first date.</summary>
    public LocalDate? Month { get; init; }

    public int? OrganisationId { get; init; }

    public string? AssigneeId { get; init; }

    public string? Service { get; init; }

    public Channel? Channel { get; init; }

    public string? Team { get; init; }

    public required Tally Tally { get; init; }
}

/// <summary>Attainment by any dimensions, in one pass.</summary>
internal static class ComplianceTable
{
    public static IReadOnlyList<ComplianceRow> Of(ComplianceFacts facts, ComplianceFilter filter, IReadOnlyCollection<ComplianceDimension> by, Instant at, SlaCatalogue catalogue)
    {
        var months = by.Contains(ComplianceDimension.Month) ? new PartFinder(filter.Period.Parts(PeriodUnit.Month)) : null;
        var counter = new Counter(by, months);
        FactScan.Run(facts, filter, at, catalogue, ref counter);
        return [.. counter.Rows.Select(row => Row(facts, by, months, row.Key, row.Value))
            .OrderBy(r => r.Month).ThenBy(r => r.Metric).ThenBy(r => r.Severity).ThenBy(r => r.OrganisationId).ThenBy(r => r.AssigneeId, StringComparer.Ordinal)
            .ThenBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.Channel)];
    }

    /// <summary>Rows told apart by agent, told apart by their teams.</summary>
    public static IReadOnlyList<ComplianceRow> ByTeam(IEnumerable<ComplianceRow> rows, IReadOnlyList<Team> teams, bool keepsAgents)
    {
        var teamOf = Team.ByMember(teams);
        return [.. rows.GroupBy(row => row with { Team = row.AssigneeId is { } id ? teamOf.GetValueOrDefault(id) : null, AssigneeId = keepsAgents ? row.AssigneeId : null, Tally = default })
            .Select(group => group.Key with { Tally = group.Aggregate(default(Tally), (sum, row) => sum + row.Tally) })];
    }

    private static ComplianceRow Row(ComplianceFacts facts, IReadOnlyCollection<ComplianceDimension> by, PartFinder? months, Key key, Tally tally) => new()
    {
        Metric = by.Contains(ComplianceDimension.Metric) ? (SlaMetric)key.Metric : null,
        Severity = by.Contains(ComplianceDimension.Severity) ? (Severity)key.Severity : null,
        Month = months?.Parts[key.Month].First,
        OrganisationId = key.Organisation > 0 ? key.Organisation : null,
        AssigneeId = by.Contains(ComplianceDimension.Agent) ? facts.People[key.Agent] : null,
        Service = by.Contains(ComplianceDimension.Service) ? facts.Services[key.Service] : null,
        Channel = by.Contains(ComplianceDimension.Channel) ? (Channel)key.Channel : null,
        Tally = tally,
    };

    private readonly record struct Key(byte Metric, byte Severity, short Month, int Organisation, int Agent, int Service, byte Channel);

    private struct Counter(IReadOnlyCollection<ComplianceDimension> by, PartFinder? months) : ICounter
    {
        private readonly bool _metric = by.Contains(ComplianceDimension.Metric);
        private readonly bool _severity = by.Contains(ComplianceDimension.Severity);
        private readonly bool _organisation = by.Contains(ComplianceDimension.Organisation);
        private readonly bool _agent = by.Contains(ComplianceDimension.Agent);
        private readonly bool _service = by.Contains(ComplianceDimension.Service);
        private readonly bool _channel = by.Contains(ComplianceDimension.Channel);

        public Dictionary<Key, Tally> Rows { get; } = [];

        public readonly void Take(in Counted counted)
        {
            var key = new Key(
                _metric ? counted.Clock.Metric : default,
                _severity ? (byte)counted.Severity : default,
                (short)(months?.Find(counted.Clock.DueAt) ?? 0),
                _organisation ? counted.Ticket.Organisation : 0,
                _agent ? counted.Assignee : 0,
                _service ? counted.Ticket.Service : 0,
                _channel ? counted.Ticket.Channel : default);
            ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(Rows, key, out _);
            tally = tally.With(counted);
        }
    }
}

/// <summary>Which part of a period an instant lies in. Clocks lie in the store much as they fell due: the part of the one before is tried first.</summary>
internal sealed class PartFinder(IReadOnlyList<PeriodPart> parts)
{
    private readonly long[] _starts = [.. parts.Select(part => ComplianceFacts.Microseconds(part.Start))];
    private int _last;

    public IReadOnlyList<PeriodPart> Parts => parts;

    /// <summary>The number of the part; the instant lies in the period.</summary>
    public int Find(long microseconds)
    {
        if (microseconds >= _starts[_last] && (_last == _starts.Length - 1 || microseconds < _starts[_last + 1])) return _last;
        var found = Array.BinarySearch(_starts, microseconds);
        return _last = found >= 0 ? found : ~found - 1;
    }
}
