using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Application.Reports;

/// <summary>A report that is made and mailed by itself, again and again.</summary>
public sealed class ReportSchedule
{
    public int Id { get; init; }

    /// <summary><see cref="ReportKind.Figures"/>, or <see cref="ReportKind.Organisation"/> for a customer.</summary>
    public required ReportKind Kind { get; init; }

    public required ReportFormat Format { get; init; }

    /// <summary>Of which organisation; null for all.</summary>
    public int? OrganisationId { get; init; }

    /// <summary>How long a period it is about.</summary>
    public required PeriodUnit Every { get; init; }

    /// <summary>At which hour of the first day after it.</summary>
    public required int Hour { get; init; }

    /// <summary>Where the days are.</summary>
    public required string Zone { get; init; }

    /// <summary>To whom it is mailed: addresses, a line each.</summary>
    public required string Recipients { get; set; }

    /// <summary>Whose it is: a manager, on whose rights it is made.</summary>
    public required string OwnerId { get; init; }

    /// <summary>When it is due next; null once it was stopped because its owner may not have it made any more.</summary>
    public Instant? NextAt { get; set; }

    /// <summary>Not before this: a server is making it, or it failed lately.</summary>
    public Instant? NotBefore { get; set; }

    /// <summary>Why the last one was not made.</summary>
    public string? Failure { get; set; }

    /// <summary>The addresses.</summary>
    public IReadOnlyList<string> Addresses => Recipients.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>When, and about what.</summary>
    public ReportRhythm Rhythm => new(Every, Hour, DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc);
}

/// <summary>A made report's bytes, as long as a mail owes them to somebody.</summary>
public sealed class MailedReport
{
    /// <summary>The report's number.</summary>
    public required long Id { get; init; }

    /// <summary>The file; empty where it is too large for a mail.</summary>
    public required byte[] Bytes { get; init; }
}

internal sealed class ReportScheduleTables : IEntityTypeConfiguration<ReportSchedule>, IEntityTypeConfiguration<MailedReport>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> schedule)
    {
        schedule.ToTable("ReportSchedules");
        schedule.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20);
        schedule.Property(s => s.Format).HasConversion<string>().HasMaxLength(8);
        schedule.Property(s => s.Every).HasConversion<string>().HasMaxLength(8);
        schedule.Property(s => s.Zone).HasMaxLength(100);
        schedule.Property(s => s.Recipients).HasMaxLength(10_000);
        schedule.Property(s => s.Failure).HasMaxLength(500);
        schedule.Ignore(s => s.Addresses);
        schedule.Ignore(s => s.Rhythm);
        schedule.HasIndex(s => s.NextAt);
    }

    public void Configure(EntityTypeBuilder<MailedReport> mailed)
    {
        mailed.ToTable("MailedReports");
        mailed.Property(m => m.Id).ValueGeneratedNever();
    }
}
