using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>Writes the mails that the outbox owes, from what they name as it is now.</summary>
public sealed class OwedMail(TicketStore tickets, LetterWriter letters, IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options)
{
    /// <summary>The message; null when there is nobody to send it to, or nothing to say any more.</summary>
    internal Task<MimeMessage?> MessageAsync(OutgoingMail mail, CancellationToken cancellation) => mail.Letter is null
        ? AboutTicketAsync(mail, cancellation)
        : AboutAccountAsync(mail, mail.Letter.Value, cancellation);

    private MailboxAddress From => MailboxAddress.Parse(options.Value.Mail.From);

    private async Task<MimeMessage?> AboutTicketAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (await tickets.LoadAsync(mail.TicketId, cancellation) is not { } history) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = mail.PersonId ?? history.Ticket.RequesterId;
        if (To(await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation)) is not { } to) return null;
        if (mail.ReminderId is null) return MailText.For(history, history.Happened.Single(e => e.Version == mail.Version), From, to, options.Value.PublicUrl);
        var reminder = await db.Set<Reminder>().AsNoTracking().SingleAsync(r => r.Id == mail.ReminderId, cancellation);
        return reminder.EndedAt is null ? MailText.For(reminder, history.Ticket.Report.Subject.Text ?? "(erased)", From, to, options.Value.PublicUrl) : null;
    }

    private async Task<MimeMessage?> AboutAccountAsync(OutgoingMail mail, AccountLetter about, CancellationToken cancellation)
    {
        if (await letters.WriteAsync(about, mail.Address ?? "", cancellation) is not { } letter || !MailboxAddress.TryParse(letter.To, out var to)) return null;
        to.Name = letter.Name;
        return MailText.For(mail, letter, From, to);
    }

    private static MailboxAddress? To(PortalUser? person)
    {
        if (!MailboxAddress.TryParse(person?.Email, out var to)) return null;
        to.Name = person!.Name;
        return to;
    }
}
