using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.Tickets;

/// <summary>At every start, removes files that were uploaded more than a day ago, never sent, and belong to no draft any more.</summary>
public sealed class AttachmentSweep(IDbContextFactory<PortalDb> databases, WriteGate gate, AttachmentFiles files, TimeProvider clock, ILogger<AttachmentSweep> log)
    : BackgroundService
{
    private static readonly Duration Patience = Duration.FromDays(1);

    /// <summary>Removes the orphans; answers how many there were.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var before = clock.Now() - Patience;
        List<string> orphans;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            var drafts = db.Set<DraftRow>();
            orphans = await db.Set<AttachmentRow>()
                .Where(a => a.TicketId == null && a.UploadedAt < before && !drafts.Any(d => d.OwnerId == a.OwnerId && d.Key == a.DraftKey))
                .Select(a => a.Id).ToListAsync(cancellation);
        }

        foreach (var some in orphans.Chunk(500))
        {
            await gate.WriteAsync((db, stop) => db.Set<AttachmentRow>().Where(a => some.Contains(a.Id) && a.TicketId == null).ExecuteDeleteAsync(stop), cancellation);
            foreach (var id in some) files.Delete(id);
        }

        return orphans.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The start does not wait for it.
        try
        {
            var removed = await SweepAsync(stoppingToken);
            if (removed > 0) log.LogInformation("Removed {Count} uploaded files that were never sent", removed);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // The next start sweeps again; left alone, a file that cannot be deleted would stop the portal.
            log.LogError(failure, "Uploaded files that were never sent could not be removed");
        }
    }
}
