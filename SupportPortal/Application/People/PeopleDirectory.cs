using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>A person as others see them.</summary>
public sealed record Person(string Id, string Name, Role Role, int? OrganisationId);

/// <summary>
/// Names for ids, remembered for the whole server: a page of tickets asks for fifty names and mostly costs no query. Forgotten
/// at once when changed here, after <see cref="Freshness"/> when changed by another process.
/// </summary>
public sealed class PeopleDirectory(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>How long a name is believed.</summary>
    public static readonly Duration Freshness = Duration.FromMinutes(1);

    /// <summary>The name under which the portal's own acts are shown.</summary>
    public const string SystemName = "Support Portal";

    private const int MostRemembered = 100_000;
    private static readonly Person System = new(Actor.System.Id, SystemName, Role.Administrator, null);

    private readonly ConcurrentDictionary<string, (Person Person, Instant Until)> _people = new();
    private readonly ConcurrentDictionary<int, (KnownOrganisation Organisation, Instant Until)> _organisations = new();

    // Asked at each report (budget B1). Of the instance, because a compiled query belongs to one model.
    private readonly Func<PortalDb, int, CancellationToken, Task<string?>> _planOf =
        EF.CompileAsyncQuery((PortalDb db, int id, CancellationToken cancellation) => db.Organisations.Where(o => o.Id == id).Select(o => o.Plan).SingleOrDefault());

    private Staff? _staff;
    private KnownTeams? _teams;
    private int _changes;

    /// <summary>Grows whenever a name may have changed here: what was drawn with the old ones is drawn anew.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>The person; null when there is no such one.</summary>
    public async ValueTask<Person?> FindAsync(string id, CancellationToken cancellation) =>
        (await FindAsync([id], cancellation)).GetValueOrDefault(id);

    /// <summary>The people with these ids, in one query for those not yet known. Unknown ids are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<string, Person>> FindAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        var now = clock.Now();
        var found = new Dictionary<string, Person> { [System.Id] = System };
        List<string> unknown = [];
        foreach (var id in ids.Distinct())
        {
            if (_people.TryGetValue(id, out var known) && now < known.Until) found[id] = known.Person;
            else if (id != System.Id) unknown.Add(id);
        }

        if (unknown.Count == 0) return found;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await foreach (var person in Select(db.Users.Where(u => unknown.Contains(u.Id))).AsAsyncEnumerable().WithCancellation(cancellation))
            found[person.Id] = Remember(person, now);
        return found;
    }

    /// <summary>Everyone a ticket can be assigned to, by name.</summary>
    public async ValueTask<IReadOnlyList<Person>> StaffAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        if (_staff is { } known && now < known.Until) return known.People;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var people = await Select(db.Users.Where(u => u.Role != Role.Customer && u.DeactivatedAt == null).OrderBy(u => u.Name).ThenBy(u => u.Id)).ToListAsync(cancellation);
        _staff = new Staff(people, now + Freshness);
        return people;
    }

    /// <summary>Every team with its agents, by name.</summary>
    public async ValueTask<IReadOnlyList<Team>> TeamsAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        if (_teams is { } known && now < known.Until) return known.Teams;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var members = await db.Users.Where(u => u.Team != null).Select(u => new { u.Team, u.Id }).ToListAsync(cancellation);
        IReadOnlyList<Team> teams = [.. members.GroupBy(m => m.Team!, m => m.Id).Select(team => new Team(team.Key, [.. team.Order(StringComparer.Ordinal)])).OrderBy(team => team.Name, StringComparer.CurrentCulture)];
        _teams = new KnownTeams(teams, now + Freshness);
        return teams;
    }

    /// <summary>The organisation's name; null when there is no such one.</summary>
    public async ValueTask<string?> OrganisationAsync(int? id, CancellationToken cancellation) => (await KnownAsync(id, cancellation))?.Name;

    /// <summary>The plan of an organisation as it is now; null for the standard plan, and where there is no organisation. Never remembered: it decides what is promised.</summary>
    public async ValueTask<string?> PlanAsync(int? organisationId, CancellationToken cancellation)
    {
        if (organisationId is not { } number) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await _planOf(db, number, cancellation);
    }

    /// <summary>The time zone in which an organisation's people read times, where their browser does not say; UTC where none is set.</summary>
    public async ValueTask<DateTimeZone> ZoneAsync(int? organisationId, CancellationToken cancellation) => await OwnZoneAsync(organisationId, cancellation) ?? DateTimeZone.Utc;

    /// <summary>The time zone that is set for an organisation; null where none is.</summary>
    public async ValueTask<DateTimeZone?> OwnZoneAsync(int? organisationId, CancellationToken cancellation) =>
        (await KnownAsync(organisationId, cancellation))?.TimeZone is { } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) : null;

    /// <summary>The names of these organisations, in one query for those not yet known.</summary>
    public async ValueTask<IReadOnlyList<string>> OrganisationsAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation) =>
        [.. (await OrganisationNamesAsync(ids, cancellation)).Select(organisation => organisation.Name)];

    /// <summary>The same, each with its id.</summary>
    public async ValueTask<IReadOnlyList<(int Id, string Name)>> OrganisationNamesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation)
    {
        var now = clock.Now();
        var unknown = ids.Where(id => !_organisations.TryGetValue(id, out var known) || now >= known.Until).ToList();
        if (unknown.Count > 0)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (_organisations.Count + unknown.Count > MostRemembered) _organisations.Clear(); // Not on the way, or the first of them would be forgotten.
            foreach (var organisation in await Select(db.Organisations.Where(o => unknown.Contains(o.Id))).ToListAsync(cancellation)) Remember(organisation, now);
        }

        return [.. ids.Select(id => _organisations.GetValueOrDefault(id).Organisation).OfType<KnownOrganisation>().Select(organisation => (organisation.Id, organisation.Name))];
    }

    /// <summary>The id of the organisation of that name, however it is spelled; null when there is no such one.</summary>
    public async ValueTask<int?> FindOrganisationAsync(string name, CancellationToken cancellation)
    {
        var spelled = Organisation.Normalize(name);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Organisations.Where(o => o.NormalizedName == spelled).Select(o => (int?)o.Id).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Reads everything anew at the next question: someone was added or changed here.</summary>
    internal void Forget()
    {
        _people.Clear();
        _organisations.Clear();
        _staff = null;
        _teams = null;
        Interlocked.Increment(ref _changes);
    }

    private async ValueTask<KnownOrganisation?> KnownAsync(int? id, CancellationToken cancellation)
    {
        if (id is not { } number) return null;
        var now = clock.Now();
        if (_organisations.TryGetValue(number, out var known) && now < known.Until) return known.Organisation;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await Select(db.Organisations.Where(o => o.Id == number)).SingleOrDefaultAsync(cancellation);
        return found is null ? null : Remember(found, now);
    }

    private KnownOrganisation Remember(KnownOrganisation organisation, Instant now)
    {
        if (_organisations.Count >= MostRemembered) _organisations.Clear();
        _organisations[organisation.Id] = (organisation, now + Freshness);
        return organisation;
    }

    private Person Remember(Person person, Instant now)
    {
        if (_people.Count >= MostRemembered) _people.Clear();
        _people[person.Id] = (person, now + Freshness);
        return person;
    }

    private static IQueryable<Person> Select(IQueryable<PortalUser> people) =>
        people.Select(u => new Person(u.Id, u.Name, u.Role, u.OrganisationId));

    private static IQueryable<KnownOrganisation> Select(IQueryable<Organisation> organisations) =>
        organisations.Select(o => new KnownOrganisation(o.Id, o.Name, o.TimeZone));

    private sealed record KnownOrganisation(int Id, string Name, string? TimeZone);

    private sealed record KnownTeams(IReadOnlyList<Team> Teams, Instant Until);

    private sealed record Staff(IReadOnlyList<Person> People, Instant Until);
}
