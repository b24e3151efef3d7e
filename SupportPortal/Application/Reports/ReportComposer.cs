using System.Globalization;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Reports;

/// <summary>What a report counts, as one moment has it.</summary>
/// <param name="Figures">Its figures; null where it shows none.</param>
/// <param name="Risk">What will break soon; null where it does not tell.</param>
/// <param name="Tickets">The tickets that it counts.</param>
/// <param name="Clocks">How many clocks it counts.</param>
/// <param name="UpTo">The last event that was known.</param>
/// <param name="Missing">Those before it that were not.</param>
/// <param name="At">The instant at which overdue clocks were judged.</param>
internal sealed record ReportCount(ComplianceFigures? Figures, Risk? Risk, IReadOnlyList<CountedTicket> Tickets, int Clocks, long UpTo, IReadOnlyList<PositionRange> Missing, Instant At)
{
    /// <summary>What the tickets would have come to, where another commitment is tried.</summary>
    public WhatIfResult? WhatIf { get; private init; }

    public static ReportCount Of(ComplianceFacts facts, ReportScope scope, Instant at, SlaCatalogue catalogue)
    {
        var (tickets, clocks) = CountedTickets.Of(facts, scope, at, catalogue);
        return new(
            scope.Kind is ReportKind.Risk or ReportKind.WhatIf ? null : FigureCounter.Count(facts, scope.Filter, scope.Unit, at, catalogue),
            scope.Kind == ReportKind.Risk ? RiskForecast.Of(facts, at) : null, tickets, clocks, facts.UpTo, facts.Missing, at);
    }

    /// <summary>The same with its tickets replayed, where another commitment is tried.</summary>
    public async Task<ReportCount> ReplayedAsync(WhatIf whatIf, ReportScope scope, CancellationToken cancellation) => scope.Trial is not { } trial ? this
        : this with { WhatIf = await whatIf.ReplayAsync([.. Tickets.Select(ticket => (ticket.Id, ticket.Version))], trial, At, int.MaxValue, progress: null, cancellation) };
}

/// <summary>Puts the parts of a report together: as it is made, and again as it is verified.</summary>
internal sealed class ReportComposer(LineSections lines, PeopleDirectory people)
{
    public async Task<Report> ComposeAsync(ReportHead head, ReportCount count, CancellationToken cancellation)
    {
        var (figures, tickets) = (count.Figures!, count.Tickets);
        IReadOnlyList<ReportSection> sections = head.Scope.Kind switch
        {
            ReportKind.Clocks => [lines.Clocks(head, tickets, count.Clocks, cancellation), FigureSections.Total(figures)],
            ReportKind.Requests => [lines.Requests(tickets, cancellation)],
            ReportKind.Organisation => [FigureSections.CustomersSummary(figures), FigureSections.CustomersPromises(figures), lines.CustomersRequests(head, tickets, cancellation)],
            ReportKind.Risk => [ForecastSections.Lanes(count.Risk!), ForecastSections.Agents(count.Risk!, await NamesAsync(count.Risk!.Agents.Select(agent => agent.AssigneeId).OfType<string>(), cancellation))],
            ReportKind.WhatIf => [TrialSections.Summary(count.WhatIf!), TrialSections.Promises(count.WhatIf!), TrialSections.Tried(head.Scope.Trial!.Policy), TrialSections.Requests(count.WhatIf!)],
            _ => [FigureSections.Summary(figures), FigureSections.Promises(figures), FigureSections.Trend(figures), .. head.Scope.Teams is { } teams ? [FigureSections.Teams(figures, teams)] : Array.Empty<ReportSection>(), .. await OthersAsync(figures, cancellation)],
        };
        return new Report(head, await TitleAsync(head.Scope, cancellation), await SubtitleAsync(head.Scope, cancellation), [.. sections, lines.Proof(tickets, cancellation)]);
    }

    private async Task<IEnumerable<ReportSection>> OthersAsync(ComplianceFigures figures, CancellationToken cancellation)
    {
        var organisations = await people.OrganisationNamesAsync([.. figures.ByOrganisation.Keys], cancellation);
        return FigureSections.Others(figures, organisations.ToDictionary(o => o.Id, o => o.Name), await NamesAsync(figures.ByAssignee.Keys.Where(id => id.Length > 0), cancellation));
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string> ids, CancellationToken cancellation) =>
        (await people.FindAsync(ids, cancellation)).ToDictionary(person => person.Key, person => person.Value.Name);

    private async Task<string> TitleAsync(ReportScope scope, CancellationToken cancellation) => scope switch
    {
        { Kind: ReportKind.Organisation, Filter.OrganisationId: { } id } => $"Support report for {await people.OrganisationAsync(id, cancellation) ?? "no organisation"}",
        { Kind: ReportKind.Clocks } => "Counted clocks",
        { Kind: ReportKind.Requests, Requests.Selection: var which } => $"Requests: {which.ToString().ToLowerInvariant()}",
        { Kind: ReportKind.Risk } => "At risk",
        { Kind: ReportKind.WhatIf, Trial.Policy.Name: var plan } => $"What if: {plan}",
        _ => "Compliance",
    };

    /// <summary>The period and what it is narrowed to.</summary>
    private async Task<string> SubtitleAsync(ReportScope scope, CancellationToken cancellation)
    {
        var period = scope.Filter.Period;
        if (scope.Kind == ReportKind.Risk) return $"What will break if work goes on as in the 24 hours before {Say(period.End, period.Zone)}, times of {period.Zone.Id}";
        var isWholeDays = CompliancePeriod.Of(period.FirstDate, period.LastDate, period.Zone) == period;
        var said = new List<string>
        {
            (scope.Kind == ReportKind.WhatIf ? "Requests reported " : "") + (isWholeDays ? $"{Say(period.FirstDate)} to {Say(period.LastDate)}, days in {period.Zone.Id}" : $"{Say(period.Start, period.Zone)} to before {Say(period.End, period.Zone)}, times of {period.Zone.Id}"),
        };
        foreach (var (name, value) in scope.ToPairs().SkipWhile(pair => pair.Name != "unit").Skip(1).Where(pair => pair.Name != "which"))
        {
            if (name is "teamAgents" or "teams" or "policy" or "calendars") continue;
            if (name == "organisation" && scope.Kind == ReportKind.Organisation) continue;
            said.Add(name switch
            {
                "organisation" => $"organisation {(value == "0" ? "none" : await people.OrganisationAsync(scope.Filter.OrganisationId, cancellation) ?? value)}",
                "agent" => $"agent {(await people.FindAsync(value, cancellation))?.Name ?? value}",
                "team" => value == Team.Nowhere ? "agents of no team" : $"team {value} of {scope.Filter.Team!.Members.Count}",
                _ => $"{name} {value}",
            });
        }

        return string.Join("; ", said);
    }

    private static string Say(LocalDate date) => date.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    private static string Say(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("d MMM uuuu HH:mm", CultureInfo.InvariantCulture);
}
