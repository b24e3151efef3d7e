using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

internal sealed class TicketTables :
    IEntityTypeConfiguration<TicketRow>,
    IEntityTypeConfiguration<EventRow>,
    IEntityTypeConfiguration<EventTextRow>,
    IEntityTypeConfiguration<ClockRow>,
    IEntityTypeConfiguration<WatcherRow>,
    IEntityTypeConfiguration<IdempotencyRow>,
    IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<TicketRow> ticket)
    {
        ticket.ToTable("Tickets");
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.Version).IsConcurrencyToken();
        ticket.Property(t => t.Subject).HasMaxLength(TicketText.SubjectLength);
        ticket.Ignore(t => t.Number);
        ticket.Ignore(t => t.Watchers);
        ticket.HasIndex(t => new { t.DueOrder, t.Id });
        ticket.HasIndex(t => new { t.DueOrder, t.Id }, "IX_Tickets_Open").HasFilter("\"IsOpen\""); // The few of many that boards and queues ask for.
        ticket.HasIndex(t => new { t.ReportedAt, t.Id });
        ticket.HasIndex(t => new { t.OrganisationId, t.ReportedAt, t.Id });
        ticket.HasIndex(t => new { t.RequesterId, t.ReportedAt, t.Id });
        ticket.HasIndex(t => new { t.AssigneeId, t.DueOrder, t.Id });
    }

    public void Configure(EntityTypeBuilder<EventRow> happened)
    {
        happened.ToTable("Events");
        happened.HasKey(e => e.Position);
        happened.HasIndex(e => new { e.TicketId, e.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<EventTextRow> text)
    {
        text.ToTable("EventTexts");
        text.HasKey(t => new { t.TicketId, t.Version });
    }

    public void Configure(EntityTypeBuilder<ClockRow> clock)
    {
        clock.ToTable("Clocks");
        clock.HasKey(c => new { c.TicketId, c.Ordinal });
        clock.HasIndex(c => c.AlarmAt).HasFilter("\"AlarmAt\" IS NOT NULL"); // The few of many that can still fall due.
    }

    public void Configure(EntityTypeBuilder<WatcherRow> watcher)
    {
        watcher.ToTable("Watchers");
        watcher.HasKey(w => new { w.TicketId, w.PersonId });
        watcher.HasIndex(w => w.PersonId);
    }

    public void Configure(EntityTypeBuilder<IdempotencyRow> call)
    {
        call.ToTable("IdempotencyKeys");
        call.HasKey(c => new { c.OwnerId, c.Key });
    }

    public void Configure(EntityTypeBuilder<Counter> counter)
    {
        counter.ToTable("Counters");
        counter.HasKey(c => c.Name);
        counter.HasData(new Counter { Name = Counter.Tickets, Value = TicketNumber.First - 1 }, new Counter { Name = Counter.Reminders, Value = 0 });
    }
}
