using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>The name of the team that somebody is put in.</summary>
internal static class TeamOf
{
    /// <summary>As those who are in it already have it, however it was spelled now; null for none.</summary>
    public static async Task<string?> SpelledAsync(PortalDb db, string? name, CancellationToken cancellation)
    {
        if (name?.Trim() is not { Length: > 0 } wanted) return null;
        var teams = await db.Users.Where(u => u.Team != null).Select(u => u.Team!).Distinct().ToListAsync(cancellation);
        return teams.Order(StringComparer.Ordinal).FirstOrDefault(team => team.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? wanted;
    }
}
