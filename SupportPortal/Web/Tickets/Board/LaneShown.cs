namespace SupportPortal.Web.Tickets.Board;

/// <summary>A lane with the faces of its cards, and who else looks at which of them.</summary>
public sealed record LaneShown(LaneRows Rows, IReadOnlyList<DrawnCard> Cards, CardOnlookers Onlookers);
