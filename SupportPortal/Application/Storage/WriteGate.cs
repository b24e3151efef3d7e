using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace SupportPortal.Application.Storage;

/// <summary>
/// The one door for writes in this process. SQLite has one writer at a time: waiting here costs nothing and is fair, waiting
/// in the engine is a race of retries. PostgreSQL needs no turn and gets a plain transaction.
/// </summary>
public sealed class WriteGate(IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options) : IDisposable
{
    private readonly SemaphoreSlim? _turns = options.Value.Database.Provider is DatabaseProvider.Sqlite ? new(1, 1) : null;

    /// <summary>Does the work in one transaction and commits it; an exception rolls it back.</summary>
    public async Task<T> WriteAsync<T>(Func<PortalDb, CancellationToken, Task<T>> work, CancellationToken cancellation = default)
    {
        using var turn = await TakeTurnAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation); // BEGIN IMMEDIATE on SQLite.
        var answer = await work(db, cancellation);
        await transaction.CommitAsync(CancellationToken.None); // A commit given up half-way would leave its outcome unknown.
        return answer;
    }

    /// <summary>The same, where the work has no answer.</summary>
    public Task WriteAsync(Func<PortalDb, CancellationToken, Task> work, CancellationToken cancellation = default) =>
        WriteAsync(async (db, token) =>
        {
            await work(db, token);
            return true;
        }, cancellation);

    /// <summary>Holds the turn until disposed, for a writer that runs its own transactions. Nothing to wait for on PostgreSQL.</summary>
    internal async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellation)
    {
        if (_turns is not null) await _turns.WaitAsync(cancellation);
        return new Turn(_turns);
    }

    public void Dispose() => _turns?.Dispose();

    /// <summary>The right to write; give it back by disposing, once.</summary>
    internal readonly struct Turn(SemaphoreSlim? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }
}
