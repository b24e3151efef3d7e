using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>Writes the mails that the outbox owes, from what they name as it is now.</summary>
public sealed class OwedMail(TicketStore tickets, PeopleDesk people, LetterWriter letters, CopyLinks links, IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options)
{
    /// <summary>The message; null when there is nobody to send it to, or nothing to say any more.</summary>
    internal Task<MimeMessage?> MessageAsync(OutgoingMail mail, CancellationToken cancellation) =>
        mail.ReportId is { } report ? WithReportAsync(mail, report, cancellation)
        : mail.Letter is { } letter ? AboutAccountAsync(mail, letter, cancellation)
        : AboutTicketAsync(mail, cancellation);

    private MailboxAddress From => MailboxAddress.Parse(options.Value.Mail.From);

    private async Task<MimeMessage?> AboutTicketAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (await tickets.LoadAsync(mail.TicketId, cancellation) is not { } history) return null;
        if (mail.Address is { } address) return await CopyAsync(mail, history, address);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = mail.PersonId ?? history.Ticket.RequesterId;
        var reader = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation);
        if (To(reader) is not { } to) return null;
        if (mail.ReminderId is { } reminder) return !reader!.ToActor().MayWorkOnTickets() ? null : await AboutReminderAsync(db, reminder, history, to, cancellation);
        if (mail.PersonId is null) return MailText.For(history, Told(history, mail), From, to, PublicUrl);
        return history.Ticket.IsWatchedBy(id) ? MailText.ForFollower(history, Told(history, mail), From, to, PublicUrl, stopLink: null) : null; // They may have stopped meanwhile.
    }

    private async Task<MimeMessage?> AboutReminderAsync(PortalDb db, long id, TicketHistory history, MailboxAddress to, CancellationToken cancellation)
    {
        var reminder = await db.Set<Reminder>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        return reminder.EndedAt is null ? MailText.For(reminder, history.Ticket.Report.Subject.Text ?? "(erased)", From, to, PublicUrl) : null;
    }

    /// <summary>A copy, unless it was ended or its address erased meanwhile, or belongs to somebody who is written to anyway, or may not be.</summary>
    private async Task<MimeMessage?> CopyAsync(OutgoingMail mail, TicketHistory history, string address)
    {
        var ticket = history.Ticket;
        if (ticket.Copies.FirstOrDefault(copy => copy.Address.Text == address) is not { } still || !MailboxAddress.TryParse(address, out var to)) return null;
        if (await people.FindByEmailAsync(address) is { } holder && (holder.DeactivatedAt is not null || holder.Id == ticket.RequesterId || ticket.IsWatchedBy(holder.Id))) return null;
        return MailText.ForFollower(history, Told(history, mail), From, to, PublicUrl, links.StopLink(ticket.Id, still.Version));
    }

    private string? PublicUrl => options.Value.PublicUrl;

    private static TicketEvent Told(TicketHistory history, OutgoingMail mail) => history.Happened.Single(e => e.Version == mail.Version);

    private async Task<MimeMessage?> AboutAccountAsync(OutgoingMail mail, AccountLetter about, CancellationToken cancellation)
    {
        if (await letters.WriteAsync(about, mail.Address ?? "", cancellation) is not { } letter || !MailboxAddress.TryParse(letter.To, out var to)) return null;
        to.Name = letter.Name;
        return MailText.For(mail, letter, From, to);
    }

    private async Task<MimeMessage?> WithReportAsync(OutgoingMail mail, long id, CancellationToken cancellation)
    {
        if (mail.Address is not { } address || !MailboxAddress.TryParse(address, out var to)) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var report = await db.Set<MadeReport>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        // Whoever has an account may have lost it, or the rights to these figures, since it was scheduled.
        if (await people.FindByEmailAsync(address) is { } holder && (holder.DeactivatedAt is not null || (report.Kind != ReportKind.Organisation && !holder.ToActor().MayManage()))) return null;
        if (await db.Set<MailedReport>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } file) return null; // No mail owes it any more.
        return MailText.For(report, file.Bytes.Length == 0 ? null : file.Bytes, options.Value.Brand.Name, From, to, PublicUrl);
    }

    private static MailboxAddress? To(PortalUser? person)
    {
        if (person is not { DeactivatedAt: null, ErasedAt: null } || !MailboxAddress.TryParse(person.Email, out var to)) return null;
        to.Name = person.Name;
        return to;
    }
}
