using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.CloudServices;

/// <summary>A service that customers use and can have trouble with.</summary>
public sealed class CloudService
{
    public int Id { get; init; }

    public required string Name { get; set; }
}

internal sealed class CloudServiceTable : IEntityTypeConfiguration<CloudService>
{
    public void Configure(EntityTypeBuilder<CloudService> service)
    {
        service.ToTable("CloudServices");
        service.Property(s => s.Name).HasMaxLength(100);
        service.HasIndex(s => s.Name).IsUnique();
    }
}

/// <summary>The names a customer can choose from when reporting, remembered for a minute: every submission page asks.</summary>
public sealed class AffectedServices(IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock)
{
    private static readonly Duration Freshness = Duration.FromMinutes(1);
    private static readonly string[] Demo = ["Customer portal", "Data warehouse", "Identity and sign-in", "Mail delivery", "Payments API", "Reporting"];

    private Known? _known;

    /// <summary>The names, in alphabetical order; empty while nobody has entered any.</summary>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        if (_known is { } known && now < known.Until) return known.Names;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var names = await db.Set<CloudService>().OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellation);
        _known = new Known(names, now + Freshness);
        return names;
    }

    /// <summary>Gives a portal that is only tried out some services.</summary>
    public async Task AddDemoAsync(CancellationToken cancellation = default)
    {
        await gate.WriteAsync(async (db, stop) =>
        {
            if (await db.Set<CloudService>().AnyAsync(stop)) return;
            db.AddRange(Demo.Select(name => new CloudService { Name = name }));
            await db.SaveChangesAsync(stop);
        }, cancellation);
        _known = null;
    }

    private sealed record Known(IReadOnlyList<string> Names, Instant Until);
}
