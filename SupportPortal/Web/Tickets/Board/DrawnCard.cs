using Microsoft.AspNetCore.Components;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>A card as every board on this server shows it: the same strings for all, so that a render makes none.</summary>
public sealed record DrawnCard(string ElementId, string Label, MarkupString Face);
