using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SupportPortal.Application.People;

namespace SupportPortal.Application.Storage;

/// <summary>Everything the portal keeps. Each feature describes its own tables beside its own code.</summary>
public abstract class PortalDb(DbContextOptions options) : IdentityUserContext<PortalUser>(options), IDataProtectionKeyContext
{
    // Identity reads its schema version from the application's services and falls back to version 1, without passkeys, when
    // there are none: at design time and in a test that makes a context by hand (dotnet/aspnetcore#65449).
    private static readonly IServiceProvider SchemaOnly = new ServiceCollection().AddIdentitySchema().BuildServiceProvider();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(SchemaOnly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcDateTimeOffsetConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
    }
}

/// <summary>The portal on SQLite. EF tells the two sets of migrations apart by the context's type.</summary>
public sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options) : PortalDb(options);

/// <summary>The portal on PostgreSQL.</summary>
public sealed class PostgresPortalDb(DbContextOptions<PostgresPortalDb> options) : PortalDb(options);
