using System.Collections.Concurrent;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Histories of tickets that pages show just now: loaded once a version, however many pages show the ticket. Rights are
/// asked of every caller all the same.
/// </summary>
public sealed class HistoryCache(TicketStore store)
{
    private const int Most = 512;

    private readonly ConcurrentDictionary<long, (int Version, Lazy<Task<TicketHistory?>> History)> _known = [];

    /// <summary>The ticket as the actor may see it; null when it does not exist for them.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The ticket.</param>
    /// <param name="version">The version that the caller heard of; left out, the store is asked which is the latest.</param>
    public async Task<TicketHistory?> FindAsync(Actor actor, long id, int? version = null)
    {
        if ((version ?? await store.VersionAsync(id, CancellationToken.None)) is not { } wanted) return null;
        if (_known.Count > Most) _known.Clear();
        var entry = _known.AddOrUpdate(id, Load, (_, known) => known.Version >= wanted && !known.History.Value.IsFaulted ? known : Load(id));
        var history = await entry.History.Value;
        return history is not null && actor.MaySee(history.Ticket) ? history : null;

        (int, Lazy<Task<TicketHistory?>>) Load(long ticket) => (wanted, new(() => store.LoadAsync(ticket, CancellationToken.None)));
    }
}
