using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>Which people. What is not set narrows nothing.</summary>
public sealed record PeopleFilter
{
    /// <summary>A part of the name or the e-mail address.</summary>
    public string? Text { get; init; }

    public Role? Role { get; init; }

    /// <summary>A part of the organisation's name.</summary>
    public string? Organisation { get; init; }

    public PersonState? State { get; init; }
}

/// <summary>A person in the administration's list.</summary>
public sealed record PersonLine(string Id, string Name, string? Email, Role Role, string? Organisation, string? Team, Instant? SignedInAt, bool HasSecondFactor, PersonState State);

/// <summary>A person as the administration sees them.</summary>
/// <param name="Account">The account itself, not to be changed.</param>
/// <param name="Organisation">The name of their organisation.</param>
/// <param name="OpenTickets">How many open tickets are assigned to them.</param>
/// <param name="Tokens">How many of their API tokens open something.</param>
public sealed record PersonDetails(PortalUser Account, string? Organisation, int OpenTickets, int Tokens);

/// <summary>Lists of people, for administrators only.</summary>
public sealed class PeopleQueries(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>One page in the order of e-mail addresses, which has an index; costs no more on the last page than on the first.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="filter">Which people.</param>
    /// <param name="after">The id of the last person on the page before.</param>
    /// <param name="limit">The most people to answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The people, and whether there are more.</returns>
    public async Task<(IReadOnlyList<PersonLine> People, bool HasMore)> ListAsync(Actor reader, PeopleFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        if (!reader.MayAdminister()) return ([], false);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var people = Filtered(db, filter);
        if (after is not null && await db.Users.Where(u => u.Id == after).Select(u => u.NormalizedUserName).SingleOrDefaultAsync(cancellation) is { } last)
#pragma warning disable CA1309 // The database compares, as it orders; EF translates this one only.
            people = people.Where(u => string.Compare(u.NormalizedUserName, last) > 0);
#pragma warning restore CA1309
        var found = await (
            from person in people.OrderBy(u => u.NormalizedUserName)
            join organisation in db.Organisations on person.OrganisationId equals organisation.Id into organisations
            from its in organisations.DefaultIfEmpty()
            select new { Person = person, Organisation = its == null ? null : its.Name }).Take(limit + 1).AsNoTracking().ToListAsync(cancellation);
        return ([.. found.Take(limit).Select(line => Line(line.Person, line.Organisation))], found.Count > limit);
    }

    /// <summary>One person; null when there is no such one for this reader.</summary>
    public async Task<PersonDetails?> FindAsync(Actor reader, string id, CancellationToken cancellation)
    {
        if (!reader.MayAdminister() || id.Contains('\0')) return null;
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation) is not { } person) return null;
        return new PersonDetails(
            person,
            await db.Organisations.Where(o => o.Id == person.OrganisationId).Select(o => o.Name).SingleOrDefaultAsync(cancellation),
            await db.Set<TicketRow>().CountAsync(t => t.AssigneeId == id && t.IsOpen, cancellation),
            await db.ApiTokens.CountAsync(t => t.OwnerId == id && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now), cancellation));
    }

    /// <summary>The id of the person with this id or e-mail address; null when there is none.</summary>
    public async Task<string?> FindIdAsync(Actor reader, string idOrEmail, CancellationToken cancellation)
    {
        var text = idOrEmail.Trim();
        if (!reader.MayAdminister() || text.Contains('\0')) return null;
        var email = AddressNormalizer.Normalize(text);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Users.Where(u => u.Id == text || u.NormalizedEmail == email).Select(u => u.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The first organisations by name, to choose from while typing.</summary>
    public async Task<IReadOnlyList<string>> OrganisationsAsync(Actor reader, int most, CancellationToken cancellation)
    {
        if (!reader.MayAdminister()) return [];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Organisations.OrderBy(o => o.NormalizedName).Select(o => o.Name).Take(most).ToListAsync(cancellation);
    }

    private static PersonLine Line(PortalUser person, string? organisation) =>
        new(person.Id, person.Name, person.Email, person.Role, organisation, person.Team, person.SignedInAt, person.TwoFactorEnabled, person.StateOf());

    private static IQueryable<PortalUser> Filtered(PortalDb db, PeopleFilter filter)
    {
        IQueryable<PortalUser> people = db.Users;
        if (filter.Role is { } role) people = people.Where(u => u.Role == role);
        if (filter.State is { } state) people = people.Where(PersonStates.Are(state));
        if (!string.IsNullOrWhiteSpace(filter.Organisation))
        {
            var organisations = OrganisationSearch.Named(db, filter.Organisation);
            people = people.Where(u => u.OrganisationId != null && organisations.Contains(u.OrganisationId.Value));
        }

        return PeopleSearch.Containing(db, people, filter.Text);
    }
}
