using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Compliance;

/// <summary>What the figures can be narrowed to: whatever any promise counts for.</summary>
public sealed record ComplianceChoices(IReadOnlyList<(int Id, string Name)> Organisations, IReadOnlyList<string> Services, IReadOnlyList<(string Id, string Name)> Agents)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ComplianceChoices None = new([], [], []);

    /// <summary>Reads them, each in the order of its names.</summary>
    internal static async Task<ComplianceChoices> ReadAsync(ComplianceQueries queries, PeopleDirectory people, Actor me, CancellationToken cancellation)
    {
        var (organisations, services, agents) = await queries.ChoicesAsync(me, cancellation);
        var named = new List<(int Id, string Name)>(organisations.Count);
        foreach (var id in organisations) named.Add((id, await people.OrganisationAsync(id, cancellation) ?? $"Organisation {id}"));
        var names = await people.FindAsync(agents, cancellation);
        return new(
            [.. named.OrderBy(o => o.Name, StringComparer.CurrentCulture)],
            [.. services.Order(StringComparer.CurrentCulture)],
            [.. agents.Select(id => (id, names.TryGetValue(id, out var person) ? person.Name : id)).OrderBy(a => a.Item2, StringComparer.CurrentCulture)]);
    }
}

/// <summary>Attainment of each organisation and each agent, most broken promises first.</summary>
public sealed class ComplianceSplits(ComplianceQueries queries, PeopleDirectory people)
{
    /// <summary>Reads both.</summary>
    public async Task<(IReadOnlyList<SplitLine> Organisations, IReadOnlyList<SplitLine> Agents)> ReadAsync(
        Actor me, ComplianceFilter filter, ComplianceView view, CancellationToken cancellation)
    {
        var (byOrganisation, _) = await queries.TableAsync(me, filter, [ComplianceDimension.Organisation], cancellation);
        var (byAgent, _) = await queries.TableAsync(me, filter, [ComplianceDimension.Agent], cancellation);
        var names = await people.FindAsync(byAgent.Select(row => row.AssigneeId).OfType<string>(), cancellation);
        var organisations = new List<SplitLine>(byOrganisation.Count);
        foreach (var row in byOrganisation)
        {
            organisations.Add(row.OrganisationId is { } id
                ? Line(await people.OrganisationAsync(id, cancellation) ?? $"Organisation {id}", row, view.Only("organisation", id))
                : Line("None", row, view.With(("organisation", ComplianceAddress.Nobody))));
        }

        return (Sorted(organisations), Sorted(byAgent.Select(row => Line(
            row.AssigneeId is { } agent ? names.TryGetValue(agent, out var person) ? person.Name : agent : "Nobody",
            row, view.With(("agent", row.AssigneeId ?? ComplianceAddress.Nobody))))));
    }

    private static SplitLine Line(string label, ComplianceRow row, ComplianceView view) =>
        new(label, row.Tally.Attainment, view.At(ComplianceView.Figures), view.Only("outcome", ComplianceOutcome.Breached).With(("unit", null)).At(ComplianceView.Clocks));

    private static IReadOnlyList<SplitLine> Sorted(IEnumerable<SplitLine> lines) =>
        [.. lines.OrderByDescending(line => line.Attainment.Breached).ThenByDescending(line => line.Attainment.Counted).ThenBy(line => line.Label, StringComparer.CurrentCulture)];
}
