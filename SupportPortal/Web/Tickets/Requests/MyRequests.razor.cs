using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>A customer's own and their organisation's requests, newest first, with what is owed next.</summary>
public sealed partial class MyRequests(TicketQueries queries, PeopleDirectory people, NavigationManager navigation)
{
    private const int PageLength = 25;

    private static readonly (string Show, string Title)[] _shows = [(RequestList.Open, "Open"), (RequestList.All, "All"), (RequestList.Mine, "Reported by me")];

    private Actor _actor = default!;
    private RequestList _list = new(null, null, null);
    private IReadOnlyList<TicketRow> _rows = [];
    private ListCursor? _next;
    private Dictionary<string, Person> _names = [];
    private string? _words;
    private bool _loaded;

    [CascadingParameter]
    public required Task<AuthenticationState> Session { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _actor = (await Session).User.RequireActor();
        var list = _list = new RequestList(Show, Query, After);
        _words = Query;
        var after = After is not null && ListCursor.TryParse(After, out var cursor) ? cursor : null;
        var page = await queries.ListAsync(_actor, list.ToFilter(_actor), after, PageLength, Leaving);
        await NameAsync(page.Items);
        if (list != _list) return; // The address has changed meanwhile.
        (_rows, _next) = (page.Items, page.Next);
        _loaded = true;
    }

    // The rows are a list that is never changed, only replaced.
    protected override bool Concerns(OpenSnapshot before, TicketBatch batch) =>
        _actor is not { } actor || batch.Changed.Any(row => actor.MaySee(row) || _rows.Any(shown => shown.Id == row.Id));

    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        await NameAsync(changed.Where(row => _actor.MaySee(row))); // First: nothing may come between the old rows and the new ones.
        if (_list.Patched(_actor, _rows, changed) is not { } rows) return false;
        _rows = rows;
        return true;
    }

    private void Search() => navigation.NavigateTo(RequestList.Address(_list.Shown, _words));

    private async Task NameAsync(IEnumerable<TicketRow> rows)
    {
        foreach (var (id, person) in await people.FindAsync(rows.Select(r => r.RequesterId), Leaving)) _names[id] = person;
    }

    private string? NameOf(TicketRow row) => row.RequesterId == _actor.Id ? null : _names.GetValueOrDefault(row.RequesterId)?.Name ?? "a colleague";
}
