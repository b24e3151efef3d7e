using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.People;

/// <summary>
/// Mails about accounts. They are owed to an address, whether it has an account or not: who asks learns nothing from
/// the answer, nor from how long it takes. The key in a link is made when the mail is sent, so that no key lies in the store.
/// </summary>
public sealed partial class AccountLetters(
    WriteGate gate, MailOutbox outbox, LetterWriter writer, IOptions<PortalOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<AccountLetters> log)
{
    private static readonly Refusal Off = new("", "This portal sends no mail. Ask whoever runs it for a link to set your password.");

    /// <summary>Whether mail goes out. Without the portal's own address there is nothing that a link could say: a request's is whatever its sender wrote.</summary>
    public bool IsOn => options.Value is { Mail.IsOn: true, PublicUrl: not null };

    /// <summary>Whether links are written to the log in place of mail.</summary>
    public bool GoesToLog => !IsOn && environment.IsDevelopment();

    /// <summary>Owes the address a mail; without mail settings the link goes to the log in Development, and is refused elsewhere.</summary>
    public async Task<Refusal?> SendAsync(AccountLetter letter, string address, CancellationToken cancellation)
    {
        if (!PeopleDesk.IsAddress(address)) return new Refusal("email", "Enter an e-mail address, such as you@example.com.");
        if (!IsOn)
        {
            if (!GoesToLog) return Off;
            if (await writer.WriteAsync(letter, address, cancellation) is { Link: { } link }) LogLink(address.Trim(), link);
            return null;
        }

        var to = address.Trim();
        await gate.WriteAsync(async (db, stop) =>
        {
            if (await db.Set<OutgoingMail>().AnyAsync(m => m.Address == to && m.Letter != null, stop)) return; // One is on its way.
            Owe(db, letter, to);
            await db.SaveChangesAsync(stop);
        }, cancellation);
        outbox.Wake();
        return null;
    }

    /// <summary>Adds a mail to what this context saves next; <see cref="MailOutbox.Wake"/> follows the commit. Nothing while mail is off.</summary>
    internal void Owe(PortalDb db, AccountLetter letter, string address)
    {
        if (!IsOn) return;
        var now = clock.Now();
        db.Add(new OutgoingMail { Letter = letter, Address = address, CreatedAt = now, NextAttemptAt = now });
    }

    [LoggerMessage(LogLevel.Information, "Mail is off. {Address} goes on at {Link}")]
    private partial void LogLink(string address, string link);
}
