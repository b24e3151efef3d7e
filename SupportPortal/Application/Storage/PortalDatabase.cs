using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SupportPortal.Application.Storage;

/// <summary>Which database the portal runs on, and how it is opened.</summary>
public static class PortalDatabase
{
    /// <summary>Settings, <see cref="IDbContextFactory{PortalDb}"/> for the provider they name, the write gate and the keys of cookies.</summary>
    public static IServiceCollection AddPortalStorage(this IServiceCollection services)
    {
        services.AddSingleton<PortalOptionsCheck>();
        services.AddSingleton<IConfigureOptions<PortalOptions>>(all => all.GetRequiredService<PortalOptionsCheck>());
        services.AddSingleton<IValidateOptions<PortalOptions>>(all => all.GetRequiredService<PortalOptionsCheck>());
        services.AddOptions<PortalOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        services.AddIdentitySchema();
        services.AddPooledDbContextFactory<SqlitePortalDb>((all, db) => db.UseSqlite(Settings(all)));
        services.AddPooledDbContextFactory<PostgresPortalDb>((all, db) => db.UseNpgsql(Settings(all).Database.ConnectionString));
        services.AddSingleton<IDbContextFactory<PortalDb>>(all => Settings(all).Database.Provider switch
        {
            DatabaseProvider.Postgres => new Adapter<PostgresPortalDb>(all.GetRequiredService<IDbContextFactory<PostgresPortalDb>>()),
            _ => new Adapter<SqlitePortalDb>(all.GetRequiredService<IDbContextFactory<SqlitePortalDb>>()),
        });
        services.AddScoped(all => all.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext()); // Identity's stores want one.
        services.AddSingleton<WriteGate>();

        // In the database, so that a second server or a restored backup reads the same cookies.
        services.AddDataProtection().SetApplicationName("SupportPortal").PersistKeysToDbContext<PortalDb>();
        return services;
    }

    /// <summary>Every container that makes a <see cref="PortalDb"/> needs this, or Identity's tables lack passkeys.</summary>
    public static IServiceCollection AddIdentitySchema(this IServiceCollection services) =>
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    /// <summary>Opens the file that the settings name, with its connections set up as the portal needs them.</summary>
    public static DbContextOptionsBuilder UseSqlite(this DbContextOptionsBuilder db, PortalOptions options) =>
        db.UseSqlite(SqliteConnectionString(options)).AddInterceptors(Pragmas);

    /// <summary>Brings the database to this version; says whether there was anything to do.</summary>
    public static Task<bool> MigrateAsync(this IDbContextFactory<PortalDb> databases, CancellationToken cancellation = default) =>
        OpenAsync(databases, async db =>
        {
            if (!(await db.Database.GetPendingMigrationsAsync(cancellation)).Any()) return false;
            await using var turn = await MigrationTurn.TakeAsync(db, cancellation);
            if (!(await db.Database.GetPendingMigrationsAsync(cancellation)).Any()) return false; // Another process was quicker.
            await db.Database.MigrateAsync(cancellation);
            return true;
        }, cancellation);

    /// <summary>Refuses a database that is not at this version.</summary>
    public static Task RequireMigratedAsync(this IDbContextFactory<PortalDb> databases, CancellationToken cancellation = default) =>
        OpenAsync(databases, async db => (await db.Database.GetPendingMigrationsAsync(cancellation)).Any()
            ? throw Unusable("MigrateOnStart", "it is off, and the database is older than this version: run the verb migrate first.")
            : true, cancellation);

    private static async Task<bool> OpenAsync(IDbContextFactory<PortalDb> databases, Func<PortalDb, Task<bool>> act, CancellationToken cancellation)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            return await act(db);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            throw Unusable("ConnectionString", $"the database cannot be used: {failure.Message}");
        }
    }

    // No server, no right to enter, no such file, not a database: the setting's fault. Everything else is a bug and stays one.
    private static bool IsUnreachable(Exception failure) => failure switch
    {
        PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] or "42501" } => true,
        PostgresException => false,
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: 8 or 14 or 26 } or DirectoryNotFoundException => true,
        _ => false,
    };

    private static OptionsValidationException Unusable(string key, string problem) =>
        new(PortalOptions.Section, typeof(PortalOptions), [$"Portal:Database:{key}: {problem}"]);

    internal static string? ConnectionStringProblem(DatabaseOptions database)
    {
        try
        {
            _ = database.Provider is DatabaseProvider.Postgres
                ? new NpgsqlConnectionStringBuilder(database.ConnectionString).ConnectionString
                : new SqliteConnectionStringBuilder(database.ConnectionString).ConnectionString;
            return null;
        }
        catch (ArgumentException malformed)
        {
            return malformed.Message.ReplaceLineEndings(" ");
        }
    }

    private static readonly SqlitePragmas Pragmas = new();

    private static PortalOptions Settings(IServiceProvider all) => all.GetRequiredService<IOptions<PortalOptions>>().Value;

    private static string SqliteConnectionString(PortalOptions options)
    {
        var wanted = new SqliteConnectionStringBuilder(options.Database.ConnectionString);
        if (wanted.DataSource.Length == 0) wanted.DataSource = options.InDataDirectory("portal.db");
        return wanted.ConnectionString;
    }

    // IDbContextFactory is not covariant.
    private sealed class Adapter<T>(IDbContextFactory<T> inner) : IDbContextFactory<PortalDb> where T : PortalDb
    {
        public PortalDb CreateDbContext() => inner.CreateDbContext();

        public async Task<PortalDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
