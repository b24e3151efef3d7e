using Microsoft.EntityFrameworkCore;

namespace SupportPortal.Application.Storage;

/// <summary>
/// One process at a time migrates an SQLite file. EF's own lock there is a row, which a killed process leaves behind for ever
/// (learn.microsoft.com/ef/core/providers/sqlite/limitations); this one the system takes back, and whoever holds it may
/// clear such a row away. PostgreSQL's lock ends with its connection.
/// </summary>
internal static class MigrationTurn
{
    private const int Patience = 1200; // A minute: then whatever holds it, or a full disk, is worth telling.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IAsyncDisposable?> TakeAsync(PortalDb db, CancellationToken cancellation)
    {
        if (!db.Database.IsSqlite() || db.Database.GetDbConnection().DataSource is not { Length: > 0 } file) return null;
        var turn = await LockAsync(file + "-migrating", cancellation);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        return turn;
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
