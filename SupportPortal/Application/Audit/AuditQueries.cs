using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Audit;

/// <summary>Which entries of the audit log. What is not set narrows nothing.</summary>
public sealed record AuditFilter
{
    public AuditAct? Act { get; init; }

    /// <summary>A person's id: what they did, and what was done to them.</summary>
    public string? PersonId { get; init; }

    /// <summary>A part of an organisation's name, however it is spelled: what was done to it.</summary>
    public string? Organisation { get; init; }

    /// <summary>Only what happened then or later.</summary>
    public Instant? From { get; init; }

    /// <summary>Only what happened before.</summary>
    public Instant? Before { get; init; }

    /// <summary>Words of the detail, or a part of the network address.</summary>
    public string? Text { get; init; }
}

/// <summary>Reads the audit log, newest first, for administrators only. Nothing changes an entry, and nothing deletes one.</summary>
public sealed class AuditQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>One page. Costs the same on the first page and the last.</summary>
    public async Task<Page<AuditEntry>> ListAsync(Actor reader, AuditFilter filter, ListCursor? after, int limit, CancellationToken cancellation)
    {
        if (!reader.MayAdminister()) return new Page<AuditEntry>([], null);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var entries = Filtered(db, filter);
        if (after is not null)
        {
            var (at, id) = (Instant.FromUnixTimeTicks(after.Key * 10), after.Id);
            entries = entries.Where(e => e.At <= at && (e.At < at || e.Id < id)); // The first half is a range that an index can seek to.
        }

        var found = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit + 1).ToListAsync(cancellation);
        if (found.Count <= limit) return new Page<AuditEntry>(found, null);
        found.RemoveAt(limit);
        return new Page<AuditEntry>(found, new ListCursor(found[^1].At.ToUnixTimeTicks() / 10, found[^1].Id));
    }

    private static IQueryable<AuditEntry> Filtered(PortalDb db, AuditFilter filter)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (filter.Act is { } act) entries = entries.Where(e => e.Act == act);
        if (filter.PersonId is { } person) entries = entries.Where(e => e.ActorId == person || e.PersonId == person);
        if (filter.From is { } from) entries = entries.Where(e => e.At >= from);
        if (filter.Before is { } before) entries = entries.Where(e => e.At < before);
        if (!string.IsNullOrWhiteSpace(filter.Organisation))
        {
            var organisations = OrganisationSearch.Named(db, filter.Organisation);
            entries = entries.Where(e => e.OrganisationId != null && organisations.Contains(e.OrganisationId.Value));
        }

        if (string.IsNullOrWhiteSpace(filter.Text)) return entries;
        if (LikePattern.Containing(filter.Text) is not { } pattern) return entries.Where(e => false);
        return db.Database.IsNpgsql()
            ? entries.Where(e => EF.Functions.ILike(e.Detail, pattern, "\\") || EF.Functions.ILike(e.Address!, pattern, "\\"))
            : entries.Where(e => EF.Functions.Like(e.Detail, pattern, "\\") || EF.Functions.Like(e.Address!, pattern, "\\"));
    }
}
