using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>What holds of a person's sessions.</summary>
/// <param name="Stamp">The security stamp: a session that carries another is over.</param>
/// <param name="Devices">The browsers in which they are signed in.</param>
internal sealed record Standing(string? Stamp, IReadOnlyList<string> Devices);

/// <summary>People's security stamps and devices: read once in a while for a person, however many pages they have open.</summary>
internal sealed class SecurityStamps(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>How old what is told may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (Task<Standing?> Standing, long ReadAt)> _known = [];

    /// <summary>How it stands with a person; null when there is no such person any more, or they may not sign in.</summary>
    public Task<Standing?> FindAsync(string personId) =>
        _known.AddOrUpdate(personId, Read, (id, known) => known.Standing.IsFaulted || clock.GetElapsedTime(known.ReadAt) >= Freshness ? Read(id) : known).Standing;

    /// <summary>The same, read now: who signed in a moment ago may be missing in what is remembered.</summary>
    public Task<Standing?> FindAnewAsync(string personId)
    {
        var read = Read(personId);
        _known[personId] = read;
        return read.Standing;
    }

    private (Task<Standing?> Standing, long ReadAt) Read(string personId) => (ReadAsync(personId), clock.GetTimestamp());

    private async Task<Standing?> ReadAsync(string personId)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Users.Where(u => u.Id == personId && u.DeactivatedAt == null)
            .Select(u => new Standing(u.SecurityStamp, db.Set<Device>().Where(d => d.PersonId == u.Id && d.EndedAt == null).Select(d => d.Id).ToList()))
            .SingleOrDefaultAsync();
    }
}
