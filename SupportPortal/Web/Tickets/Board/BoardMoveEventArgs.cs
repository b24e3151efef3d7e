using Microsoft.AspNetCore.Components;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>A card was let go over a lane, or sent there by a key: the only thing the browser says about a move.</summary>
public sealed class BoardMoveEventArgs : EventArgs
{
    /// <summary>The id of the ticket.</summary>
    public long Ticket { get; set; }

    /// <summary>The lane's severity: 1, 2 or 3.</summary>
    public int Severity { get; set; }
}

/// <summary>Lets markup say <c>@onboardmove</c> and <c>@onboardscroll</c>; wwwroot/desk.js and lanes.js raise them. Blazor looks for this class by its name.</summary>
[EventHandler("onboardmove", typeof(BoardMoveEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("onboardscroll", typeof(BoardScrollEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
