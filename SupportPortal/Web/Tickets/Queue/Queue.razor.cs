using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Tickets.Queue;

/// <summary>The same tickets as the board, as a filterable, sortable grid. Its address is its state.</summary>
public sealed partial class Queue(TicketQueries queries, PeopleDirectory people, NavigationManager navigation, ViewerZone viewer, TimeProvider clock)
{
    private const int PageSize = 50;

    private readonly Dictionary<int, string> _organisations = [];
    private readonly Dictionary<string, Person> _names = [];
    private QueueView _view = new();
    private TicketFilter _filter = new();
    private IReadOnlyList<TicketRow>? _rows;
    private Actor? _me;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ListCursor? _next;
    private bool _looked;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>As the address has it: anybody can write one, and a number asked for would end the page where none stands.</summary>
    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    [SupplyParameterFromQuery]
    public string? Assignee { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var view = new QueueView { Status = Status, Severity = int.TryParse(Severity, NumberStyles.None, CultureInfo.InvariantCulture, out var severity) ? severity : null, Assignee = Assignee, Text = Text, Sort = Sort, After = After };
        if (_looked && view == _view) return;
        (_view, _looked) = (view, true);
        var me = _me ??= (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
        _filter = view.Filter(me);
        var after = After is not null && ListCursor.TryParse(After, out var cursor) ? cursor : null;
        var page = await queries.ListAsync(me, _filter, after, PageSize, Leaving);
        await NameAsync(page.Items);
        if (view != _view) return; // The address has changed meanwhile.
        (_rows, _next) = (page.Items, page.Next);
    }

    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        if (_rows is null) return false;
        await NameAsync(changed); // First: nothing may come between the old rows and the new ones.
        var after = QueueRows.After(_rows, changed, _filter, isWhole: _next is null && _view.After is null);
        if (ReferenceEquals(_rows, after)) return false;
        _rows = after;
        return true;
    }

    private async Task NameAsync(IReadOnlyList<TicketRow> rows)
    {
        foreach (var (id, person) in await people.FindAsync(rows.Select(row => row.AssigneeId).Append(_filter.AssigneeId).OfType<string>(), Leaving)) _names[id] = person;
        foreach (var id in rows.Select(row => row.OrganisationId).OfType<int>().Distinct())
            _organisations[id] = await people.OrganisationAsync(id, Leaving) ?? "";
    }

    private void Go(QueueView view) => navigation.NavigateTo((view with { After = null }).Address);

    private string? Name(string? id) => id is null ? null : _names.GetValueOrDefault(id)?.Name ?? "Unknown person";

    private string? Organisation(int? id) => id is { } known ? _organisations.GetValueOrDefault(known) : null;

    private string Mark(TicketOrder order) => _filter.Order != order ? "" : order == TicketOrder.Newest ? " ↓" : " ↑";
}
