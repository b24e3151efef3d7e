using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportPortal.Application.Storage;

[assembly: AssemblyFixture(typeof(SupportPortal.Tests.Support.PrivatePostgres))]

namespace SupportPortal.Tests.Support;

/// <summary>A throw-away PostgreSQL on a free loopback port, started at first use, for the whole test run.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pg-" + Guid.NewGuid().ToString("N"));
    private string? _programs;
    private string? _admin;
    private string? _migrated;
    private int _databases;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new empty database's connection string; skips the test where PostgreSQL is not installed.</summary>
    public Task<string> EmptyDatabaseAsync() => InTurnAsync(() => CreateAsync("template0"));

    /// <summary>A new database at this version: a copy, which is quicker than migrating each time.</summary>
    public Task<string> MigratedDatabaseAsync() => InTurnAsync(async () =>
    {
        _migrated ??= await MigrateTemplateAsync();
        return await CreateAsync(_migrated);
    });

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await AsServerUser("pg_ctl", "stop", "-s", "-m", "immediate", "-D", $"{_folder}/data");
        }

        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        _gate.Dispose();
    }

    private async Task<string> InTurnAsync(Func<Task<string>> make)
    {
        await _gate.WaitAsync();
        try
        {
            _admin ??= await StartAsync();
            return await make();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> CreateAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{++_databases}");
        await using var source = NpgsqlDataSource.Create(_admin!);
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_admin) { Database = name, Pooling = true, MaxPoolSize = 20 }.ConnectionString;
    }

    private async Task<string> MigrateTemplateAsync()
    {
        // Unpooled: a template with an open connection cannot be copied.
        var connection = new NpgsqlConnectionStringBuilder(await CreateAsync("template0")) { Pooling = false };
        await using var db = new PostgresPortalDb(new DbContextOptionsBuilder<PostgresPortalDb>().UseNpgsql(connection.ConnectionString).Options);
        await db.Database.MigrateAsync();
        return connection.Database!;
    }

    private async Task<string> StartAsync()
    {
        var folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")).ToArray()
            : [];
        if (Programs.Find("initdb", folders) is not { } initdb)
        {
            Programs.Missing("PostgreSQL is not installed");
            throw new InvalidOperationException();
        }

        _programs = Path.GetDirectoryName(initdb)!;
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess) await Programs.RunAsync("chown", "postgres", _folder);

        var port = Programs.FreePort().ToString(CultureInfo.InvariantCulture);
        await AsServerUser("initdb", "-D", $"{_folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await AsServerUser("pg_ctl", "start", "-w", "-s", "-D", $"{_folder}/data", "-l", $"{_folder}/log", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -k {_folder} -c fsync=off -c max_connections=300");
        return $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false";
    }

    // PostgreSQL refuses to run as root.
    private Task AsServerUser(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs!, program);
        return Environment.IsPrivilegedProcess
            ? Programs.RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Programs.RunAsync(path, arguments);
    }
}
