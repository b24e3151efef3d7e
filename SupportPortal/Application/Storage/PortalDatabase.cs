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
    public static async Task<bool> MigrateAsync(this IDbContextFactory<PortalDb> databases, CancellationToken cancellation = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var pending = await db.Database.GetPendingMigrationsAsync(cancellation);
            if (!pending.Any()) return false; // Migrating takes a lock that a killed process would leave behind on SQLite.
            await db.Database.MigrateAsync(cancellation);
            return true;
        }
        catch (Exception unusable) when (unusable is NpgsqlException or SqliteException)
        {
            throw new OptionsValidationException(PortalOptions.Section, typeof(PortalOptions),
                [$"Portal:Database:ConnectionString: the database cannot be used: {unusable.Message}"]);
        }
    }

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
