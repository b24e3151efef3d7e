using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using SupportPortal.Web.People.Admin;

namespace SupportPortal.Web.Compliance;

/// <summary>A page whose address is what it shows: it is shown anew whenever its query changes.</summary>
public abstract class FigurePage : AdminPage
{
    private string _path = "";

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What the address says.</summary>
    protected ComplianceView View { get; private set; } = ComplianceView.Of(new Uri("http://localhost/"));

    /// <summary>What the links on the page are made of: the view, with its period and zone as they were counted.</summary>
    protected ComplianceView Links { get; set; } = ComplianceView.Of(new Uri("http://localhost/"));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnMoved;
        await ShowAsync();
    }

    /// <summary>Reads what the view asks for, and keeps it unless the view has become another meanwhile.</summary>
    protected abstract Task ReadAsync(ComplianceView view);

    /// <inheritdoc/>
    protected override void OnLeaving() => Navigation.LocationChanged -= OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == _path) _ = InvokeAsync(FollowAsync);
    }

    private async Task FollowAsync()
    {
        try
        {
            await ShowAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private Task ShowAsync()
    {
        View = ComplianceView.Of(new Uri(Navigation.Uri));
        return ReadAsync(View);
    }
}
