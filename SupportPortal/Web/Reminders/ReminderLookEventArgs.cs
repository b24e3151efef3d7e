using Microsoft.AspNetCore.Components;

namespace SupportPortal.Web.Reminders;

/// <summary>A tab came to the front, or went behind another.</summary>
public sealed class ReminderLookEventArgs : EventArgs
{
    /// <summary>Whether the person can see it.</summary>
    public bool IsVisible { get; set; }
}

/// <summary>Lets markup say <c>@onreminderlook</c>; wwwroot/reminders.js raises it. Blazor looks for this class by its name.</summary>
[EventHandler("onreminderlook", typeof(ReminderLookEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
