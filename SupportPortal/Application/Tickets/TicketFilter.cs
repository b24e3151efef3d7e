using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>By what a list is ordered; the ticket's id breaks ties.</summary>
public enum TicketOrder
{
    /// <summary>What is due next first, what is never due last.</summary>
    Due,

    /// <summary>The newest report first.</summary>
    Newest,

    /// <summary>The oldest report first.</summary>
    Oldest,
}

/// <summary>Which tickets a list shows. Everything left out shows all.</summary>
public sealed record TicketFilter
{
    /// <summary>Any of these; null shows all.</summary>
    public IReadOnlyList<TicketStatus>? Statuses { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>A person's id.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Only what nobody is assigned to.</summary>
    public bool Unassigned { get; init; }

    public int? OrganisationId { get; init; }

    /// <summary>A person's id: only what they reported.</summary>
    public string? RequesterId { get; init; }

    public string? Service { get; init; }

    /// <summary>A number, or words of the subject.</summary>
    public string? Text { get; init; }

    /// <summary>Only what is due before this instant.</summary>
    public Instant? DueBefore { get; init; }

    public TicketOrder Order { get; init; }

    /// <summary>The order as a comparison, for rows that are in memory.</summary>
    public IComparer<TicketRow> RowOrder => Comparer<TicketRow>.Create((a, b) => Order switch
    {
        TicketOrder.Newest => (b.ReportedAt, b.Id).CompareTo((a.ReportedAt, a.Id)),
        TicketOrder.Oldest => (a.ReportedAt, a.Id).CompareTo((b.ReportedAt, b.Id)),
        _ => (a.DueOrder, a.Id).CompareTo((b.DueOrder, b.Id)),
    });

    /// <summary>The same filter for a row that is in memory. Who may see the row is another question.</summary>
    public bool Matches(TicketRow row) =>
        (Statuses is null || Statuses.Contains(row.Status))
        && (Severity is null || row.Severity == Severity)
        && (AssigneeId is null || row.AssigneeId == AssigneeId)
        && (!Unassigned || row.AssigneeId is null)
        && (OrganisationId is null || row.OrganisationId == OrganisationId)
        && (Service is null || row.Service == Service)
        && (DueBefore is not { } due || row.DueOrder < due)
        && (string.IsNullOrWhiteSpace(Text)
            || (TicketNumber.TryParse(Text, out var number) ? row.Id == number.Id : row.Subject.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Where a page of a list ended: the key of its last row. Opaque to callers.</summary>
public sealed record ListCursor(long Key, long Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text)) return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || key < Instant.MinValue.ToUnixTimeTicks() / 10 || key > Instant.MaxValue.ToUnixTimeTicks() / 10) return false;
        cursor = new ListCursor(key, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Key}.{Id}")));
}

/// <summary>A page of a list, and where the next one begins; null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, ListCursor? Next);
