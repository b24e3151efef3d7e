namespace SupportPortal.Web.Tickets.Board;

/// <summary>
/// Which part of a lane is drawn: what is on screen and some more on both sides. It begins and ends with whole steps, so that boards
/// which look at about the same part share one list and its drawn cards.
/// </summary>
public sealed record LaneWindow(int Start, int Count)
{
    /// <summary>By how many cards a window moves.</summary>
    public const int Step = 10;

    private const int Least = 2 * Step;
    private const int Most = 20 * Step;

    /// <summary>The window of a lane that nobody has scrolled yet.</summary>
    public static LaneWindow Top { get; } = new(0, Least);

    /// <summary>The window around what is on screen: at least a step more on either side.</summary>
    public static LaneWindow Around(int first, int last)
    {
        var start = Math.Max(0, first / Step - 1) * Step;
        return new LaneWindow(start, Math.Clamp((last / Step + 2) * Step - start, Least, Most));
    }
}
