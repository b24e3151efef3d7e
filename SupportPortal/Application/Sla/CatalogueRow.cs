using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

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

    /// <summary>The id of who published it; null for what the portal came with.</summary>
    public string? PublishedBy { get; init; }

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
