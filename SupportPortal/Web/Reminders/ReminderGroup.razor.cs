using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain;

namespace SupportPortal.Web.Reminders;

/// <summary>Reminders of one kind: what is owed, what to say, and what can be done about each.</summary>
public sealed partial class ReminderGroup(TimeProvider clock)
{
    private readonly string _id = $"reminders-{Guid.NewGuid():N}";

    /// <summary>"Overdue", "Due", "Snoozed".</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required ReminderList.Group Reminders { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    /// <summary>When the list was looked at.</summary>
    [Parameter, EditorRequired]
    public Instant Now { get; set; }

    /// <summary>The name of an assignee; null for nobody.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, string?> NameOf { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<(PersonalReminder, Instant)> OnSnooze { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PersonalReminder> OnDone { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PersonalReminder> OnWake { get; set; }

    /// <summary>Another time is to be chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<PersonalReminder> OnChoose { get; set; }

    private Task SnoozeForAsync(PersonalReminder one, Duration length) => OnSnooze.InvokeAsync((one, clock.Now() + length));
}
