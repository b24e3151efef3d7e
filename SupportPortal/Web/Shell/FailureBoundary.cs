using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.Shell;

/// <summary>Keeps a failure inside the page where it happened: the layout stays, and moving on recovers.</summary>
public sealed class FailureBoundary : ErrorBoundaryBase, IDisposable
{
    private string _reference = "";

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private ILogger<FailureBoundary> Logger { get; set; } = default!;

    protected override void OnInitialized() => Navigation.LocationChanged += RecoverOnNavigation;

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = FailureReference.Next();
        Logger.LogError(exception, "Failure {Reference} in an open page", _reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<FailureNote>(1);
        builder.AddComponentParameter(2, nameof(FailureNote.Reference), _reference);
        builder.AddComponentParameter(3, nameof(FailureNote.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }

    public void Dispose() => Navigation.LocationChanged -= RecoverOnNavigation;

    private void RecoverOnNavigation(object? sender, LocationChangedEventArgs e) => Recover();
}
