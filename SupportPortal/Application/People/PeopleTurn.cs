using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// One change of accounts at a time, on all servers. What an act decides on, such as who else administers the portal, then stays true until
/// it is committed. SQLite has one writer anyway.
/// </summary>
internal static class PeopleTurn
{
    /// <summary>Waits for the turn, inside a transaction; it ends with it.</summary>
    public static async Task TakeAsync(PortalDb db, CancellationToken cancellation)
    {
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('SupportPortal people'))", cancellation);
    }

    /// <summary>Refuses what would leave the portal without an administrator who can sign in. Asked in the turn, before the person is changed.</summary>
    public static async Task<Refusal?> RefuseLastAdministratorAsync(PortalDb db, string personId, CancellationToken cancellation)
    {
        var administrators = db.Users.ActiveAdministrators();
        var isLast = await administrators.AnyAsync(u => u.Id == personId, cancellation) && !await administrators.AnyAsync(u => u.Id != personId, cancellation);
        return isLast ? new Refusal("role", "This is the last administrator who can sign in. Make somebody else one first.", RefusalKind.NotNow) : null;
    }

    /// <summary>Whether whoever acts is an administrator now, and not only when they signed in.</summary>
    public static async Task<bool> IsAdministratorAsync(this PortalDb db, Actor by, CancellationToken cancellation) =>
        by.Id == Actor.System.Id || await db.Users.AnyAsync(u => u.Id == by.Id && u.Role == Role.Administrator && u.DeactivatedAt == null, cancellation);
}
