using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SupportPortal.Application.Storage;

/// <summary>Several queries that see one moment.</summary>
internal static class Snapshots
{
    /// <summary>Until it is disposed, all queries see one moment. On SQLite a deferred transaction does, and keeps no writer waiting.</summary>
    public static async Task<IDbContextTransaction> SnapshotAsync(this PortalDb db, CancellationToken cancellation)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection sqlite) return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await db.Database.OpenConnectionAsync(cancellation);
        return (await db.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true), cancellation))!;
    }
}
