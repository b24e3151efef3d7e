using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace SupportPortal.Application.Audit;

/// <summary>
/// One administrative act or sign-in. People are named by id, so that an erased person's name is not kept here either; the detail
/// holds what names nobody.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The most characters of <see cref="Detail"/>.</summary>
    public const int LongestDetail = 1000;

    public long Id { get; init; }

    public required Instant At { get; init; }

    public required AuditAct Act { get; init; }

    /// <summary>Who did it; null for the portal itself, its command line, and visitors.</summary>
    public string? ActorId { get; init; }

    /// <summary>The person it was done to.</summary>
    public string? PersonId { get; init; }

    /// <summary>The organisation it was done to.</summary>
    public int? OrganisationId { get; init; }

    /// <summary>What exactly, in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The network address it came from, where one is known.</summary>
    public string? Address { get; init; }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("AuditLog");
        entry.Property(e => e.Act).HasConversion<string>().HasMaxLength(40);
        entry.Property(e => e.Detail).HasMaxLength(AuditEntry.LongestDetail);
        entry.Property(e => e.Address).HasMaxLength(64);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.ActorId, e.Id });
        entry.HasIndex(e => new { e.PersonId, e.Id });
    }
}
