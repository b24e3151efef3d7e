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
/// Makes the reports that are due and has them mailed. A report, its mails and the schedule's next instant are written in one transaction, which only one server's can be: none
/// is left out, none is mailed twice. One that fell due while no server ran is made after the start, about the period that it was due for.
/// </summary>
public sealed class ReportPost(
    ReportDesk desk, MailOutbox outbox, WriteGate gate, IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options, TimeProvider clock, ILogger<ReportPost> log) : BackgroundService
{
    /// <summary>A larger file is not mailed: its readers are told to have it made on the portal.</summary>
    public const int MostBytes = 15 * 1024 * 1024;

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
            due = await db.Set<ReportSchedule>().AsNoTracking().Where(s => s.NextAt != null && s.NextAt <= now).OrderBy(s => s.NextAt).ToListAsync(cancellation);
            if (await Sent(db).AnyAsync(cancellation)) await gate.WriteAsync((own, stop) => Sent(own).ExecuteDeleteAsync(stop), cancellation);
        }

        var made = 0;
        foreach (var schedule in due)
        {
            try
            {
                await SendAsync(schedule, cancellation);
                made++;
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.LogError(failure, "The scheduled report {Schedule} could not be made; trying again", schedule.Id);
                await NoteAsync(schedule, failure.Message, cancellation);
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
        var (file, refused) = await desk.MakeAsync(owner.ToActor(), scope, schedule.Format, cancellation);
        if (file is null)
        {
            await PassAsync(schedule, at, refused!.Message, _ => { }, cancellation);
            return;
        }

        using var bytes = new MemoryStream();
        await file.WriteAsync(bytes, cancellation);
        await PassAsync(schedule, at, null, own =>
        {
            if (bytes.Length <= MostBytes) own.Add(new MailedReport { Id = file.Number, Bytes = bytes.ToArray() });
            foreach (var address in schedule.Addresses) own.Add(new OutgoingMail { ReportId = file.Number, Address = address, CreatedAt = clock.Now(), NextAttemptAt = clock.Now() });
        }, cancellation);
    }

    /// <summary>Moves a schedule on, with what it brings; another server may have been first.</summary>
    private Task PassAsync(ReportSchedule schedule, Instant at, string? failure, Action<PortalDb> add, CancellationToken cancellation) => gate.WriteAsync(async (db, stop) =>
    {
        var next = schedule.Rhythm.Next(at); // One period after the other, though several have gone by.
        var mine = await db.Set<ReportSchedule>().Where(s => s.Id == schedule.Id && s.NextAt == at).ExecuteUpdateAsync(set => set.SetProperty(s => s.NextAt, next).SetProperty(s => s.Failure, Cut(failure)), stop);
        if (mine == 0) return;
        add(db);
        await db.SaveChangesAsync(stop);
    }, cancellation);

    private Task<int> NoteAsync(ReportSchedule schedule, string failure, CancellationToken cancellation) =>
        gate.WriteAsync((db, stop) => db.Set<ReportSchedule>().Where(s => s.Id == schedule.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Failure, Cut(failure)), stop), cancellation);

    /// <summary>Bytes that no mail owes any more.</summary>
    private static IQueryable<MailedReport> Sent(PortalDb db) => db.Set<MailedReport>().Where(r => !db.Set<OutgoingMail>().Any(m => m.ReportId == r.Id && m.NextAttemptAt != null));

    private static string? Cut(string? text) => text?[..Math.Min(500, text.Length)];
}
