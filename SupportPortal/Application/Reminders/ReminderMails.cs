using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>Puts a mail beside each reminder for everyone it is for who chose so, in its transaction.</summary>
public sealed class ReminderMails(MailOutbox outbox, IOptions<PortalOptions> options)
{
    internal async Task AddAsync(PortalDb db, IReadOnlyList<RaisedReminder> raised, Instant now, CancellationToken cancellation)
    {
        if (raised.Count == 0 || !options.Value.Mail.IsOn) return;
        var readers = await (
            from reader in db.Set<ReminderReader>()
            join person in db.Users on reader.PersonId equals person.Id
            where reader.Mail != ReminderMail.Never
            select new { Person = person, reader.Mail }).AsNoTracking().ToListAsync(cancellation);
        foreach (var one in raised)
        {
            var (reminder, ticket) = one;
            foreach (var reader in readers.Where(r => (r.Mail == ReminderMail.Always || reminder.IsBreach) && !one.PutOffBy.Contains(r.Person.Id) && reminder.IsToldTo(r.Person.ToActor(), ticket.AssigneeId)))
                db.Add(new OutgoingMail { TicketId = ticket.Id, ReminderId = reminder.Id, PersonId = reader.Person.Id, CreatedAt = now, NextAttemptAt = now });
        }
    }

    /// <summary>The same for somebody to whom the ticket was given since, unless they were written to of it.</summary>
    internal async Task AddAsync(PortalDb db, Reminder reminder, string personId, Instant now, CancellationToken cancellation)
    {
        if (!options.Value.Mail.IsOn) return;
        var choice = await db.Set<ReminderReader>().Where(r => r.PersonId == personId).Select(r => r.Mail).SingleOrDefaultAsync(cancellation);
        if (choice is not ReminderMail.Always && !(choice is ReminderMail.Breaches && reminder.IsBreach)) return;
        if (await db.Set<OutgoingMail>().AnyAsync(m => m.ReminderId == reminder.Id && m.PersonId == personId, cancellation)) return;
        db.Add(new OutgoingMail { TicketId = reminder.TicketId, ReminderId = reminder.Id, PersonId = personId, CreatedAt = now, NextAttemptAt = now });
    }

    /// <summary>Tells the dispatcher that there may be mail.</summary>
    internal void Wake() => outbox.Wake();
}
