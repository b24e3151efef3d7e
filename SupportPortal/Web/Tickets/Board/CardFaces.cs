using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>
/// The cards' HTML, drawn once a version for every board on this server: a circuit holds a reference instead of a tree
/// of components, and a change costs one drawing however many people watch (budgets B9 and B10).
/// </summary>
public sealed class CardFaces(PeopleDirectory people, IServiceScopeFactory scopes, ILoggerFactory logs) : IDisposable
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<long, (int Version, DrawnCard Card)> _known = [];
    private readonly ConditionalWeakTable<IReadOnlyList<TicketRow>, Lazy<Task<IReadOnlyList<DrawnCard>>>> _drawn = [];
    private readonly SemaphoreSlim _turn = new(1);
    private int _namesAsOf = people.Changes;

    /// <summary>The cards of these rows, in their order: of a list that many boards share, found or drawn once for all of them.</summary>
    public Task<IReadOnlyList<DrawnCard>> OfAsync(IReadOnlyList<TicketRow> rows)
    {
        if (!IsNamed) _drawn.Remove(rows);
        if (Once(rows) is { IsFaulted: false, IsCanceled: false } drawn) return drawn;
        _drawn.Remove(rows); // What failed is tried again.
        return Once(rows);
    }

    private Task<IReadOnlyList<DrawnCard>> Once(IReadOnlyList<TicketRow> rows) => _drawn.GetValue(rows, key => new(() => FindOrDrawAsync(key))).Value;

    public void Dispose() => _turn.Dispose();

    /// <summary>Whether the names on the cards are those of now.</summary>
    private bool IsNamed => _namesAsOf == people.Changes;

    private async Task<IReadOnlyList<DrawnCard>> FindOrDrawAsync(IReadOnlyList<TicketRow> rows)
    {
        if (IsNamed && Find(rows) is { } known) return known;
        await _turn.WaitAsync();
        try
        {
            if (!IsNamed)
            {
                _namesAsOf = people.Changes;
                _known.Clear();
                _drawn.Clear();
            }

            if (Find(rows) is { } meanwhile) return meanwhile;
            if (_known.Count > Most) _known.Clear();
            await DrawAsync([.. rows.Where(row => !Knows(row))], CancellationToken.None);
            return Find(rows)!;
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool Knows(TicketRow row) => _known.TryGetValue(row.Id, out var face) && face.Version >= row.Version;

    private DrawnCard[]? Find(IReadOnlyList<TicketRow> rows)
    {
        var cards = new DrawnCard[rows.Count];
        for (var i = 0; i < cards.Length; i++)
        {
            if (!_known.TryGetValue(rows[i].Id, out var known) || known.Version < rows[i].Version) return null;
            cards[i] = known.Card;
        }

        return cards;
    }

    private async Task DrawAsync(TicketRow[] rows, CancellationToken cancellation)
    {
        var names = await people.FindAsync(rows.SelectMany(row => new[] { row.RequesterId, row.AssigneeId }).OfType<string>(), cancellation);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        foreach (var row in rows)
        {
            var requester = names.GetValueOrDefault(row.RequesterId)?.Name ?? "Unknown person";
            var organisation = await people.OrganisationAsync(row.OrganisationId, cancellation);
            var face = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(CardFace.Row)] = row,
                [nameof(CardFace.Assignee)] = row.AssigneeId is { } assignee ? names.GetValueOrDefault(assignee)?.Name ?? "Unknown person" : null,
                [nameof(CardFace.From)] = organisation is null ? requester : $"{organisation} · {requester}",
            });
            var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CardFace>(face)).ToHtmlString());
            _known[row.Id] = (row.Version, new DrawnCard($"ticket-{row.Id}", $"{row.Number} {row.Subject}", new MarkupString(html)));
        }
    }
}
