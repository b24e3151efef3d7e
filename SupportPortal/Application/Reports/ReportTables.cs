using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace SupportPortal.Application.Reports;

/// <summary>A report that was made, as the register has it: what a file that calls itself this report is held against.</summary>
public sealed class MadeReport
{
    /// <summary>Its number.</summary>
    public long Id { get; init; }

    public required ReportKind Kind { get; init; }

    public required ReportFormat Format { get; init; }

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <summary>The instant at which it judged what was overdue.</summary>
    public required Instant At { get; init; }

    /// <summary>Who had it made; null for a schedule.</summary>
    public string? ById { get; init; }

    /// <summary>How many tickets it counts.</summary>
    public required int Tickets { get; init; }

    /// <summary>The digest of its content, lower-case hexadecimal; null while it was not written to its end.</summary>
    public string? Digest { get; set; }
}

internal sealed class ReportTables : IEntityTypeConfiguration<MadeReport>
{
    public void Configure(EntityTypeBuilder<MadeReport> report)
    {
        report.ToTable("Reports");
        report.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
        report.Property(r => r.Format).HasConversion<string>().HasMaxLength(8);
        report.Property(r => r.Title).HasMaxLength(300);
        report.Property(r => r.Subtitle).HasMaxLength(1000);
        report.Property(r => r.Digest).HasMaxLength(64);
    }
}
