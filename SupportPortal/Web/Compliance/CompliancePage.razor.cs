using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>Whether the promises were kept, for managers. What it shows is its address; each figure leads to the clocks it counts.</summary>
public sealed partial class CompliancePage(
    ComplianceQueries queries, ComplianceAddress addresses, PeopleDirectory people, ViewerZone viewer,
    IOptions<PortalOptions> options, TimeProvider clock)
{
    private static readonly string[] Own = ["unit"];

    private readonly decimal _goal = options.Value.Compliance.Goal;
    private ComplianceFilter? _filter;
    private ComplianceFigures? _figures;
    private ComplianceChoices _choices = ComplianceChoices.None;
    private IReadOnlyList<Refusal> _refusals = [];
    private PeriodUnit _unit;
    private LocalDate _today;

    /// <inheritdoc/>
    protected override async Task ReadAsync(ComplianceView view)
    {
        var (me, zone) = (await MeAsync(), await viewer.FindAsync());
        var (filter, refusals) = await addresses.ReadAsync(view.Query, ComplianceAddress.Parts.Except(ComplianceAddress.OfClocks), ComplianceAddress.ThirtyDays, zone, Own, Leaving);
        var unit = ComplianceWords.Unit(view["unit"], filter.Period);
        var choices = await ComplianceChoices.ReadAsync(queries, people, me, Leaving);
        var figures = refusals.Count > 0 ? null : await Task.Run(() => queries.FiguresAsync(me, filter, unit, Leaving), Leaving);
        if (view != View) return; // The address has changed meanwhile.
        (_filter, _refusals, _figures, _unit, _choices, Links) = (filter, refusals, figures, unit, choices, view.Counted(filter.Period));
        _today = clock.Now().InZone(filter.Period.Zone).Date;
    }

    private void Go(ComplianceView view) => Navigation.NavigateTo(view.At(ComplianceView.Figures));

    private IReadOnlyList<BarLine> Causes(ComplianceFigures figures) =>
        [.. figures.BreachesByCause.Select((count, i) => ((BreachCause)i, count)).Where(c => c.count > 0).OrderByDescending(c => c.count)
            .Select(c => new BarLine(c.Item1.Title(), c.count, Clocks(Links.Only("cause", c.Item1)), c.Item1.Meaning()))];

    private IReadOnlyList<BarLine> Lateness(ComplianceFigures figures) =>
        figures.Lateness.All(l => l.Clocks == 0) ? [] : [.. figures.Lateness.Select(l => new BarLine(ComplianceWords.Say(l), l.Clocks, Clocks(Links.With(
            ("outcome", Words.Of(ComplianceOutcome.Breached)), ("late", Seconds(l.AtLeast)), ("lateAtMost", l.AtMost is { } most ? Seconds(most) : null)))))];

    private IReadOnlyList<BarLine> Backlog(ComplianceFigures figures) => figures.Tickets.Backlog.All(b => b.Total == 0) ? []
        : [.. figures.Tickets.Backlog.Select((b, i) => new BarLine(ComplianceWords.Say(b), b.Total, Requests(Links.Only("which", RequestSelection.Open).Only("age", i)),
            string.Join(", ", b.BySeverity.Select((count, level) => $"{((Severity)(level + 1)).Short()}: {ComplianceWords.Say(count)}"))))];

    private IReadOnlyList<BarLine> Resolutions(ComplianceFigures figures) => figures.Tickets.ByResolution.All(count => count == 0) ? []
        : [.. figures.Tickets.ByResolution.Select((count, i) => new BarLine(((ResolutionKind)i).Title(), count, Requests(Links.Only("which", RequestSelection.Ended).Only("kind", (ResolutionKind)i))))];

    private IReadOnlyList<BarLine> Stars(ComplianceFigures figures) => figures.Tickets.Rated == 0 ? []
        : [.. figures.Tickets.ByStars.Select((count, i) => new BarLine(i == 0 ? "1 star" : $"{i + 1} stars", count, Requests(Links.Only("which", RequestSelection.Rated).Only("stars", i + 1)))).Reverse()];

    // Of a filter, these count what a request has.
    private static string Requests(ComplianceView view) => view.With(("unit", null), ("metric", null)).At(ComplianceView.Requests);

    private static string Clocks(ComplianceView view) => view.With(("unit", null)).At(ComplianceView.Clocks);

    private static string Seconds(Duration time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
