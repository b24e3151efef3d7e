using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>The clocks behind a figure, each a way to its request and its events.</summary>
public sealed partial class ClocksPage(
    ComplianceQueries queries, ComplianceAddress addresses, PeopleDirectory people, ViewerZone viewer)
{
    private const int PageSize = 50;
    private static readonly string[] Own = ["after"];

    private ComplianceFilter? _filter;
    private CountedClocks? _page;
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<(string Label, string Without)> _chips = [];
    private IReadOnlyDictionary<long, string> _subjects = new Dictionary<long, string>();
    private Dictionary<string, string> _names = [];

    /// <inheritdoc/>
    protected override async Task ReadAsync(ComplianceView view)
    {
        var (me, zone) = (await MeAsync(), await viewer.FindAsync());
        var (filter, refusals) = await addresses.ReadAsync(view.Query, ComplianceAddress.Parts, ComplianceAddress.ThirtyDays, zone, Own, Leaving);
        var after = ClockCursor.TryParse(view["after"], out var cursor) ? cursor : default(ClockCursor?);
        var page = refusals.Count > 0 ? null : await Task.Run(() => queries.ClocksAsync(me, filter, after, PageSize, Leaving), Leaving);
        var rows = await queries.RowsAsync(me, [.. (page?.Items ?? []).Select(clock => clock.TicketId).Distinct()], Leaving);
        var ids = (page?.Items.Select(clock => clock.AssigneeId) ?? []).Append(filter.AssigneeId).OfType<string>().Where(id => id.Length > 0);
        var names = (await people.FindAsync(ids, Leaving)).ToDictionary(person => person.Key, person => person.Value.Name);
        var chips = await ComplianceChips.OfAsync(view.Counted(filter.Period), filter, ComplianceView.Clocks, names, people, Leaving);
        if (view == View) (Links, _filter, _refusals, _page, _subjects, _names, _chips) = (view.Counted(filter.Period), filter, refusals, page, rows.ToDictionary(row => row.Id, row => row.Subject), names, chips); // Else the address has changed meanwhile.
    }
}
