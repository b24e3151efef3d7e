using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>
/// Rule 10: after a calendar was edited, each open ticket with a clock that runs on it gets its event. Which those are the fold says, so
/// nothing is remembered but how far the catalogue was followed: whoever dies half-way, the next start or another server goes on.
/// </summary>
public sealed class CalendarEdits(
    OpenHistories open, TicketDesk desk, PolicyStore policies, IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock, ILogger<CalendarEdits> log) : BackgroundService
{
    /// <summary>How long after a publication a server may still start a clock on the version before: as long as it believes its catalogue, and room to finish an act.</summary>
    public static readonly Duration Settling = Duration.FromMinutes(1);

    private const int AtOnce = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Gives every open ticket the events that it lacks; answers how many tickets got some.</summary>
    /// <param name="changedSince">Only tickets that changed then or later; left out, all.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    public async Task<int> RedueAsync(Instant? changedSince = null, CancellationToken cancellation = default)
    {
        await policies.RefreshAsync(cancellation);
        var publishers = (await policies.CalendarVersionsAsync(cancellation: cancellation)).DistinctBy(version => version.Spec.Name).ToDictionary(version => version.Spec.Name, version => version.By);
        var changed = 0;
        await Parallel.ForEachAsync(EditedAsync(changedSince, cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (edited, stop) =>
        {
            foreach (var publisher in edited.Calendars.GroupBy(name => publishers.GetValueOrDefault(name)))
            {
                // In the name of whoever published it. Judged again on fresh state: somebody may have answered meanwhile.
                var by = publisher.Key is { } id ? new Actor(id, Role.Administrator) : Actor.System;
                var answer = await desk.ActAsync(by, edited.Id, (history, now) => Decision.Of(Edited(history.Happened, now).Intersect(publisher).Select(name => new CalendarChanged(name))), stop);
                if (answer is DeskAnswer.Done) Interlocked.Increment(ref changed);
            }
        });
        return changed;
    }

    /// <summary>Whether every open ticket has heard of the latest edit, and none can be started under an older version any more.</summary>
    public async Task<bool> IsFollowedAsync(CancellationToken cancellation = default)
    {
        var latest = policies.Catalogue.LastEdit;
        if (latest == 0) return true;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<Counter>().AnyAsync(c => c.Name == Counter.Calendars && c.Value >= latest, cancellation);
    }

    /// <summary>Follows what was published until nothing is left to do.</summary>
    public async Task FollowAsync(CancellationToken cancellation = default)
    {
        while (!await IsFollowedAsync(cancellation))
        {
            var latest = policies.Catalogue.LastEdit;
            var settled = (await policies.CalendarVersionsAsync(cancellation: cancellation)).First(version => version.Version <= latest).At + Settling;
            var isSettled = clock.Now() >= settled;
            var changed = await RedueAsync(cancellation: cancellation);
            while (policies.Catalogue.LastEdit == latest && settled - clock.Now() is var left && left > Duration.Zero) await WaitAsync(left.ToTimeSpan(), cancellation);
            if (policies.Catalogue.LastEdit != latest) continue; // Edited again: all are looked at once more.
            if (!isSettled) changed += await RedueAsync(settled - Settling - Settling, cancellation);
            log.LogInformation("Clocks of {Count} open tickets are due anew by the calendars of catalogue version {Version}", changed, latest);
            await KeepAsync(latest, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The start does not wait for it.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
                await WaitAsync(LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Clocks could not be made due anew after the edit of a calendar; trying again");
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Wall-clock pacing, not domain time.
            }
        }
    }

    /// <summary>Until something is published here, or another server's acts have made it known; after the longest wait the store is asked.</summary>
    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await policies.WaitForMoreAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await policies.RefreshAsync(cancellation);
        }
    }

    private IReadOnlyList<string> Edited(IEnumerable<TicketEvent> happened, Instant now) => SlaLedger.EditedCalendars(policies.Catalogue, happened, now);

    private async IAsyncEnumerable<(long Id, IReadOnlyList<string> Calendars)> EditedAsync(
        Instant? changedSince, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var history in open.ReadAsync(changedSince, cancellation: cancellation))
        {
            if (Edited(history.Events, Instant.Max(clock.Now(), history.Ticket.ChangedAt)) is { Count: > 0 } edited) yield return (history.Ticket.Id, edited);
        }
    }

    private Task KeepAsync(int version, CancellationToken cancellation) => gate.WriteAsync(async (db, stop) =>
    {
        var followed = db.Set<Counter>().Where(c => c.Name == Counter.Calendars);
        if (await followed.Where(c => c.Value < version).ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, version), stop) > 0 || await followed.AnyAsync(stop)) return;
        db.Add(new Counter { Name = Counter.Calendars, Value = version });
        await db.SaveChangesAsync(stop);
    }, cancellation);
}
