using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>The people of a portal that is only tried out. Their passwords are known to everyone: Development only.</summary>
public static class DemoPeople
{
    /// <summary>One password for all of them, shown on the sign-in page.</summary>
    public const string Password = "demo-portal-1";

    /// <summary>Two customers of different organisations and one person for each staff role.</summary>
    public static IReadOnlyList<NewPerson> All { get; } =
    [
        new("customer@demo.example", Role.Customer, "Casey Customer", "Northwind Traders", Password),
        new("customer2@demo.example", Role.Customer, "Robin Reporter", "Contoso", Password),
        new("agent@demo.example", Role.Agent, "Ada Agent", null, Password) { Team = "First line" },
        new("manager@demo.example", Role.Manager, "Max Manager", null, Password) { Team = "Service management" },
        new("admin@demo.example", Role.Administrator, "Alex Administrator", null, Password),
    ];

    /// <summary>Adds them to a portal that has no people yet; says whether it did.</summary>
    public static async Task<bool> AddAsync(PeopleDesk desk, IDbContextFactory<PortalDb> databases, CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (await db.Users.AnyAsync(cancellation)) return false;
        }

        foreach (var person in All)
        {
            if (await desk.AddAsync(person, by: null, cancellation) is { Refused: { } refused })
                throw new InvalidOperationException($"Demo person {person.Email}: {refused.Message}");
        }

        return true;
    }
}
