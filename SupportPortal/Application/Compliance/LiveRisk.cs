using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Compliance;

/// <summary>What is at risk in a lane of the board, at the pace of all agents together.</summary>
public sealed record LaneRisk(BoardLane Lane, int Open, Workload Workload);

/// <summary>What is at risk with an agent, or with nobody.</summary>
/// <param name="AssigneeId">The agent; null for what is nobody's.</param>
/// <param name="Open">The open requests they have.</param>
/// <param name="Workload">Judged by their own pace; nobody's by that of all.</param>
/// <param name="AnHour">So many promises they dealt with in an hour, over the last day; of nobody's none are.</param>
public sealed record AgentRisk(string? AssigneeId, int Open, Workload Workload, double AnHour);

/// <summary>What will break soon if work goes on as it does.</summary>
/// <param name="Lanes">Every lane, in the board's order.</param>
/// <param name="Agents">Whoever has an open request or dealt with a promise in the last day: most that will break first.</param>
/// <param name="AnHour">So many promises all agents dealt with in an hour, over the last day.</param>
/// <param name="At">The instant of it.</param>
public sealed record Risk(IReadOnlyList<LaneRisk> Lanes, IReadOnlyList<AgentRisk> Agents, double AnHour, Instant At);

/// <summary>Forecasts from the open tickets in memory: no query for a change. Computed once for all who look, and at most every <see cref="Freshness"/>.</summary>
public sealed class LiveRisk(OpenTickets tickets, ComplianceStore store, TimeProvider clock) : IDisposable
{
    /// <summary>How long a forecast is believed.</summary>
    public static readonly Duration Freshness = Duration.FromSeconds(2);

    private static readonly Duration PaceFreshness = Duration.FromMinutes(1);
    private static readonly Duration PaceOver = Duration.FromHours(24);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (Instant At, IReadOnlyDictionary<string, double> AnHour)? _pace;
    private Risk? _last;

    /// <summary>The forecast now, for managers.</summary>
    public async Task<Risk> NowAsync(Actor actor, CancellationToken cancellation = default)
    {
        if (!actor.MayManage()) throw new UnauthorizedAccessException("Forecasts are managers'.");
        await tickets.Loaded.WaitAsync(cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            var now = clock.Now();
            if (_last is { } known && now >= known.At && now - known.At < Freshness) return known;
            if (_pace is not var (paced, _) || now < paced || now - paced >= PaceFreshness) _pace = (now, await store.ReadAsync((facts, _) => PaceOf(facts, now), cancellation));
            return _last = Of(tickets.Snapshot.All, _pace.Value.AnHour, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The forecast for some open tickets, at some people's paces. Pure.</summary>
    internal static Risk Of(IEnumerable<TicketRow> open, IReadOnlyDictionary<string, double> anHour, Instant now)
    {
        var (rows, all) = (open.OrderBy(row => row.DueOrder).ThenBy(row => row.Id).ToList(), anHour.Values.Sum());
        var due = rows.Where(row => row.NextDueAt is not null).ToList();
        var ofAll = due.Zip(Forecast.Breaking(due.Select(row => row.NextDueAt!.Value), all, now)).ToDictionary(one => one.First.Id, one => one.Second);
        var lanes = Enum.GetValues<BoardLane>().Select(lane => (Lane: lane, Rows: rows.Where(row => OpenSnapshot.LaneOf(row) == lane).ToList()))
            .Select(lane => new LaneRisk(lane.Lane, lane.Rows.Count, Sum(lane.Rows.Where(row => row.NextDueAt is not null).Select(row => (row, ofAll[row.Id])), now)));
        var people = rows.Select(row => row.AssigneeId).Concat(anHour.Keys).Distinct();
        var byPerson = rows.ToLookup(row => row.AssigneeId);
        var agents = people.Select(person => Agent(person, [.. byPerson[person]], person is null ? all : anHour.GetValueOrDefault(person), now));
        return new Risk([.. lanes], [.. agents.OrderByDescending(agent => agent.Workload.Breaking[^1]).ThenByDescending(agent => agent.Workload.Due[^1]).ThenBy(agent => agent.AssigneeId, StringComparer.Ordinal)], all, now);
    }

    private static AgentRisk Agent(string? person, List<TicketRow> rows, double anHour, Instant now)
    {
        var due = rows.Where(row => row.NextDueAt is not null).ToList();
        return new AgentRisk(person, rows.Count, Sum(due.Zip(Forecast.Breaking(due.Select(row => row.NextDueAt!.Value), anHour, now)), now), person is null ? 0 : anHour);
    }

    private static Workload Sum(IEnumerable<(TicketRow Row, bool Breaks)> rows, Instant now) => Forecast.Sum(rows.Select(one => (one.Row.NextDueAt!.Value, one.Breaks)), now);

    /// <summary>How many promises each person dealt with in an hour: clocks that stopped while the ticket was theirs.</summary>
    private static Dictionary<string, double> PaceOf(ComplianceFacts facts, Instant now)
    {
        var (from, to) = (ComplianceFacts.Microseconds(now - PaceOver), ComplianceFacts.Microseconds(now));
        var stopped = new Dictionary<int, int>();
        foreach (ref readonly var clock in facts.Clocks)
        {
            if (clock.Metric == RollUpClock.Nothing || clock.StoppedAt <= from || clock.StoppedAt > to) continue;
            var person = facts.Tickets[clock.Ticket].Assignee; // Who has it now: of a late answer, whoever gave it.
            if (person >= 0) stopped[person] = stopped.GetValueOrDefault(person) + 1;
        }

        return stopped.ToDictionary(one => facts.People[one.Key]!, one => one.Value / PaceOver.TotalHours);
    }
}
