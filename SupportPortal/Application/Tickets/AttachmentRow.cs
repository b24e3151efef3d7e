using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>A file that was uploaded. Until it is sent it belongs to its uploader's draft; then the ticket's event says what it is.</summary>
public sealed class AttachmentRow
{
    /// <summary>128 random bits, hexadecimal: also the file's name on disk.</summary>
    public required string Id { get; init; }

    /// <summary>Who uploaded it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The draft it was uploaded into.</summary>
    public required string DraftKey { get; init; }

    /// <summary>The ticket it became part of, written in the transaction of its event; null while it is not sent.</summary>
    public long? TicketId { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of its bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required Instant UploadedAt { get; init; }

    /// <summary>The fact that makes it part of a ticket.</summary>
    public AttachmentAdded ToFact(bool isInternal = false) => new(Id, TicketDesk.Seal(FileName), ContentType, Bytes, Sha256, isInternal);
}

internal sealed class AttachmentTable : IEntityTypeConfiguration<AttachmentRow>
{
    public void Configure(EntityTypeBuilder<AttachmentRow> attachment)
    {
        attachment.ToTable("Attachments");
        attachment.Property(a => a.Id).HasMaxLength(32);
        attachment.Property(a => a.DraftKey).HasMaxLength(DraftRow.KeyLength);
        attachment.Property(a => a.FileName).HasMaxLength(AttachmentName.Longest);
        attachment.Property(a => a.Sha256).HasMaxLength(64);
        attachment.HasIndex(a => new { a.OwnerId, a.DraftKey }).HasFilter("\"TicketId\" IS NULL");
        attachment.HasIndex(a => a.UploadedAt).HasFilter("\"TicketId\" IS NULL");
    }
}
