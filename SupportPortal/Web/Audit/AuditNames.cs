using SupportPortal.Application.Audit;
using SupportPortal.Application.People;

namespace SupportPortal.Web.Audit;

/// <summary>Who the people of some entries are today: an entry names ids, and an erased person has no name any more.</summary>
public sealed class AuditNames(IReadOnlyDictionary<string, Person> people, IReadOnlyDictionary<int, string> organisations)
{
    /// <summary>Nobody.</summary>
    public static AuditNames None { get; } = new(new Dictionary<string, Person>(), new Dictionary<int, string>());

    /// <summary>Reads the names that these entries need.</summary>
    public static async Task<AuditNames> ReadAsync(PeopleDirectory directory, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        var people = await directory.FindAsync(entries.SelectMany(e => new[] { e.ActorId, e.PersonId }).OfType<string>(), cancellation);
        var organisations = new Dictionary<int, string>();
        foreach (var id in entries.Select(e => e.OrganisationId).OfType<int>().Distinct())
            organisations[id] = await directory.OrganisationAsync(id, cancellation) ?? "Unknown organisation";
        return new AuditNames(people, organisations);
    }

    /// <summary>A person's name.</summary>
    public string Of(string id) => people.TryGetValue(id, out var person) ? person.Name : "Unknown person";

    /// <summary>Whether there is such a person.</summary>
    public bool Knows(string id) => people.ContainsKey(id);

    /// <summary>An organisation's name.</summary>
    public string Of(int organisationId) => organisations.GetValueOrDefault(organisationId, "Unknown organisation");

    /// <summary>Who did it: the portal acts by itself and for its command line, and a visitor is nobody that it knows.</summary>
    public string ActorOf(AuditEntry entry) => entry.ActorId is { } id ? Of(id) : entry.Act is AuditAct.SignInRefused ? "A visitor" : "The portal";
}
