using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>
/// A mail that an event owes the requester and whoever follows their ticket, a reminder a member of staff, a schedule the readers of its report, or the portal whoever asked about their account: written in its
/// transaction, sent after it. It names what it tells of and holds no text, so that an erased text is not kept here.
/// </summary>
public sealed class OutgoingMail
{
    public long Id { get; init; }

    /// <summary>The ticket; 0 where it is about an account.</summary>
    public long TicketId { get; init; }

    /// <summary>The event it tells of; 0 where it tells of a reminder.</summary>
    public int Version { get; init; }

    /// <summary>The reminder it tells of.</summary>
    public long? ReminderId { get; init; }

    /// <summary>The report that it brings.</summary>
    public long? ReportId { get; init; }

    /// <summary>What it says about an account.</summary>
    public AccountLetter? Letter { get; init; }

    /// <summary>Where a mail about an account, a report, or a copy of one about a ticket, goes, until it was sent or given up.</summary>
    public string? Address { get; set; }

    /// <summary>Whom it goes to: the ticket's requester when neither this nor an address is set.</summary>
    public string? PersonId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When to try next; null once it was sent, needless, or given up.</summary>
    public Instant? NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public Instant? SentAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether a fact is told to the requester by mail. What they did themselves is not, but for the receipt of their request.</summary>
    public static bool IsOwedFor(TicketEvent happened, Ticket ticket) =>
        IsTold(happened.Fact) && (happened.Fact is not Reopened || happened.By.Id != ticket.RequesterId);

    /// <summary>The mails that a fact owes those who follow the ticket: what its requester is told of, unless they did it themselves.</summary>
    public static IEnumerable<OutgoingMail> ForFollowers(TicketEvent happened, Ticket ticket)
    {
        if (!IsTold(happened.Fact)) yield break;
        foreach (var watcher in ticket.Watchers.Where(id => id != happened.By.Id))
            yield return new OutgoingMail { TicketId = ticket.Id, Version = happened.Version, PersonId = watcher, CreatedAt = happened.At, NextAttemptAt = happened.At };
        foreach (var address in ticket.Copies.Select(copy => copy.Address.Text).OfType<string>())
            yield return new OutgoingMail { TicketId = ticket.Id, Version = happened.Version, Address = address, CreatedAt = happened.At, NextAttemptAt = happened.At };
    }

    private static bool IsTold(TicketFact fact) => fact switch
    {
        Reported or StaffReplied or SeverityChanged or WorkaroundRecorded or PatchProvided or ResolutionProposed or Reopened => true,
        Resolved resolved => resolved.Kind != ResolutionKind.Agreed,
        _ => false,
    };
}

internal sealed class OutgoingMailTable : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("OutgoingMail");
        mail.Property(m => m.Failure).HasMaxLength(500);
        mail.Property(m => m.Address).HasMaxLength(254);
        mail.HasIndex(m => m.NextAttemptAt);
        mail.HasIndex(m => m.ReminderId).HasFilter("\"ReminderId\" IS NOT NULL");
        mail.HasIndex(m => m.ReportId).HasFilter("\"ReportId\" IS NOT NULL");
        mail.HasIndex(m => m.Address).HasFilter("\"Address\" IS NOT NULL");
    }
}
