using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Ends what somebody follows who left an organisation, the staff, or the portal. It is an event of each ticket, as every other change of who
/// follows it; until it is there, nothing is mailed to whoever may not sign in.
/// </summary>
public sealed class FollowersWhoLeave(TicketDesk desk, IDbContextFactory<PortalDb> databases, WriteGate gate)
{
    private const string CopyType = "copyAdded";

    /// <summary>The person watches nothing more that they would not see without watching it.</summary>
    /// <param name="personId">Who.</param>
    /// <param name="now">What they may do from now on; null when that is nothing.</param>
    /// <param name="cancellation">Gives up; what is ended stays so.</param>
    public async Task EndWatchesAsync(string personId, Actor? now, CancellationToken cancellation = default)
    {
        if (now?.IsStaff is true) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var ticket in await db.Set<WatcherRow>().Where(w => w.PersonId == personId).Select(w => w.TicketId).ToListAsync(cancellation))
            await desk.ActAsync(Actor.System, ticket, (watched, _) => now?.SpeaksForCustomer(watched) is true ? Decision.Of() : watched.RemoveWatcher(Actor.System, personId), cancellation: cancellation);
    }

    /// <summary>The address gets no more copies, and stands in no ticket any more. Reads all copies that ever were: for the erasure of a person.</summary>
    public async Task EraseCopiesAsync(string address, CancellationToken cancellation = default)
    {
        foreach (var (ticket, version) in await CopiesAsync(address, cancellation))
        {
            await gate.WriteAsync((db, stop) => db.Set<EventTextRow>().Where(t => t.TicketId == ticket && t.Version == version).ExecuteDeleteAsync(stop), cancellation);
            await desk.ActAsync(Actor.System, ticket, (copied, _) => copied.RemoveCopy(Actor.System, version), cancellation: cancellation);
        }
    }

    private async Task<List<(long Ticket, int Version)>> CopiesAsync(string address, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var copies = from happened in db.Set<EventRow>()
                     where happened.Type == CopyType
                     join text in db.Set<EventTextRow>() on new { happened.TicketId, happened.Version } equals new { text.TicketId, text.Version }
                     select new { happened.TicketId, happened.Version, happened.Data, text.Texts };
        var found = new List<(long, int)>();
        await foreach (var copy in copies.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (FactJson.Read(CopyType, copy.Data, copy.Texts) is CopyAdded added && string.Equals(added.Address.Text, address, StringComparison.OrdinalIgnoreCase)) found.Add((copy.TicketId, copy.Version));
        }

        return found;
    }
}
