using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// Whoever is given a ticket is told of its reminders, in the transaction that gives it to them: those were raised before, and told to
/// somebody else.
/// </summary>
public sealed class AssigneeReminders(ReminderMails mails)
{
    internal async Task TellAsync(PortalDb db, TicketHistory history, IEnumerable<TicketFact> facts, EventAuthor by, CancellationToken cancellation = default)
    {
        if (!facts.OfType<Assigned>().Any() || history.Ticket.AssigneeId is not { } person || person == by.Id) return;
        var (ticketId, now) = (history.Ticket.Id, history.Ticket.ChangedAt);
        var living = await db.Set<Reminder>().AsNoTracking().Where(r => r.TicketId == ticketId && r.EndedAt == null).ToListAsync(cancellation);
        foreach (var reminder in living.Where(r => r.HandOverTo == person || r.IsForDesk(person) || r.Audience.HasFlag(ReminderAudience.Assignee)))
        {
            var at = new InstantConverter().ConvertToProvider(now);
            var isNew = await db.Database.ExecuteSqlAsync( // Somebody who put it off, or is done with it, knows of it.
                $"""
                 INSERT INTO "ReminderMarks" ("ReminderId", "PersonId", "WokeAt", "ChangedAt") VALUES ({reminder.Id}, {person}, {at}, {at}) ON CONFLICT ("ReminderId", "PersonId") DO NOTHING
                 """, cancellation);
            if (isNew > 0) await mails.AddAsync(db, reminder, person, now, cancellation);
        }

        if (living.Count > 0) await db.SaveChangesAsync(cancellation);
    }
}
