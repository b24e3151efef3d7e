using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// Gives tickets of which nobody acknowledged a reminder to the person on call, where the policy says so. What is to be handed over stands
/// beside the reminder since it was raised, and the act has a key of its own: whatever happens to the process, it is done once.
/// </summary>
public sealed class OnCallHandover(TicketDesk desk, IDbContextFactory<PortalDb> databases, WriteGate gate, ILogger<OnCallHandover> log)
{
    // Alarms that fall due meanwhile do not wait for more.
    private const int Batch = 20;

    private long _tried; // The last one tried: what cannot be handed over must not keep back what stands behind it.

    /// <summary>Hands over some of what is to be handed over; says whether there may be more.</summary>
    public async Task<bool> HandOverAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var waiting = await db.Set<Reminder>().AsNoTracking().Where(r => r.HandOverTo != null && r.Id > _tried).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancellation);
        foreach (var reminder in waiting)
        {
            try
            {
                await HandOverAsync(reminder, cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "{Ticket} could not be handed over to the person on call; trying again", new TicketNumber(reminder.TicketId));
            }
        }

        _tried = waiting.Count == Batch ? waiting[^1].Id : 0;
        return waiting.Count == Batch;
    }

    private async Task HandOverAsync(Reminder reminder, CancellationToken cancellation)
    {
        var to = reminder.HandOverTo!;
        var key = new IdempotencyKey(Actor.System.Id, $"hand-over-{reminder.Id}", to);
        var isStillOwed = reminder is { AcknowledgedAt: null, EndedAt: null };
        var answer = await desk.ActAsync(Actor.System, reminder.TicketId, (ticket, _) => isStillOwed && ticket.Status.IsOpen && (ticket.AssignedAt ?? reminder.RaisedAt) <= reminder.RaisedAt
            ? ticket.Assign(Actor.System, to)
            : Decision.Of(), null, key, cancellation);
        if (answer is DeskAnswer.ChangedMeanwhile) throw new InvalidOperationException("Too many change this ticket right now.");

        await gate.WriteAsync((all, stop) => all.Set<Reminder>().Where(r => r.Id == reminder.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.HandOverTo, (string?)null), stop), cancellation);
    }
}
