using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Tickets;

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

/// <summary>An open ticket as a forecast needs it.</summary>
internal readonly record struct OpenWork(long Id, BoardLane Lane, Instant? DueAt, string? AssigneeId)
{
    public static OpenWork Of(TicketRow row) => new(row.Id, OpenSnapshot.LaneOf(row), row.NextDueAt, row.AssigneeId);
}

/// <summary>What will break soon, of open tickets wherever they come from. Pure.</summary>
internal static class RiskForecast
{
    /// <summary>The present pace is that of so long.</summary>
    public static readonly Duration PaceOver = Duration.FromHours(24);

    /// <summary>The forecast for some open tickets, at the pace of those who stopped so many clocks of late.</summary>
    public static Risk Of(IEnumerable<OpenWork> open, IReadOnlyDictionary<string, int> stopped, Instant now)
    {
        var (work, all) = (open.OrderBy(one => one.DueAt ?? Instant.MaxValue).ThenBy(one => one.Id).ToList(), AnHour(stopped.Values.Sum()));
        var due = work.Where(one => one.DueAt is not null).ToList();
        var ofAll = due.Zip(Forecast.Breaking(due.Select(one => one.DueAt!.Value), all, now)).ToDictionary(one => one.First.Id, one => one.Second);
        var lanes = Enum.GetValues<BoardLane>().Select(lane => (Lane: lane, Work: work.Where(one => one.Lane == lane).ToList()))
            .Select(lane => new LaneRisk(lane.Lane, lane.Work.Count, Sum(lane.Work.Where(one => one.DueAt is not null).Select(one => (one, ofAll[one.Id])), now)));
        var people = work.Select(one => one.AssigneeId).Concat(stopped.Keys).Distinct();
        var byPerson = work.ToLookup(one => one.AssigneeId);
        var agents = people.Select(person => Agent(person, [.. byPerson[person]], person is null ? all : AnHour(stopped.GetValueOrDefault(person)), now));
        return new Risk([.. lanes], [.. agents.OrderByDescending(agent => agent.Workload.Breaking[^1]).ThenByDescending(agent => agent.Workload.Due[^1]).ThenBy(agent => agent.AssigneeId, StringComparer.Ordinal)], all, now);
    }

    /// <summary>The same of a roll-up, with the paces that it tells.</summary>
    public static Risk Of(ComplianceFacts facts, Instant now)
    {
        var open = new List<OpenWork>();
        foreach (ref readonly var ticket in facts.Tickets)
        {
            if (!ticket.IsOpen) continue;
            Instant? due = ticket.NextDueAt == RollUpClock.Never ? null : ComplianceFacts.Instant(ticket.NextDueAt);
            open.Add(new OpenWork(ticket.Id, OpenSnapshot.LaneOf(ticket.IsAssessed, (Severity)ticket.Severity), due, facts.People[ticket.Assignee]));
        }

        return Of(open, StoppedBy(facts, now), now);
    }

    /// <summary>How many promises each person dealt with of late. Counts, which add up to the same in any order.</summary>
    public static Dictionary<string, int> StoppedBy(ComplianceFacts facts, Instant now)
    {
        var stopped = new Dictionary<int, int>();
        ForEachStopped(facts, now, ticket =>
        {
            var person = facts.Tickets[ticket].Assignee; // Who has it now: of a late answer, whoever gave it.
            if (person >= 0) stopped[person] = stopped.GetValueOrDefault(person) + 1;
        });
        return stopped.ToDictionary(one => facts.People[one.Key]!, one => one.Value);
    }

    /// <summary>The tickets, by their places, whose clocks stopped of late: one for each clock.</summary>
    public static void ForEachStopped(ComplianceFacts facts, Instant now, Action<int> take)
    {
        var (from, to) = (ComplianceFacts.Microseconds(now - PaceOver), ComplianceFacts.Microseconds(now));
        foreach (ref readonly var clock in facts.Clocks)
        {
            if (clock.Metric != RollUpClock.Nothing && clock.StoppedAt > from && clock.StoppedAt <= to) take(clock.Ticket);
        }
    }

    private static double AnHour(int stopped) => stopped / PaceOver.TotalHours;

    private static AgentRisk Agent(string? person, List<OpenWork> work, double anHour, Instant now)
    {
        var due = work.Where(one => one.DueAt is not null).ToList();
        return new AgentRisk(person, work.Count, Sum(due.Zip(Forecast.Breaking(due.Select(one => one.DueAt!.Value), anHour, now)), now), person is null ? 0 : anHour);
    }

    private static Workload Sum(IEnumerable<(OpenWork Work, bool Breaks)> work, Instant now) => Forecast.Sum(work.Select(one => (one.Work.DueAt!.Value, one.Breaks)), now);
}
