using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SupportPortal.Application.Storage;

/// <summary>
/// Sets every SQLite connection up once. Connections are pooled, so the engine's handle, which stays the same, remembers.
/// Without <c>busy_timeout</c> the driver sleeps 150 ms whenever another process writes; the engine's own wait starts at 1 ms.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Setup = """
        PRAGMA busy_timeout = 10000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -8192;
        PRAGMA journal_size_limit = 67108864;
        """;

    private static readonly object Done = new();
    private readonly ConditionalWeakTable<object, object> _ready = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp(connection);
        return Task.CompletedTask;
    }

    private void SetUp(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || _ready.TryGetValue(handle, out _)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Setup;
        command.ExecuteNonQuery();
        _ready.TryAdd(handle, Done);
    }
}
