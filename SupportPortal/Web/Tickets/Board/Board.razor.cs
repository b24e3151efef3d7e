using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The triage board: all open tickets, live.</summary>
public sealed partial class Board(CardFaces faces, TimeProvider clock)
{
    private static readonly (string? Show, string Words)[] _choices = [(null, "All"), ("mine", "Mine"), ("unassigned", "Unassigned")];

    private readonly BoardView _view = new();
    private readonly LaneList?[] _lists = new LaneList?[4];
    private LaneShown[] _lanes = [];
    private OpenSnapshot _all = OpenSnapshot.Empty;
    private BoardFilter? _filter;
    private string? _filtered;
    private BoardMoveEventArgs? _move;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary><c>mine</c>, <c>unassigned</c>, or all.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    protected override async Task OnInitializedAsync()
    {
        await Tickets.Loaded.WaitAsync(Leaving);
        _all = Tickets.Snapshot;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_filter is not null && _filtered == Show) return;
        var me = (await SignedIn).User.RequireActor().Id;
        (_filter, _filtered) = (BoardFilter.Of(Show, me, _all), Show);
        _view.Look(_filter.Open, [], clock.Now());
        await DrawAsync();
    }

    protected override async ValueTask<bool> ChangedAsync(TicketBatch batch)
    {
        _all = batch.Open;
        if (_filter is null) return false;
        _filter.Change(batch);
        if (!_view.Look(_filter.Open, batch.Changed, clock.Now())) return false;
        var before = _lanes;
        await DrawAsync();
        return !ShowAlone(before);
    }

    /// <summary>Renders only the lanes that changed, when nothing outside them shows the change; says whether that was so.</summary>
    private bool ShowAlone(LaneShown[] before)
    {
        if (before.Length != _lanes.Length || _lists.Contains(null)) return false;
        if (!before.Zip(_lanes).All(lane => lane.First.Rows.Count == lane.Second.Rows.Count)) return false;
        foreach (var lane in _lanes) _lists[(int)lane.Rows.Lane]!.Show(lane);
        return true;
    }

    private async Task ShowMoreAsync(BoardLane lane)
    {
        _view.ShowMore(lane);
        _view.Look(_filter!.Open, [], clock.Now());
        await DrawAsync();
    }

    /// <summary>Puts faces to the lanes that changed; the others stay the same objects and render nothing.</summary>
    private async Task DrawAsync()
    {
        var rows = _view.Lanes;
        var lanes = new LaneShown[rows.Count];
        for (var i = 0; i < lanes.Length; i++)
        {
            var known = _lanes.Length > i && ReferenceEquals(_lanes[i].Rows, rows[i]) ? _lanes[i] : null;
            lanes[i] = known ?? new LaneShown(rows[i], await faces.OfAsync(rows[i].Rows));
        }

        // While names were looked up, a later change may have been drawn already.
        if (rows.SequenceEqual(_view.Lanes)) _lanes = lanes;
    }

    private void Move(BoardMoveEventArgs move)
    {
        if (Enum.IsDefined((Severity)move.Severity)) _move = move;
    }
}
