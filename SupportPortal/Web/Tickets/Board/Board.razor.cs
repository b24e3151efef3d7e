using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The triage board: which tickets it shows, and what becomes of a card that is moved. Its address is its filter.</summary>
public sealed partial class Board(PeopleDirectory people)
{
    private BoardFilter _filter = new();
    private OpenFilter? _open;
    private BoardMoveEventArgs? _move;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? Organisation { get; set; }

    [SupplyParameterFromQuery]
    public string? Service { get; set; }

    [SupplyParameterFromQuery]
    public string? Due { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var filter = BoardFilter.Of(Show, Organisation, Service, Due);
        if (_open is not null && filter == _filter) return;
        _filter = filter;
        var me = (await SignedIn).User.RequireActor().Id;
        var organisation = filter.Organisation is { } name ? await people.FindOrganisationAsync(name, CancellationToken.None) : null;
        if (filter == _filter) _open = filter.Filter(me, organisation); // Unless the address has changed meanwhile.
    }

    private void Move(BoardMoveEventArgs move)
    {
        if (Enum.IsDefined((Severity)move.Severity)) _move = move;
    }
}
