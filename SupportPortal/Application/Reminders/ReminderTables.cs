using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportPortal.Application.People;

namespace SupportPortal.Application.Reminders;

internal sealed class ReminderTables : IEntityTypeConfiguration<Reminder>, IEntityTypeConfiguration<ReminderMark>, IEntityTypeConfiguration<ReminderReader>
{
    public void Configure(EntityTypeBuilder<Reminder> reminder)
    {
        reminder.ToTable("Reminders");
        reminder.Property(r => r.Id).ValueGeneratedNever();
        reminder.HasIndex(r => new { r.TicketId, r.Ordinal, r.At, r.Step }).IsUnique(); // What makes raising the same alarm twice impossible.
        reminder.HasIndex(r => r.HandOverTo).HasFilter("\"HandOverTo\" IS NOT NULL");
        reminder.HasIndex(r => r.RevivedAt).HasFilter("\"RevivedAt\" IS NOT NULL");
        reminder.HasIndex(r => r.Id, "IX_Reminders_Live").HasFilter("\"EndedAt\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<ReminderMark> mark)
    {
        mark.ToTable("ReminderMarks");
        mark.HasKey(m => new { m.ReminderId, m.PersonId });
        mark.HasIndex(m => m.SnoozedUntil).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        mark.HasIndex(m => m.ChangedAt);
        mark.HasOne<Reminder>().WithMany().HasForeignKey(m => m.ReminderId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ReminderReader> reader)
    {
        reader.ToTable("ReminderReaders");
        reader.HasKey(r => r.PersonId);
        reader.HasOne<PortalUser>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
