using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace SupportPortal.Application.Sla;

/// <summary>A policy that somebody writes and nobody is promised yet: one a plan.</summary>
public sealed class PolicyDraftRow
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>JSON, as the catalogue has it.</summary>
    public required string Data { get; set; }

    /// <summary>The version on which it was founded; 0 for a plan's first.</summary>
    public required int Seen { get; set; }

    /// <summary>Grows with each saving: whoever saves over another's words is told.</summary>
    public required int Revision { get; set; }

    public required Instant SavedAt { get; set; }

    /// <summary>The id of who saved it last.</summary>
    public required string SavedBy { get; set; }
}

internal sealed class PolicyDraftTable : IEntityTypeConfiguration<PolicyDraftRow>
{
    public void Configure(EntityTypeBuilder<PolicyDraftRow> draft)
    {
        draft.ToTable("PolicyDrafts");
        draft.HasKey(d => d.Plan);
        draft.Property(d => d.Plan).HasMaxLength(100);
        draft.Property(d => d.Revision).IsConcurrencyToken();
    }
}
