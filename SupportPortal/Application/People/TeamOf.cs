using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>The name of the team that somebody is put in.</summary>
internal static class TeamOf
{
    /// <summary>As the others who are in it have it, however it was spelled now; null for none.</summary>
    public static async Task<string?> SpelledAsync(PortalDb db, string? name, string personId, CancellationToken cancellation)
    {
        if (name?.Trim().Normalize() is not { Length: > 0 } wanted) return null;
        var teams = await db.Users.Where(u => u.Team != null && u.Id != personId).Select(u => u.Team!).Distinct().ToListAsync(cancellation);
        return teams.Order(StringComparer.Ordinal).FirstOrDefault(team => team.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? wanted;
    }
}
