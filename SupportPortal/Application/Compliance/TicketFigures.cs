using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>How many open requests are so old, by severity.</summary>
/// <param name="AtLeast">Reported at least so long ago.</param>
/// <param name="Under">And less than this; null for the oldest.</param>
/// <param name="BySeverity">Severity 1, 2 and 3.</param>
public sealed record BacklogFigure(Duration AtLeast, Duration? Under, IReadOnlyList<int> BySeverity)
{
    /// <summary>All severities.</summary>
    public int Total => BySeverity.Sum();
}

/// <summary>What became of whole requests, beside their promises.</summary>
public sealed record TicketFigures
{
    /// <summary>Requests reported in the period.</summary>
    public required int Reported { get; init; }

    /// <summary>Requests first resolved in the period.</summary>
    public required int Resolved { get; init; }

    /// <summary>Those of them that were reopened, whenever.</summary>
    public required int Reopened { get; init; }

    /// <summary>Requests whose resolution stands and is of the period, in the order of the kinds.</summary>
    public required IReadOnlyList<int> ByResolution { get; init; }

    /// <summary>Ratings that stand and were given in the period: of one star to five.</summary>
    public required IReadOnlyList<int> ByStars { get; init; }

    /// <summary>Requests that are open now, whenever they were reported.</summary>
    public required IReadOnlyList<BacklogFigure> Backlog { get; init; }

    /// <summary>How many gave a rating.</summary>
    public int Rated => ByStars.Sum();

    /// <summary>The mean of the ratings; null when nobody rated.</summary>
    public decimal? Stars => Rated == 0 ? null : (decimal)ByStars.Select((count, i) => count * (i + 1)).Sum() / Rated;

    /// <summary>Counts them. Of a filter counts what a request has: its severity, service, organisation, channel and assignee now, and the period.</summary>
    internal static TicketFigures Count(ComplianceFacts facts, ComplianceFilter filter, Instant at)
    {
        var now = ComplianceFacts.Microseconds(at);
        var (reported, resolved, reopened) = (0, 0, 0);
        var (kinds, stars, backlog) = (new int[Enum.GetValues<ResolutionKind>().Length], new int[5], new int[Ages.Length, 3]);
        var of = new TicketFilterNumbers(facts, filter);
        foreach (ref readonly var ticket in facts.Tickets)
        {
            if (ticket.Id == 0 || !of.Matches(ticket)) continue;
            if (of.IsInPeriod(ticket.ReportedAt)) reported++;
            if (of.IsInPeriod(ticket.FirstResolvedAt))
            {
                resolved++;
                if (ticket.WasReopened) reopened++;
            }

            if (of.IsInPeriod(ticket.ResolvedAt)) kinds[ticket.Resolution]++;
            if (of.IsInPeriod(ticket.RatedAt) && ticket.Rating is >= 1 and <= 5) stars[ticket.Rating - 1]++;
            if (ticket.IsOpen) backlog[AgeOf(ticket, now), ticket.Severity - 1]++;
        }

        return new()
        {
            Reported = reported,
            Resolved = resolved,
            Reopened = reopened,
            ByResolution = kinds,
            ByStars = stars,
            Backlog = [.. Ages.Select((_, i) => Age(i) with { BySeverity = [backlog[i, 0], backlog[i, 1], backlog[i, 2]] })],
        };
    }

    /// <summary>An age by its number, with nothing counted.</summary>
    public static BacklogFigure Age(int number) => new(Ages[number], number + 1 < Ages.Length ? Ages[number + 1] : null, []);

    /// <summary>The number of the age that a ticket is of.</summary>
    internal static int AgeOf(in RollUpTicket ticket, long now)
    {
        var age = Ages.Length - 1;
        while (age > 0 && now - ticket.ReportedAt < Ages[age].BclCompatibleTicks / 10) age--;
        return age;
    }

    private static readonly Duration[] Ages = [Duration.Zero, Duration.FromDays(1), Duration.FromDays(3), Duration.FromDays(7), Duration.FromDays(14), Duration.FromDays(30)];
}

/// <summary>A filter in the roll-up's own numbers.</summary>
internal readonly struct TicketFilterNumbers(ComplianceFacts facts, ComplianceFilter filter)
{
    private readonly long _from = ComplianceFacts.Ceiling(filter.Period.Start);
    private readonly long _to = ComplianceFacts.Ceiling(filter.Period.End);
    private readonly int _severity = (int)(filter.Severity ?? 0);
    private readonly int _organisation = filter.OrganisationId ?? -1;
    private readonly int _channel = filter.Channel is { } channel ? (int)channel : -1;
    private readonly int _service = filter.Service is { } name ? facts.Services.Find(name) : -1;
    private readonly bool _anybody = filter.AssigneeId is null;
    private readonly int _assignee = filter.AssigneeId is { Length: > 0 } id ? facts.People.Find(id) : -1;
    private readonly bool[]? _team = filter.Team is { } team ? Among(facts, team) : null;

    public bool IsInPeriod(long at) => at >= _from && at < _to;

    /// <summary>Whether a ticket was open at some time of the period, as far as its last resolution tells.</summary>
    public bool WasOpen(in RollUpTicket ticket) => ticket.ReportedAt < _to && (ticket.IsOpen || (ticket.ResolvedAt != RollUpClock.Never && ticket.ResolvedAt >= _from));

    /// <summary>Whether whose it is, where it came from and what it concerns fit.</summary>
    public bool MatchesOrigin(in RollUpTicket ticket) =>
        (_organisation < 0 || ticket.Organisation == _organisation) && (_channel < 0 || ticket.Channel == _channel) && (_service == -1 || ticket.Service == _service);

    /// <summary>Whether a severity and an assignee fit.</summary>
    public bool MatchesHolder(int severity, int assignee) => (_severity == 0 || severity == _severity) && (_anybody || assignee == _assignee) && (_team is null || (assignee >= 0 && _team[assignee]));

    public bool Matches(in RollUpTicket ticket) => MatchesOrigin(ticket) && MatchesHolder(ticket.Severity, ticket.Assignee);

    /// <summary>Whether each person, by number, is of a team.</summary>
    private static bool[] Among(ComplianceFacts facts, Team team)
    {
        var isNowhere = team.Name == Team.Nowhere;
        var among = new bool[facts.People.Count];
        if (isNowhere) Array.Fill(among, true);
        foreach (var member in team.Members)
        {
            if (facts.People.Find(member) is >= 0 and var number) among[number] = !isNowhere;
        }

        return among;
    }
}
