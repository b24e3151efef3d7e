using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.People.Admin;

/// <summary>Everybody with an account. Its address is its filter.</summary>
public sealed partial class PeoplePage(PeopleQueries queries, NavigationManager navigation, ViewerZone viewer, TimeProvider clock)
{
    private const int PageSize = 50;

    private PeopleView _view = new();
    private IReadOnlyList<PersonLine>? _people;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private Instant _now;
    private bool _hasMore;
    private bool _looked;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Role { get; set; }

    [SupplyParameterFromQuery]
    public string? Organisation { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var view = new PeopleView { Text = Text, Role = Role, Organisation = Organisation, State = State, After = After };
        if (_looked && view == _view) return;
        (_view, _looked) = (view, true);
        var me = await MeAsync();
        _zone = await viewer.FindAsync();
        var (people, hasMore) = await queries.ListAsync(me, view.Filter, view.After, PageSize, Leaving);
        if (view == _view) (_people, _hasMore, _now) = (people, hasMore, clock.Now()); // Else the address has changed meanwhile.
    }

    private void Go(PeopleView view) => navigation.NavigateTo((view with { After = null }).Address);

    private static string? Said(ChangeEventArgs change) => change.Value?.ToString();
}
