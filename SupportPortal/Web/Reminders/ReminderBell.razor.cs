using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain;

namespace SupportPortal.Web.Reminders;

/// <summary>The bell: how many reminders are due, and toasts for new ones, told once to a person.</summary>
public sealed partial class ReminderBell(ReminderDesk desk, CircuitBell bell, NavigationManager navigation, TimeProvider clock, ILogger<ReminderBell> log) : IDisposable
{
    private const int MostToasts = 3;

    // As long as the style sheet shows what can still be kept.
    private static readonly Duration ToastLasts = Duration.FromSeconds(12);

    private readonly List<(LiveReminder Live, Instant At)> _toasts = []; // The newest first; the first few are shown.
    private LiveReminder? _spoken;
    private int _said;
    private int _count;
    private bool _isBreached;

    private int More => Math.Max(0, _toasts.Count - MostToasts);

    protected override async Task BeginAsync()
    {
        bell.Enter(Actor.Id);
        bell.Returned = () => _ = InvokeAsync(ReturnAsync);
        Count(Live.Snapshot);
        await TellAsync(null);
    }

    protected override async Task<bool> ChangedAsync(ReminderBatch batch)
    {
        var before = (_count, _isBreached, _said);
        Count(batch.After);
        // Acknowledged in another tab, answered, or replaced by a later one: no toast outlives its reminder.
        var gone = _toasts.RemoveAll(toast => batch.After.Find(toast.Live.Reminder.Id)?.IsFor(Actor) != true || batch.After.MarkOf(Actor, toast.Live.Reminder.Id)?.Hides == true);
        if (bell.Speaks) await TellAsync(batch.Changed);
        return gone > 0 || before != (_count, _isBreached, _said); // Mostly nothing: a ticket of which one is reminded has changed.
    }

    /// <summary>Back after a cut: what fell due meanwhile was told to nobody here.</summary>
    private async Task ReturnAsync()
    {
        await TellAsync(null);
        StateHasChanged();
    }

    private void Count(ReminderSnapshot snapshot)
    {
        _count = snapshot.CountFor(Actor);
        _isBreached = snapshot.HasBreachFor(Actor);
    }

    private async Task TellAsync(IReadOnlyList<LiveReminder>? those)
    {
        IReadOnlyList<LiveReminder> told;
        try
        {
            told = await desk.ClaimAsync(Actor, those, Leaving);
        }
        catch (Exception failure) when (!Leaving.IsCancellationRequested)
        {
            // The store does not answer for a moment: unclaimed, they are told with the next. The page around must not end for it.
            log.LogWarning(failure, "Reminders could not be claimed for a browser");
            return;
        }

        if (told.Count == 0) return;
        (_spoken, _said) = (told[0], _said + 1);
        var now = clock.Now();
        _toasts.RemoveAll(toast => !toast.Live.Reminder.IsBreach && now - toast.At > ToastLasts);
        if (new Uri(navigation.Uri).AbsolutePath != "/desk/reminders") _toasts.InsertRange(0, told.Select(one => (one, now))); // There it stands already.
    }

    void IDisposable.Dispose()
    {
        bell.Leave();
        Dispose();
    }
}
