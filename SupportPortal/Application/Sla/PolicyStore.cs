using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A policy or calendar version as it was published: the catalogue is these rows in order.</summary>
public sealed class CatalogueRow
{
    /// <summary>The catalogue version that it made.</summary>
    public required int Version { get; init; }

    /// <summary><see cref="Policy"/> or <see cref="Calendar"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON, as the API spells it.</summary>
    public required string Data { get; init; }

    public required Instant PublishedAt { get; init; }

    public const string Policy = "policy";

    public const string Calendar = "calendar";
}

internal sealed class CatalogueTable : IEntityTypeConfiguration<CatalogueRow>
{
    public void Configure(EntityTypeBuilder<CatalogueRow> entry)
    {
        entry.ToTable("Catalogue");
        entry.HasKey(e => e.Version);
        entry.Property(e => e.Version).ValueGeneratedNever();
    }
}

/// <summary>The catalogue of policies and calendars, held in memory and read from the database at the start.</summary>
public sealed class PolicyStore(IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock)
{
    private SlaCatalogue? _catalogue;

    /// <summary>Every version there is.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded: the portal did not start.</exception>
    public SlaCatalogue Catalogue => _catalogue ?? throw new InvalidOperationException("The catalogue of policies was not loaded.");

    /// <summary>The standard policy in force now.</summary>
    public SlaPolicy Current => Catalogue.InForce(SlaPolicy.StandardPlan, clock.Now());

    /// <summary>Reads the catalogue; the first time ever it publishes the support commitment and its calendar.</summary>
    public async Task LoadAsync(CancellationToken cancellation = default)
    {
        var rows = await ReadAsync(cancellation);
        if (rows.Count == 0)
        {
            var now = clock.Now();
            await gate.WriteAsync(async (db, token) =>
            {
                if (await db.Set<CatalogueRow>().AnyAsync(token)) return;
                db.Add(new CatalogueRow { Version = 1, Kind = CatalogueRow.Calendar, PublishedAt = now, Data = JsonSerializer.Serialize(BusinessCalendar.BusinessDefault, SlaJson.Options) });
                db.Add(new CatalogueRow { Version = 2, Kind = CatalogueRow.Policy, PublishedAt = now, Data = JsonSerializer.Serialize(SlaPolicy.Commitment, SlaJson.Options) });
                await db.SaveChangesAsync(token);
            }, cancellation);
            rows = await ReadAsync(cancellation);
        }

        _catalogue = rows.Aggregate(SlaCatalogue.Empty, (catalogue, row) => row.Kind == CatalogueRow.Policy
            ? catalogue.With(JsonSerializer.Deserialize<SlaPolicy>(row.Data, SlaJson.Options)!)
            : catalogue.With(Calendar(row)));
    }

    private async Task<List<CatalogueRow>> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<CatalogueRow>().AsNoTracking().OrderBy(e => e.Version).ToListAsync(cancellation);
    }

    private static BusinessCalendar Calendar(CatalogueRow row)
    {
        var (calendar, refusals) = BusinessCalendar.Create(JsonSerializer.Deserialize<CalendarSpec>(row.Data, SlaJson.Options)!);
        return calendar ?? throw new InvalidOperationException($"Catalogue version {row.Version} is damaged: {string.Join(" ", refusals.Select(r => r.Message))}");
    }
}
