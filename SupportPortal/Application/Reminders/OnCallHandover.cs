using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// Gives tickets of which nobody acknowledged a reminder to the person on call, where the policy says so. What is to be handed over stands
/// beside the reminder since it was raised, and the act has a key of its own: whatever happens to the process, it is done once.
/// </summary>
public sealed class OnCallHandover(TicketDesk desk, IDbContextFactory<PortalDb> databases, WriteGate gate)
{
    /// <summary>Hands over what is to be handed over.</summary>
    public async Task HandOverAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var waiting = await db.Set<Reminder>().AsNoTracking().Where(r => r.HandOverTo != null).OrderBy(r => r.Id).ToListAsync(cancellation);
        foreach (var reminder in waiting)
        {
            var to = reminder.HandOverTo!;
            var key = new IdempotencyKey(Actor.System.Id, $"hand-over-{reminder.Id}", to);
            await desk.ActAsync(Actor.System, reminder.TicketId, (ticket, _) => ticket.Status.IsOpen ? ticket.Assign(Actor.System, to) : Decision.Of(), null, key, cancellation);
            await gate.WriteAsync((all, stop) => all.Set<Reminder>().Where(r => r.Id == reminder.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.HandOverTo, (string?)null), stop), cancellation);
        }
    }
}
