using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>An organisation in the list.</summary>
public sealed record OrganisationLine(int Id, string Name, string? Plan, int Members, int OpenRequests, IReadOnlyList<string> Domains);

/// <summary>An organisation with what is set about it.</summary>
/// <param name="Services">The ids of the services that it uses; none for all.</param>
public sealed record OrganisationInFull(Organisation Organisation, IReadOnlyList<string> Domains, IReadOnlyList<int> Services, int Members, bool HasRequests);

/// <summary>Somebody of an organisation.</summary>
public sealed record Member(string Id, string Name, string? Email, Role Role, bool SeesOrganisation, bool IsDeactivated);

/// <summary>A page of a list in the order of names, and the key with which the next one begins; null at the end.</summary>
public sealed record NamedPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Reads organisations for whoever administers them. Pages are found by an index, and cost the same among ten organisations and ten thousand.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, in the order in which it sorts.")]
public sealed class OrganisationQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>One page of the organisations, by name.</summary>
    /// <param name="words">A part of the name or of a domain; all when left out.</param>
    /// <param name="after">What the page before gave as its next.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<NamedPage<OrganisationLine>> ListAsync(string? words, string? after, int limit, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var organisations = db.Organisations.AsNoTracking();
        if (Searchable(words) is { } search)
        {
            var (name, domain) = (Organisation.Normalize(search), search.ToLowerInvariant());
            organisations = organisations.Where(o => o.NormalizedName.Contains(name) || db.Set<OrganisationDomain>().Any(d => d.OrganisationId == o.Id && d.Domain.Contains(domain)));
        }

        if (Read(after) is { } last) organisations = organisations.Where(o => string.Compare(o.NormalizedName, last) > 0);
        var found = await organisations.OrderBy(o => o.NormalizedName).Take(limit + 1).ToListAsync(cancellation);
        var page = found.Take(limit).ToList();
        var ids = page.ConvertAll(o => o.Id);
        var members = await db.Users.Where(u => u.OrganisationId != null && ids.Contains(u.OrganisationId.Value)).GroupBy(u => u.OrganisationId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var open = await db.Set<TicketRow>().Where(t => t.IsOpen && t.OrganisationId != null && ids.Contains(t.OrganisationId.Value)).GroupBy(t => t.OrganisationId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var domains = (await db.Set<OrganisationDomain>().AsNoTracking().Where(d => ids.Contains(d.OrganisationId)).OrderBy(d => d.Domain).ToListAsync(cancellation)).ToLookup(d => d.OrganisationId, d => d.Domain);
        return new NamedPage<OrganisationLine>(
            [.. page.Select(o => new OrganisationLine(o.Id, o.Name, o.Plan, members.GetValueOrDefault(o.Id), open.GetValueOrDefault(o.Id), [.. domains[o.Id]]))],
            found.Count > limit ? Write(page[^1].NormalizedName) : null);
    }

    /// <summary>One organisation; null when there is none of that id.</summary>
    public async Task<OrganisationInFull?> FindAsync(int id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) is not { } organisation) return null;
        return new OrganisationInFull(
            organisation,
            await db.Set<OrganisationDomain>().Where(d => d.OrganisationId == id).Select(d => d.Domain).OrderBy(d => d).ToListAsync(cancellation),
            await db.Set<OrganisationService>().Where(s => s.OrganisationId == id).Select(s => s.ServiceId).ToListAsync(cancellation),
            await db.Users.CountAsync(u => u.OrganisationId == id, cancellation),
            await db.Set<TicketRow>().AnyAsync(t => t.OrganisationId == id, cancellation));
    }

    /// <summary>One page of an organisation's members, by name.</summary>
    public async Task<NamedPage<Member>> MembersAsync(int id, string? after, int limit, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var people = db.Users.Where(u => u.OrganisationId == id);
        if (Read(after)?.Split('\n', 2) is [var lastId, var last]) people = people.Where(u => string.Compare(u.Name, last) > 0 || (u.Name == last && string.Compare(u.Id, lastId) > 0));
        var found = await people.OrderBy(u => u.Name).ThenBy(u => u.Id).Take(limit + 1)
            .Select(u => new Member(u.Id, u.Name, u.Email, u.Role, u.SeesOrganisation, u.DeactivatedAt != null)).ToListAsync(cancellation);
        if (found.Count <= limit) return new NamedPage<Member>(found, null);
        found.RemoveAt(limit);
        return new NamedPage<Member>(found, Write($"{found[^1].Id}\n{found[^1].Name}"));
    }

    // PostgreSQL knows no zero byte, and no name is that long.
    private static string? Searchable(string? words) =>
        string.Concat((words ?? "").Where(c => !char.IsControl(c))).Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : null;

    private static string Write(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string? Read(string? after) => after is { Length: > 0 } && Base64Url.IsValid(after) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)) is var key && !key.Contains('\0', StringComparison.Ordinal) ? key : null;
}
