using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Tests.Support;

/// <summary>Both databases, for <c>[MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]</c>.</summary>
public static class Databases
{
    public static TheoryData<DatabaseProvider> Both { get; } = [DatabaseProvider.Sqlite, DatabaseProvider.Postgres];
}

/// <summary>Passwords of people who live for one test need not withstand years of guessing.</summary>
internal static class QuickPasswords
{
    public static void HashPasswordsQuickly(this IServiceCollection services) =>
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 100);
}

/// <summary>
/// The floors below the pages on a new database of this version, with a clock that stands still until it is moved. What a
/// test adds to <c>services</c> is there too.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>A Monday, later than any real run: cookies made by this clock are not stale for a browser.</summary>
    public static readonly DateTimeOffset Monday = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MigrateSqliteAsync);

    private readonly IHost _host;
    private readonly DirectoryInfo _directory;
    private readonly bool _owns;

    private TestDatabase(IHost host, DirectoryInfo directory, bool owns, FakeTimeProvider clock, IReadOnlyDictionary<string, string?> settings) =>
        (_host, _directory, _owns, Clock, Settings) = (host, directory, owns, clock, settings);

    public FakeTimeProvider Clock { get; }

    /// <summary>The settings that open this database, for a second process on it.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    public IDbContextFactory<PortalDb> Factory => Get<IDbContextFactory<PortalDb>>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<TestDatabase> MakeAsync(DatabaseProvider provider, PrivatePostgres postgres, Action<IServiceCollection>? services = null)
    {
        var directory = Directory.CreateTempSubdirectory("portal-");
        if (provider is DatabaseProvider.Postgres) return Open(directory, On(directory, await postgres.MigratedDatabaseAsync()), services);
        File.Copy(await SqliteTemplate.Value, Path.Combine(directory.FullName, "portal.db"));
        return Open(directory, On(directory), services);
    }

    /// <summary>A database that has not been migrated.</summary>
    public static async Task<TestDatabase> MakeEmptyAsync(DatabaseProvider provider, PrivatePostgres postgres)
    {
        var directory = Directory.CreateTempSubdirectory("portal-");
        return Open(directory, On(directory, provider is DatabaseProvider.Postgres ? await postgres.EmptyDatabaseAsync() : null), null);
    }

    /// <summary>The same database as another process would open it: nothing shared but the data and the clock.</summary>
    public TestDatabase OpenAgain(Action<IServiceCollection>? services = null) =>
        Open(_directory, Settings, services, Clock);

    public async Task<PortalDb> OpenAsync() => await Factory.CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        if (!_owns) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await Task.Run(() => _directory.Delete(recursive: true));
    }

    private static Dictionary<string, string?> On(DirectoryInfo directory, string? postgres = null) => new()
    {
        ["Portal:DataDirectory"] = directory.FullName,
        ["Portal:Database:Provider"] = postgres is null ? nameof(DatabaseProvider.Sqlite) : nameof(DatabaseProvider.Postgres),
        ["Portal:Database:ConnectionString"] = postgres,
    };

    private static TestDatabase Open(
        DirectoryInfo directory, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services, FakeTimeProvider? sharedClock = null)
    {
        var clock = sharedClock ?? new FakeTimeProvider(Monday);
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPortalStorage();
        builder.Services.AddPeople();
        builder.Services.HashPasswordsQuickly();
        services?.Invoke(builder.Services);
        return new(builder.Build(), directory, owns: sharedClock is null, clock, settings);
    }

    private static async Task<string> MigrateSqliteAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"portal-template-{Guid.NewGuid():N}.db");
        await using var db = new SqlitePortalDb(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite($"Data Source={file};Pooling=False").Options);
        await db.Database.MigrateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }
}
