using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>Who else has the tickets of a lane open: names by ticket, of those few that somebody looks at.</summary>
public sealed class CardOnlookers
{
    private readonly IReadOnlyDictionary<long, string> _names;

    private CardOnlookers(IReadOnlyDictionary<long, string> names) => _names = names;

    /// <summary>Nobody looks at anything.</summary>
    public static CardOnlookers Nobody { get; } = new(new Dictionary<long, string>());

    /// <summary>"Ada Agent, Bob Beside"; null when nobody else looks.</summary>
    public string? At(long ticketId) => _names.GetValueOrDefault(ticketId);

    /// <summary>Those of these rows; <paramref name="before"/> itself when they are the same as then, so that nothing is rendered.</summary>
    public static async ValueTask<CardOnlookers> OfAsync(
        IEnumerable<TicketRow> rows, string me, Presence presence, PeopleDirectory people, CardOnlookers before, CancellationToken cancellation)
    {
        var here = presence.Snapshot;
        if (here.IsEmpty) return before._names.Count == 0 ? before : Nobody;
        var others = rows.Where(row => here.ContainsKey(row.Id))
            .Select(row => (row.Id, People: here.GetValueOrDefault(row.Id, []).Select(one => one.PersonId).Where(id => id != me).ToList())).Where(card => card.People.Count > 0).ToList();
        if (others.Count == 0) return before._names.Count == 0 ? before : Nobody;
        var names = await people.FindAsync(others.SelectMany(card => card.People), cancellation);
        var now = others.ToDictionary(card => card.Id, card => string.Join(", ", card.People.Select(id => names.GetValueOrDefault(id)?.Name ?? "Unknown person")));
        return now.Count == before._names.Count && now.All(card => before.At(card.Key) == card.Value) ? before : new CardOnlookers(now);
    }
}
