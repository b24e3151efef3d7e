using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Says who else has the ticket of a visit open and what they type: a component of its own, so that the page around it is left alone.</summary>
public sealed partial class Onlookers(Presence presence, PeopleDirectory people) : IDisposable
{
    private const int MostFaces = 4;

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<(string Name, Writing? Writing)> _others = [];
    private string _words = "";
    private PresenceWatch? _watch;

    /// <summary>The visit of whoever reads this; the same for as long as the component is shown.</summary>
    [Parameter, EditorRequired]
    public required Visit Visit { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _watch = presence.Watch(Visit.Sees);
        await LookAsync(_leaving.Token);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync(_watch!, _leaving.Token);
    }

    private async Task FollowAsync(PresenceWatch watch, CancellationToken leaving)
    {
        try
        {
            await foreach (var _ in watch.ChangesAsync(leaving))
            {
                await LookAsync(leaving);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The component has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task LookAsync(CancellationToken leaving)
    {
        var others = presence.OthersAt(Visit.TicketId, Visit.PersonId);
        var names = await people.FindAsync(others.Select(other => other.PersonId), leaving);
        _others = [.. others.Select(other => (names.GetValueOrDefault(other.PersonId)?.Name ?? "Somebody", other.Writing))];
        _words = OnlookerWords.Say(_others);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _watch?.Dispose();
        _leaving.Dispose();
    }
}
