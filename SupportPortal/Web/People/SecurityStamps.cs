using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>People's security stamps: read once in a while for a person, however many pages they have open.</summary>
internal sealed class SecurityStamps(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>How old a stamp may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (Task<string?> Stamp, long ReadAt)> _known = [];

    /// <summary>The stamp of a person; null when there is no such person any more, or they may not sign in.</summary>
    public Task<string?> FindAsync(string personId) => _known.AddOrUpdate(personId, Read, (id, known) => known.Stamp.IsFaulted || clock.GetElapsedTime(known.ReadAt) >= Freshness ? Read(id) : known).Stamp;

    private (Task<string?> Stamp, long ReadAt) Read(string personId) => (ReadAsync(personId), clock.GetTimestamp());

    private async Task<string?> ReadAsync(string personId)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Users.Where(u => u.Id == personId && u.DeactivatedAt == null).Select(u => u.SecurityStamp).SingleOrDefaultAsync();
    }
}
