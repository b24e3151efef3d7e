using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SupportPortal.Application.Storage;

/// <summary>
/// One process at a time migrates. EF's own lock on SQLite is a row, which a killed process leaves behind for ever
/// (learn.microsoft.com/ef/core/providers/sqlite/limitations); this one the system takes back, and whoever holds it may
/// clear such a row away. On PostgreSQL, EF's ends with each migration's transaction, so that of two processes with two migrations
/// to make one finds the second made; this one ends with its connection.
/// </summary>
internal static class MigrationTurn
{
    private const int Patience = 1200; // A minute: then whatever holds it, or a full disk, is worth telling.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IAsyncDisposable?> TakeAsync(PortalDb db, CancellationToken cancellation)
    {
        if (db.Database.IsNpgsql()) return await LockAsync(db, cancellation);
        if (db.Database.GetDbConnection().DataSource is not { Length: > 0 } file) return null;
        var turn = await LockAsync(file + "-migrating", cancellation);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        return turn;
    }

    private static async Task<NpgsqlConnection?> LockAsync(PortalDb db, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        var turn = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await turn.OpenAsync(cancellation);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('SupportPortal migrations'))", turn) { CommandTimeout = 0 };
            await take.ExecuteNonQueryAsync(cancellation);
            return turn;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await turn.DisposeAsync();
            return null; // No such database yet: the first migration makes it.
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (tries < Patience && held is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }
}
