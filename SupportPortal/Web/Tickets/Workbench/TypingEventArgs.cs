using Microsoft.AspNetCore.Components;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Somebody types in a box: said when they begin and every few seconds while they go on.</summary>
public sealed class TypingEventArgs : EventArgs
{
    /// <summary>The version of the ticket that was on screen when the text was begun.</summary>
    public int Seen { get; set; }
}

/// <summary>Lets markup say <c>@ontyping</c>; wwwroot/typing.js raises it. Blazor looks for this class by its name.</summary>
[EventHandler("ontyping", typeof(TypingEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
