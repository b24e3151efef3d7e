namespace SupportPortal.Web.Tickets.Board;

/// <summary>What is on screen of a lane comes near the end of what is drawn of it: the only thing the browser says about scrolling.</summary>
public sealed class BoardScrollEventArgs : EventArgs
{
    /// <summary>The lane, as <see cref="Application.Live.BoardLane"/> has it.</summary>
    public int Lane { get; set; }

    /// <summary>The first row on screen, counted from nought.</summary>
    public int First { get; set; }

    /// <summary>The last row on screen.</summary>
    public int Last { get; set; }
}
