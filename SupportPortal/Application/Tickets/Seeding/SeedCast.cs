using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>The people of the made-up past: customers by organisation, and staff. They have no passwords, so nobody signs in as one.</summary>
internal sealed class SeedCast
{
    private const int CustomersEach = 4;
    private const int Staff = 14;

    private static readonly string[] Firsts =
    [
        "Amara", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jana", "Kofi", "Lena", "Mateo", "Nadia", "Oskar", "Priya",
        "Quinn", "Rosa", "Sven", "Tara", "Umar", "Vera", "Wanda", "Xavier", "Yuki", "Zoe",
    ];

    private static readonly string[] Lasts =
    [
        "Almeida", "Brandt", "Castillo", "Dahl", "Eriksen", "Fontaine", "Gruber", "Haddad", "Ivanov", "Jansen", "Kowalski", "Lindqvist", "Moreau",
        "Nakamura", "Okafor", "Petrov", "Rahman", "Santos", "Tanaka", "Urban", "Varga", "Weber", "Yilmaz", "Zhang",
    ];

    private static readonly string[] Places =
    [
        "Aurora", "Bayside", "Cobalt", "Dunmore", "Eastgate", "Fairview", "Granite", "Harbor", "Ironwood", "Juniper", "Kestrel", "Lakeshore", "Meridian",
        "Northfield", "Oakridge", "Pinecrest", "Quarry", "Riverside", "Summit", "Tidewater",
    ];

    private static readonly string[] Trades =
    [
        "Logistics", "Foods", "Health", "Energy", "Textiles", "Insurance", "Robotics", "Travel", "Pharma", "Media", "Steel", "Retail", "Dental", "Legal",
        "Farms", "Optics", "Motors", "Paper", "Studios", "Bank",
    ];

    private SeedCast(IReadOnlyList<Actor> customers, IReadOnlyList<Actor> staff) => (Customers, Agents) = (customers, staff);

    /// <summary>Everybody who reports.</summary>
    public IReadOnlyList<Actor> Customers { get; }

    /// <summary>Everybody who answers.</summary>
    public IReadOnlyList<Actor> Agents { get; }

    /// <summary>A few people who are there already.</summary>
    public static SeedCast Of(IReadOnlyList<Actor> customers, IReadOnlyList<Actor> agents) => new(customers, agents);

    /// <summary>Finds the people of a plan, and makes those who are not there yet.</summary>
    public static Task<SeedCast> GatherAsync(SeedPlan plan, WriteGate gate, CancellationToken cancellation) => gate.WriteAsync(async (db, stop) =>
    {
        var chance = new Random(plan.Seed);
        var companies = await OrganisationsAsync(db, plan.Organisations, stop);
        var known = await db.Users.Where(u => u.NormalizedEmail!.EndsWith(".EXAMPLE")).ToDictionaryAsync(u => u.NormalizedEmail!, stop);
        var customers = new List<Actor>();
        foreach (var company in companies)
        {
            var host = company.NormalizedName.ToLowerInvariant().Replace(' ', '-');
            for (var n = 0; n < CustomersEach; n++) customers.Add(Person(db, known, chance, Role.Customer, $"person{n + 1}@{host}.example", company.Id));
        }

        Actor[] staff = [.. Enumerable.Range(1, Staff).Select(n => Person(db, known, chance, n > Staff - 2 ? Role.Manager : Role.Agent, $"staff{n}@support-desk.example", null))];
        await db.SaveChangesAsync(stop);
        return new SeedCast(customers, staff);
    }, cancellation);

    private static async Task<IReadOnlyList<Organisation>> OrganisationsAsync(PortalDb db, int count, CancellationToken cancellation)
    {
        var known = await db.Organisations.ToDictionaryAsync(o => o.NormalizedName, cancellation);
        var all = new List<Organisation>();
        for (var i = 0; i < count; i++)
        {
            var round = i / (Places.Length * Trades.Length);
            var made = Organisation.Named($"{Places[i % Places.Length]} {Trades[i / Places.Length % Trades.Length]}{(round > 0 ? $" {round + 1}" : "")}");
            if (known.TryGetValue(made.NormalizedName, out var there)) made = there;
            else db.Add(made);
            all.Add(made);
        }

        await db.SaveChangesAsync(cancellation);
        return all;
    }

    private static Actor Person(PortalDb db, Dictionary<string, PortalUser> known, Random chance, Role role, string email, int? organisation)
    {
        var name = $"{Firsts[chance.Next(Firsts.Length)]} {Lasts[chance.Next(Lasts.Length)]}";
        var id = new byte[16];
        chance.NextBytes(id);
        if (known.TryGetValue(email.ToUpperInvariant(), out var there)) return there.ToActor();
        var person = new PortalUser
        {
            Id = new Guid(id).ToString(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            Name = name,
            Role = role,
            OrganisationId = organisation,
        };
        db.Add(person);
        return person.ToActor();
    }
}
