using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.People;
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
    private const int MostRemembered = 10_000;
    private static readonly Duration Freshness = Duration.FromMinutes(1);
    private static readonly string[] Demo = ["Customer portal", "Data warehouse", "Identity and sign-in", "Mail delivery", "Payments API", "Reporting"];

    // Under 0: all of them.
    private ConcurrentDictionary<int, Known> _known = [];

    /// <summary>The names, in alphabetical order; empty while nobody has entered any.</summary>
    /// <param name="organisationId">Only those that this organisation uses, unless none are named for it; all of them when left out.</param>
    /// <param name="cancellation">Cancels.</param>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(int? organisationId = null, CancellationToken cancellation = default)
    {
        var (now, id, known) = (clock.Now(), organisationId ?? 0, _known);
        if (known.TryGetValue(id, out var found) && now < found.Until) return found.Names;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var services = db.Set<CloudService>().OrderBy(s => s.Name);
        var theirs = db.Set<OrganisationService>().Where(used => used.OrganisationId == id).Select(used => used.ServiceId);
        var names = await services.Where(s => theirs.Contains(s.Id)).Select(s => s.Name).ToListAsync(cancellation);
        if (names.Count == 0) names = await services.Select(s => s.Name).ToListAsync(cancellation);
        if (known.Count >= MostRemembered) known.Clear();
        known[id] = new Known(names, now + Freshness);
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
        Forget();
    }

    /// <summary>Reads everything anew at the next question: something was changed here. Another one, so that what is being read now is not remembered.</summary>
    internal void Forget() => _known = [];

    private sealed record Known(IReadOnlyList<string> Names, Instant Until);
}
