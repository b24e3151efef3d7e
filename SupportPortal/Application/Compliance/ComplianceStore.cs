using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>
/// Keeps the roll-up of all clocks in step with the store. Whoever reads it first has what was written since read in: a figure is never older
/// than the question. What is written while nobody asks is read in every few seconds, so that the next question waits for little.
/// </summary>
public sealed class ComplianceStore(
    IDbContextFactory<PortalDb> databases, ProjectionUpgrade upgrade, PolicyStore policies, OpenTickets tickets, StorePulse pulse, TimeProvider clock, ILogger<ComplianceStore> log) : BackgroundService
{
    private const int Batch = 10_000;
    private const int AtOnce = 500;

    // Wall-clock pacing, not domain time.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly ComplianceFacts _facts = new();
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly EventTail _tail = new(clock);
    private readonly HashSet<long> _changed = [];
    private bool _isLoaded;
    private bool _isDisposed;

    /// <summary>Whether every clock is in memory; a question that comes before waits for it.</summary>
    public bool IsLoaded => Volatile.Read(ref _isLoaded);

    /// <summary>Reads the roll-up as the store has it now.</summary>
    /// <param name="read">Reads, judging at the instant given; keeps nothing of it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal async Task<T> ReadAsync<T>(Func<ComplianceFacts, Instant, T> read, CancellationToken cancellation)
    {
        await upgrade.Done.WaitAsync(cancellation);
        var now = clock.Now(); // Before the catching up: what is judged to be late then was not answered meanwhile.
        await CatchUpAsync().WaitAsync(cancellation); // Others wait for it too: whoever gives up does not end it.
        _lock.EnterReadLock();
        try
        {
            return read(_facts, now);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The same of one very moment: nothing is read in while it reads, so that it knows up to which event it counts.</summary>
    internal async Task<T> ReadAtOnceAsync<T>(Func<ComplianceFacts, Instant, T> read, CancellationToken cancellation)
    {
        await upgrade.Done.WaitAsync(cancellation);
        var now = clock.Now();
        return await CatchUpAsync(() =>
        {
            _lock.EnterReadLock();
            try
            {
                return read(_facts, now);
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }).WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_isDisposed) return; // The container knows it as itself and as a hosted service.
        _isDisposed = true;
        _closing.Cancel();
        base.Dispose();
        _turn.Wait(AfterFailure); // What was under way ends at once now.
        _lock.Dispose();
        _turn.Dispose();
        _closing.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var feed = new ChangeFeed();
        feed.AskToLook();
        using var beat = pulse.Wake(feed);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(tickets.Loaded, upgrade.Done).WaitAsync(stoppingToken); // The board comes first.
                await feed.WaitAsync(stoppingToken);
                feed.Take();
                await CatchUpAsync().WaitAsync(stoppingToken);
                await Task.Delay(BetweenLooks, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The figures of compliance could not be brought up to date; trying again");
                feed.AskToLook();
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task<bool> CatchUpAsync() => CatchUpAsync(() => true);

    /// <summary>Reads in what was written, and then does something before anything more is.</summary>
    private async Task<T> CatchUpAsync<T>(Func<T> then)
    {
        var cancellation = _closing.Token;
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (!IsLoaded)
            {
                await _tail.BeginAsync(db, cancellation); // Before the rows: what is written while they are read is read again.
                await LoadAsync(db, cancellation);
                Volatile.Write(ref _isLoaded, true);
            }

            await using var snapshot = await db.SnapshotAsync(cancellation); // A row and its clocks say the same.
            // Forgotten only when they are read: after a failure the tail has moved on, and would not find them again.
            _changed.UnionWith((await _tail.ReadAsync(db, cancellation)).Where(written => written.Version > _facts.VersionOf(written.TicketId)).Select(written => written.TicketId));
            foreach (var some in _changed.Chunk(AtOnce))
            {
                await PutAsync(await FactRows.ReadAsync(db, some, cancellation), cancellation);
                _changed.ExceptWith(some);
            }

            (_facts.UpTo, _facts.Missing) = (_tail.Last, _tail.Missing); // Read in this turn only.
            return then();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads everything, a batch for each processor at once.</summary>
    private async Task LoadAsync(PortalDb db, CancellationToken cancellation)
    {
        var last = await db.Set<TicketRow>().MaxAsync(t => (long?)t.Id, cancellation) ?? 0;
        var batches = Enumerable.Range(0, (int)Math.Max(0, (last - TicketNumber.First + Batch) / Batch)).Select(batch => TicketNumber.First + ((long)batch * Batch));
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, async (from, stop) =>
        {
            await using var own = await databases.CreateDbContextAsync(stop);
            await PutAsync(await FactRows.ReadAsync(own, from, from + Batch - 1, stop), stop);
        });
    }

    private async Task PutAsync(FactRows rows, CancellationToken cancellation)
    {
        await policies.KnowAsync(rows.Catalogue, cancellation); // Another process may have published since.
        _lock.EnterWriteLock();
        try
        {
            rows.PutInto(_facts);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
