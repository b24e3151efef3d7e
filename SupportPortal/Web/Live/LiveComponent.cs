using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Live;

/// <summary>
/// A component that shows tickets live: it watches while it is shown, renders once a batch and leaves cleanly. It watches
/// first and loads then, so that no change falls between.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loading = Task.CompletedTask;
    private TicketWatch? _watch;

    /// <summary>Not yet watching.</summary>
    protected LiveComponent() => Leaving = _leaving.Token; // Taken once: the source throws after its disposal.

    [Inject]
    public required OpenTickets Tickets { get; init; }

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>
    /// Takes in what changed; answers whether anything that this component shows has changed. Runs on the circuit, so that it may
    /// touch the component's state.
    /// </summary>
    protected abstract ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed);

    /// <summary>
    /// Whether a batch can matter to this component: what does not, never wakes the circuit. Runs on the feed's thread and for every
    /// watcher, so it may only read what is set before the component loads.
    /// </summary>
    protected virtual bool Concerns(OpenSnapshot before, TicketBatch batch) => true;

    /// <summary>Begins to watch what this component shows: everything that is open, unless it says otherwise.</summary>
    protected virtual TicketWatch Watch() => Tickets.Watch(Concerns);

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        var load = base.SetParametersAsync(parameters);
        _loading = _loading.IsCompleted ? load : Task.WhenAll(_loading, load); // An earlier one may still be under way.
        await load;
        _loaded.TrySetResult();
    }

    /// <summary>Begins to watch. Overrides call this first, then load.</summary>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) _watch = Watch();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Started here, the loop comes back on the circuit after each await, with the visitor's culture.
        if (firstRender && _watch is not null) _ = FollowAsync(_watch);
    }

    private async Task FollowAsync(TicketWatch watch)
    {
        try
        {
            // A batch that comes while the page loads, or loads again for another address, finds nothing to change, and what is being
            // loaded may be older: it waits.
            await _loaded.Task.WaitAsync(Leaving);
            await foreach (var changed in watch.BatchesAsync(Leaving))
            {
                while (!_loading.IsCompleted) await _loading.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                if (await ChangedAsync(changed)) StateHasChanged();
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Leaves the feed.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _leaving.Cancel();
        _watch?.Dispose();
        _leaving.Dispose();
    }
}
