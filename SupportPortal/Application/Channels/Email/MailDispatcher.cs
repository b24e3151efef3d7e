using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.Channels.Email;

/// <summary>
/// Sends what the outbox owes. A mail is claimed before it is sent, so that two servers do not send it both; one that failed is
/// tried again, later each time. A server that dies between sending and noting it sends once more, under the same message id.
/// </summary>
public sealed class MailDispatcher(
    MailOutbox outbox, OwedMail owed, WriteGate gate, IOptions<PortalOptions> options, TimeProvider clock, ILogger<MailDispatcher> log)
    : BackgroundService
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);
    private static readonly Duration Claim = Duration.FromMinutes(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Mail.IsOn) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(stoppingToken) > 0) continue; // There may be more.
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(BetweenLooks);
                await outbox.Woken.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // Woken by time, or by the stop, which the loop asks for.
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The outbox could not be read; trying again");
                await Task.Delay(BetweenLooks, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // A stop does not wait for it.
            }
        }
    }

    /// <summary>Sends what is due now; answers how many were tried.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var due = await ClaimAsync(cancellation);
        if (due.Count == 0) return 0;
        using var smtp = new SmtpClient();
        try
        {
            foreach (var mail in due)
            {
                if (await IsStillMineAsync(mail, cancellation)) await TrySendAsync(smtp, mail, cancellation);
            }
        }
        finally
        {
            if (smtp.IsConnected) await smtp.DisconnectAsync(quit: true, CancellationToken.None);
        }

        return due.Count;
    }

    /// <summary>What is due, moved two minutes ahead while it is being sent.</summary>
    private Task<List<OutgoingMail>> ClaimAsync(CancellationToken cancellation) => gate.WriteAsync(async (db, token) =>
    {
        var now = clock.Now();
        var due = await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.NextAttemptAt <= now).OrderBy(m => m.NextAttemptAt).Take(20).ToListAsync(token);
        var claimed = new List<OutgoingMail>(due.Count);
        foreach (var mail in due)
        {
            var mine = await db.Set<OutgoingMail>().Where(m => m.Id == mail.Id && m.NextAttemptAt == mail.NextAttemptAt)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, now + Claim), token);
            if (mine != 1) continue;
            mail.NextAttemptAt = now + Claim;
            claimed.Add(mail);
        }

        return claimed;
    }, cancellation);

    /// <summary>Claims a mail anew whose turn comes late, those before it having taken long: another server may have it by now.</summary>
    private async Task<bool> IsStillMineAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var now = clock.Now();
        if (mail.NextAttemptAt - now > Claim / 2) return true;
        var mine = await gate.WriteAsync((db, token) => db.Set<OutgoingMail>().Where(m => m.Id == mail.Id && m.NextAttemptAt == mail.NextAttemptAt)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, now + Claim), token), cancellation);
        mail.NextAttemptAt = now + Claim;
        return mine == 1;
    }

    private async Task TrySendAsync(SmtpClient smtp, OutgoingMail mail, CancellationToken cancellation)
    {
        mail.Attempts++;
        try
        {
            if (await owed.MessageAsync(mail, cancellation) is { } message)
            {
                var settings = options.Value.Mail;
                if (!smtp.IsConnected) await smtp.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
                if (settings.UserName is { } user && !smtp.IsAuthenticated) await smtp.AuthenticateAsync(user, settings.Password ?? "", cancellation);
                await smtp.SendAsync(message, cancellation);
                mail.SentAt = clock.Now();
            }

            (mail.NextAttemptAt, mail.Failure, mail.Address) = (null, null, null);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested) // A server that does not answer ends in a cancellation too.
        {
            mail.Failure = failure.Message[..Math.Min(500, failure.Message.Length)];
            mail.NextAttemptAt = mail.Attempts < MostAttempts ? clock.Now() + Duration.FromMinutes(1 << Math.Min(mail.Attempts - 1, 8)) : null;
            if (mail.NextAttemptAt is null) mail.Address = null;
            log.LogWarning(failure, "Mail {Mail} failed at attempt {Attempt}; next at {Next}", mail.Id, mail.Attempts, mail.NextAttemptAt);
        }

        // One that was taken back meanwhile, as its reader was erased, stays so.
        await gate.WriteAsync((db, token) => db.Set<OutgoingMail>().Where(m => m.Id == mail.Id && m.NextAttemptAt != null).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Attempts, mail.Attempts).SetProperty(m => m.NextAttemptAt, mail.NextAttemptAt).SetProperty(m => m.SentAt, mail.SentAt)
            .SetProperty(m => m.Failure, mail.Failure).SetProperty(m => m.Address, mail.Address), token), CancellationToken.None);
    }
}
