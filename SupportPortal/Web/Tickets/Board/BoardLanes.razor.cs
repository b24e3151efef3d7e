using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The lanes of the board, live: of what fits its filter, the cards around what is on screen. Another filter is another one of these.</summary>
public sealed partial class BoardLanes(OpenViews views, CardFaces faces, Presence presence, PeopleDirectory people, TimeProvider clock)
{
    private readonly BoardView _view = new();
    private readonly LaneList?[] _lists = new LaneList?[4];
    private LaneShown[] _lanes = [];
    private TicketWatch? _watch;
    private PresenceWatch? _onlookers;
    private string _me = "";

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>Which tickets it shows, for as long as it is shown.</summary>
    [Parameter, EditorRequired]
    public required OpenFilter Filter { get; set; }

    private bool IsFiltered => Filter != OpenFilter.Everything;

    protected override TicketWatch Watch() => _watch = views.Watch(Filter, Concerns);

    protected override bool Concerns(OpenSnapshot before, TicketBatch batch) => _view.IsTouched(before, batch.Open);

    protected override async Task OnInitializedAsync()
    {
        var me = _me = (await SignedIn).User.RequireActor().Id;
        _onlookers = presence.Watch(change => change.CameOrLeft && change.PersonId != me && _view.Shows(change.TicketId));
        await _watch!.Loaded.WaitAsync(Leaving);
        await LookAsync([]);
        _ = FollowOnlookersAsync(_onlookers); // Started here, it comes back on the circuit after each await.
    }

    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        var before = _lanes;
        return await LookAsync(changed) && !ShowAlone(before);
    }

    private async Task ScrollAsync(BoardScrollEventArgs seen)
    {
        if (!Enum.IsDefined((BoardLane)seen.Lane) || seen.First < 0 || seen.Last < seen.First) return;
        _view.Scroll((BoardLane)seen.Lane, seen.First, seen.Last);
        await LookAsync([]);
    }

    private async Task<bool> LookAsync(IEnumerable<TicketRow> changed)
    {
        if (!_view.Look(() => _watch!.Open, changed, clock.Now())) return false;
        await DrawAsync();
        return true;
    }

    /// <summary>Shows who comes to the tickets that are drawn, and who leaves.</summary>
    private async Task FollowOnlookersAsync(PresenceWatch onlookers)
    {
        try
        {
            await foreach (var _ in onlookers.ChangesAsync(Leaving))
            {
                var before = _lanes;
                await DrawAsync();
                if (!ShowAlone(before)) StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The component has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _onlookers?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Renders a lane alone, when nothing outside of it shows the change; says whether that was so.</summary>
    private bool ShowAlone(LaneShown[] before)
    {
        if (before.Length != _lanes.Length) return false;
        var changed = _lanes.Where((lane, i) => !ReferenceEquals(lane, before[i])).ToList();
        if (changed is not [var one] || _lists[(int)one.Rows.Lane] is not { } list || before[(int)one.Rows.Lane].Rows.Count != one.Rows.Count) return false;
        list.Show(one);
        return true;
    }

    /// <summary>Puts cards to the lanes that changed; the others stay the same objects and render nothing.</summary>
    private async Task DrawAsync()
    {
        var rows = _view.Lanes;
        var lanes = new LaneShown[rows.Count];
        for (var i = 0; i < lanes.Length; i++)
        {
            var known = _lanes.Length > i && ReferenceEquals(_lanes[i].Rows, rows[i]) ? _lanes[i] : null;
            var before = _lanes.Length > i ? _lanes[i].Onlookers : CardOnlookers.Nobody;
            var onlookers = await CardOnlookers.OfAsync(rows[i].Rows, _me, presence, people, before, Leaving);
            lanes[i] = known is not null && ReferenceEquals(onlookers, before) ? known : new LaneShown(rows[i], known?.Cards ?? await faces.OfAsync(rows[i].Rows), onlookers);
        }

        // While names were looked up, a later change may have been drawn already.
        if (rows.SequenceEqual(_view.Lanes)) _lanes = lanes;
    }
}
