using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Reminders;

/// <summary>A component that shows a person's reminders live: it watches first and looks then, is woken by nothing else, and leaves cleanly.</summary>
public abstract class ReminderComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ReminderWatch? _watch;

    protected ReminderComponent() => Leaving = _leaving.Token; // Taken once: the source throws after its disposal.

    [Inject]
    public required LiveReminders Live { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>Whose reminders.</summary>
    protected Actor Actor { get; private set; } = new("", Role.Customer);

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>Looks for the first time.</summary>
    protected abstract Task BeginAsync();

    /// <summary>Takes in the reminders of tickets that changed, on the circuit; answers whether anything that this component shows has changed.</summary>
    protected abstract Task<bool> ChangedAsync(IReadOnlyList<LiveReminder> changed);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Actor = (await SignedIn).User.RequireActor();
        var actor = Actor;
        _watch = Live.Watch(batch => batch.Concerns(actor));
        await Live.Loaded.WaitAsync(Leaving);
        await BeginAsync();
        _ = FollowAsync(_watch); // Started here, it comes back on the circuit after each await.
    }

    private async Task FollowAsync(ReminderWatch watch)
    {
        try
        {
            await foreach (var changed in watch.BatchesAsync(Leaving))
            {
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
        _leaving.Cancel();
        _watch?.Dispose();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }
}
