using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reports;

/// <summary>
/// Makes the reports that are due and has them mailed. A server claims a schedule before it makes its report; the mails and the schedule's next instant are written in one
/// transaction. None is left out, none is mailed twice. What fell due while no server ran is made after the start, one period after the other.
/// </summary>
public sealed class ReportPost(
    ReportDesk desk, MailOutbox outbox, WriteGate gate, IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options, TimeProvider clock, ILogger<ReportPost> log) : BackgroundService
{
    /// <summary>A larger file is not mailed: its readers are told to have it made on the portal.</summary>
    public const int MostBytes = 15 * 1024 * 1024;

    private static readonly Duration Claim = Duration.FromMinutes(30);
    private static readonly Duration AfterFailure = Duration.FromHours(1);

    // Wall-clock pacing: a report is due at a full hour, and a minute is early enough.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Mail.IsOn) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendDueAsync(stoppingToken) > 0) { }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(failure, "The scheduled reports could not be looked at; trying again");
            }

            await Task.Delay(BetweenLooks, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes what is due now, of each schedule one; answers how many were made.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        List<ReportSchedule> due;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            due = await db.Set<ReportSchedule>().AsNoTracking().Where(s => s.NextAt != null && s.NextAt <= now && (s.NotBefore == null || s.NotBefore <= now)).OrderBy(s => s.NextAt).ToListAsync(cancellation);
            if (await Sent(db).AnyAsync(cancellation)) await gate.WriteAsync((own, stop) => Sent(own).ExecuteDeleteAsync(stop), cancellation);
        }

        var made = 0;
        foreach (var schedule in due)
        {
            try
            {
                if (!await ClaimAsync(schedule, now + Claim, cancellation)) continue;
                await SendAsync(schedule, cancellation);
                made++;
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.LogError(failure, "The scheduled report {Schedule} could not be made; trying again in an hour", schedule.Id);
                await gate.WriteAsync((db, stop) => db.Set<ReportSchedule>().Where(s => s.Id == schedule.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.Failure, Cut(failure.Message)).SetProperty(s => s.NotBefore, clock.Now() + AfterFailure), stop), CancellationToken.None);
            }
        }

        if (made > 0) outbox.Wake();
        return made;
    }

    private async Task SendAsync(ReportSchedule schedule, CancellationToken cancellation)
    {
        var at = schedule.NextAt!.Value;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == schedule.OwnerId, cancellation);
        if (owner is not { DeactivatedAt: null, ErasedAt: null } || !owner.ToActor().MayManage())
        {
            await gate.WriteAsync((own, stop) => own.Set<ReportSchedule>().Where(s => s.Id == schedule.Id && s.NextAt == at).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.NextAt, (Instant?)null).SetProperty(s => s.Failure, "Whoever scheduled it is no manager any more."), stop), cancellation);
            return;
        }

        var scope = new ReportScope(schedule.Kind, new ComplianceFilter { Period = schedule.Rhythm.Before(at), OrganisationId = schedule.OrganisationId });
        var (file, refused) = await desk.MakeAsync(owner.ToActor(), scope, schedule.Format, isScheduled: true, cancellation);
        if (file is null && schedule.Format == ReportFormat.Pdf) (file, refused) = await desk.MakeAsync(owner.ToActor(), scope, ReportFormat.Xlsx, isScheduled: true, cancellation); // Too long for pages.
        if (file is null) throw new InvalidOperationException(refused!.Message);

        await using var written = TemporaryFile.Make();
        await file.WriteAsync(written, cancellation);
        var bytes = written.Length > MostBytes ? [] : new byte[written.Length];
        written.Position = 0;
        await written.ReadExactlyAsync(bytes, cancellation);
        await gate.WriteAsync(async (own, stop) =>
        {
            var next = schedule.Rhythm.Next(at); // One period after the other, though several have gone by.
            var mine = await own.Set<ReportSchedule>().Where(s => s.Id == schedule.Id && s.NextAt == at).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.NextAt, next).SetProperty(s => s.NotBefore, (Instant?)null).SetProperty(s => s.Failure, (string?)null), stop);
            if (mine == 0) return; // Removed meanwhile.
            own.Add(new MailedReport { Id = file.Number, Bytes = bytes });
            foreach (var address in schedule.Addresses) own.Add(new OutgoingMail { ReportId = file.Number, Address = address, CreatedAt = clock.Now(), NextAttemptAt = clock.Now() });
            await own.SaveChangesAsync(stop);
        }, cancellation);
    }

    /// <summary>Whether it is this server's to make.</summary>
    private async Task<bool> ClaimAsync(ReportSchedule schedule, Instant until, CancellationToken cancellation) => await gate.WriteAsync((db, stop) => db.Set<ReportSchedule>()
        .Where(s => s.Id == schedule.Id && s.NextAt == schedule.NextAt && s.NotBefore == schedule.NotBefore).ExecuteUpdateAsync(set => set.SetProperty(s => s.NotBefore, until), stop), cancellation) == 1;

    /// <summary>Bytes that no mail owes any more.</summary>
    private static IQueryable<MailedReport> Sent(PortalDb db) => db.Set<MailedReport>().Where(r => !db.Set<OutgoingMail>().Any(m => m.ReportId == r.Id && m.NextAttemptAt != null));

    private static string? Cut(string? text) => text?[..Math.Min(500, text.Length)];
}
