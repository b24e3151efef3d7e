using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>The requests behind a figure of whole requests.</summary>
public sealed partial class RequestsPage(
    ComplianceQueries queries, ComplianceAddress addresses, PeopleDirectory people, ViewerZone viewer)
{
    private const int PageSize = 50;
    private static readonly string[] Own = ["after", .. RequestAddress.Parts];

    private ComplianceFilter? _filter;
    private RequestQuestion? _question;
    private CountedRequests? _counted;
    private IReadOnlyList<TicketRow> _rows = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<(string Label, string Without)> _chips = [];
    private Dictionary<string, string> _names = [];

    /// <inheritdoc/>
    protected override async Task ReadAsync(ComplianceView view)
    {
        var (me, zone) = (await MeAsync(), await viewer.FindAsync());
        var (filter, read) = await addresses.ReadAsync(view.Query, RequestAddress.OfFilter, ComplianceAddress.ThirtyDays, zone, Own, Leaving);
        var refusals = read.ToList();
        var question = RequestAddress.Read(name => view[name], refusals);
        var before = TicketNumber.TryParse(view["after"], out var number) ? number.Id : default(long?);
        var (counted, rows) = refusals.Count > 0 ? (null, []) : await Task.Run(() => queries.RequestsAsync(me, filter, question, before, PageSize, Leaving), Leaving);
        var ids = rows.Select(row => row.AssigneeId).Append(filter.AssigneeId).OfType<string>().Where(id => id.Length > 0);
        var names = (await people.FindAsync(ids, Leaving)).ToDictionary(person => person.Key, person => person.Value.Name);
        var chips = await ComplianceChips.OfAsync(view.Counted(filter.Period), filter, ComplianceView.Requests, names, people, Leaving);
        if (view != View) return; // The address has changed meanwhile.
        (Links, _filter, _question, _refusals, _counted, _rows, _names, _chips) = (view.Counted(filter.Period), filter, question, refusals, counted, rows, names, chips);
    }
}
