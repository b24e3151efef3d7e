using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Reminders;

namespace SupportPortal.Web.Reminders;

/// <summary>The bell: how many reminders are due, and toasts for new ones, told once to a person.</summary>
public sealed partial class ReminderBell(ReminderDesk desk, OpenBells bells, NavigationManager navigation) : IDisposable
{
    private const int MostToasts = 3;

    private readonly List<LiveReminder> _toasts = [];
    private OpenBells.Place? _place;
    private LiveReminder? _spoken;
    private int _said;
    private int _count;
    private int _more;
    private bool _isBreached;

    protected override async Task BeginAsync()
    {
        _place = bells.Enter(Actor.Id);
        Count(Live.Snapshot);
        Tell(await desk.ClaimAsync(Actor, cancellation: Leaving));
    }

    protected override async Task ChangedAsync(ReminderBatch batch)
    {
        Count(batch.After);
        // Acknowledged in another tab, answered, or replaced by a later one: no toast outlives its reminder.
        _toasts.RemoveAll(toast => batch.After.Find(toast.Reminder.Id)?.IsFor(Actor) != true || batch.After.MarkOf(Actor, toast.Reminder.Id)?.Hides == true);
        if (_place?.Speaks == true) Tell(await desk.ClaimAsync(Actor, batch.Changed, Leaving));
    }

    /// <summary>The browser says whether this tab is looked at.</summary>
    private void Look(ReminderLookEventArgs look) => _place?.Look(look.IsVisible);

    private void Count(ReminderSnapshot snapshot)
    {
        _count = snapshot.CountFor(Actor);
        _isBreached = snapshot.HasBreachFor(Actor);
    }

    private void Tell(IReadOnlyList<LiveReminder> told)
    {
        if (told.Count == 0) return;
        (_spoken, _said) = (told[0], _said + 1);
        if (new Uri(navigation.Uri).AbsolutePath == "/desk/reminders") return; // It stands there already.
        foreach (var one in told.Take(MostToasts).Reverse()) _toasts.Insert(0, one);
        _more += Math.Max(0, told.Count - MostToasts) + Math.Max(0, _toasts.Count - MostToasts);
        if (_toasts.Count > MostToasts) _toasts.RemoveRange(MostToasts, _toasts.Count - MostToasts);
    }

    void IDisposable.Dispose()
    {
        _place?.Dispose();
        Dispose();
    }
}
