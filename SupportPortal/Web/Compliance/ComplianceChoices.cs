using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Compliance;

/// <summary>What the figures can be narrowed to: whatever any promise counts for.</summary>
public sealed record ComplianceChoices(IReadOnlyList<(int Id, string Name)> Organisations, IReadOnlyList<string> Services, IReadOnlyList<Team> Teams, IReadOnlyList<(string Id, string Name)> Agents)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ComplianceChoices None = new([], [], [], []);

    /// <summary>Reads them, each in the order of its names.</summary>
    internal static async Task<ComplianceChoices> ReadAsync(ComplianceQueries queries, PeopleDirectory people, Actor me, CancellationToken cancellation)
    {
        var (organisations, services, agents) = await queries.ChoicesAsync(me, cancellation);
        var named = await people.OrganisationNamesAsync(organisations, cancellation);
        var names = await people.FindAsync(agents, cancellation);
        return new(
            [.. named.OrderBy(o => o.Name, StringComparer.CurrentCulture)],
            [.. services.Order(StringComparer.CurrentCulture)],
            await people.TeamsAsync(cancellation),
            [.. agents.Select(id => (id, names.TryGetValue(id, out var person) ? person.Name : id)).OrderBy(a => a.Item2, StringComparer.CurrentCulture)]);
    }
}

/// <summary>Attainment of each organisation, team and agent as lines, most broken promises first.</summary>
internal static class ComplianceSplits
{
    public static IReadOnlyList<SplitLine> ByOrganisation(ComplianceFigures figures, ComplianceChoices choices, ComplianceView view)
    {
        var names = choices.Organisations.ToDictionary(organisation => organisation.Id, organisation => organisation.Name);
        return Sorted(figures.ByOrganisation.Select(one => one.Key == 0
            ? Line("None", one.Value, view.With(("organisation", ComplianceAddress.Nobody)))
            : Line(names.GetValueOrDefault(one.Key, $"Organisation {one.Key}"), one.Value, view.Only("organisation", one.Key))));
    }

    public static IReadOnlyList<SplitLine> ByAgent(ComplianceFigures figures, ComplianceChoices choices, ComplianceView view)
    {
        var names = choices.Agents.ToDictionary(agent => agent.Id, agent => agent.Name);
        return Sorted(figures.ByAssignee.Select(one => one.Key.Length == 0
            ? Line("Nobody", one.Value, view.With(("agent", ComplianceAddress.Nobody)))
            : Line(names.GetValueOrDefault(one.Key, one.Key), one.Value, view.With(("agent", one.Key)))));
    }

    /// <summary>Each agent counts for the team they are in now.</summary>
    public static IReadOnlyList<SplitLine> ByTeam(ComplianceFigures figures, ComplianceChoices choices, ComplianceView view)
    {
        return Sorted(figures.ByTeam(choices.Teams).Select(team => team.Key switch
        {
            Team.Nobody => Line("Nobody", team.Value, view.With(("agent", ComplianceAddress.Nobody))),
            Team.Nowhere => Line("In no team", team.Value, view.With(("team", Team.Nowhere))),
            var name => Line(name, team.Value, view.With(("team", name))),
        }));
    }

    private static SplitLine Line(string label, Tally tally, ComplianceView view) =>
        new(label, tally.Attainment, view.At(ComplianceView.Figures), view.Only("outcome", ComplianceOutcome.Breached).With(("unit", null)).At(ComplianceView.Clocks));

    private static IReadOnlyList<SplitLine> Sorted(IEnumerable<SplitLine> lines) =>
        [.. lines.OrderByDescending(line => line.Attainment.Breached).ThenByDescending(line => line.Attainment.Counted).ThenBy(line => line.Label, StringComparer.CurrentCulture)];
}
