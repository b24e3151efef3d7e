using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain;

namespace SupportPortal.Web.Reminders;

/// <summary>The bell: how many reminders are due, and toasts for new ones, told once to a person.</summary>
public sealed partial class ReminderBell(ReminderClaims claims, CircuitBell bell, NavigationManager navigation, TimeProvider clock, ILogger<ReminderBell> log) : IDisposable
{
    private const int MostToasts = 3;
    private const int MostKept = 20; // What is behind them comes up as they are dismissed; the rest stands in the list.

    // As long as the style sheet shows what can still be kept.
    private static readonly Duration ToastLasts = Duration.FromSeconds(12);

    private readonly List<(LiveReminder Live, Instant At)> _toasts = []; // The newest first; the first few are shown.
    private LiveReminder? _spoken;
    private int _said;
    private int _count;
    private bool _isBreached;

    protected override async Task BeginAsync()
    {
        bell.Enter(Actor.Id);
        bell.Returned = () => _ = InvokeAsync(ReturnAsync);
        Count(Live.Snapshot);
        await TellAsync(null);
    }

    protected override async Task<bool> ChangedAsync(IReadOnlyList<LiveReminder> changed)
    {
        var now = Live.Snapshot;
        var before = (_count, _isBreached, _said);
        Count(now);
        // Acknowledged in another tab, answered, or replaced by a later one: no toast outlives its reminder.
        var gone = _toasts.RemoveAll(toast => now.Find(toast.Live.Reminder.Id)?.IsFor(Actor) != true || now.MarkOf(Actor, toast.Live.Reminder.Id)?.Hides == true);
        if (bell.Speaks) await TellAsync(changed);
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
            told = await claims.ClaimAsync(Actor, those, Leaving);
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
        if (new Uri(navigation.Uri).AbsolutePath == "/desk/reminders") return; // There it stands already.
        _toasts.InsertRange(0, told.Take(MostKept).Select(one => (one, now)));
        if (_toasts.Count > MostKept) _toasts.RemoveRange(MostKept, _toasts.Count - MostKept);
    }

    void IDisposable.Dispose()
    {
        bell.Leave();
        Dispose();
    }
}
