using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// The browsers in which people are signed in. One whose row is ended or gone is signed out at the next check of its cookie and of its open
/// pages, within a minute. When a browser was seen is gathered in memory and written for all of them at once.
/// </summary>
public sealed partial class Devices(IDbContextFactory<PortalDb> databases, PersonActs acts, WriteGate gate, AuditLog audit, TimeProvider clock, ILogger<Devices> log)
{
    /// <summary>How long a browser stays signed in that nobody uses: its cookie is good for as long, and renewed by use.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(14);

    private static readonly Duration SeenIsWrittenEvery = Duration.FromMinutes(5);
    private static readonly Duration CleanedEvery = Duration.FromDays(1);

    private readonly ConcurrentDictionary<string, Instant> _seen = new();
    private long _writeFrom;
    private Instant _cleanedAt = Instant.MinValue;

    /// <summary>A new name for a browser, which tells nothing and cannot be guessed.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Where a person is signed in, the latest seen first.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(string personId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var devices = await db.Set<Device>().AsNoTracking().Where(d => d.PersonId == personId && d.EndedAt == null).ToListAsync(cancellation);
        foreach (var device in devices) device.SeenAt = Instant.Max(device.SeenAt, _seen.GetValueOrDefault(device.Id, device.SeenAt));
        var oldest = clock.Now() - Lifetime;
        return [.. devices.Where(d => d.SeenAt > oldest).OrderByDescending(d => d.SeenAt).ThenBy(d => d.Id)];
    }

    /// <summary>The browser, while it is signed in.</summary>
    public async Task<Device?> FindAsync(string id, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<Device>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.EndedAt == null, cancellation);
    }

    /// <summary>Signs out one of the person's browsers; says whether there was such a one.</summary>
    public Task<bool> EndAsync(Actor person, string id, Client from, CancellationToken cancellation) => gate.WriteAsync(async (db, stop) =>
    {
        if (await EndAsync(db.Set<Device>().Where(d => d.PersonId == person.Id && d.Id == id), clock.Now(), stop) == 0) return false;
        audit.Note(db, new Audited(AuditAct.SessionsEnded, person, "One browser.") { PersonId = person.Id, Address = from.Address });
        await db.SaveChangesAsync(stop);
        return true;
    }, cancellation);

    /// <summary>Signs out all of the person's browsers but this one, those included that have no <see cref="Device"/>.</summary>
    public Task<bool> EndOthersAsync(Actor person, Client from, CancellationToken cancellation) => acts.DoAsync(person.Id, false, async act =>
    {
        PersonActs.Require(await act.People.UpdateSecurityStampAsync(act.Person));
        await EndAllAsync(act.Db, person.Id, clock.Now(), cancellation, but: from.DeviceId);
        audit.Note(act.Db, new Audited(AuditAct.SessionsEnded, person, "All browsers but the one that asked.") { PersonId = person.Id, Address = from.Address });
        return true;
    }, cancellation);

    /// <summary>Ends those of a person's browsers that are signed in, but one, as part of an act that does more.</summary>
    internal static Task<int> EndAllAsync(PortalDb db, string personId, Instant now, CancellationToken cancellation, string? but = null) =>
        EndAsync(db.Set<Device>().Where(d => d.PersonId == personId && d.Id != but), now, cancellation);

    /// <summary>Notes that a browser is in use. Costs a write once in five minutes, for all that were seen since.</summary>
    public async ValueTask NoteSeenAsync(string id)
    {
        var now = clock.Now();
        _seen[id] = now;
        var from = Volatile.Read(ref _writeFrom);
        if (now.ToUnixTimeTicks() < from || Interlocked.CompareExchange(ref _writeFrom, (now + SeenIsWrittenEvery).ToUnixTimeTicks(), from) != from) return;
        try
        {
            await WriteSeenAsync(now);
        }
        catch (Exception failure)
        {
            LogUnwritten(failure); // It is gathered still, and nobody is signed out for it.
        }
    }

    private Task WriteSeenAsync(Instant now) => gate.WriteAsync(async (db, stop) =>
    {
        foreach (var (id, at) in _seen.OrderBy(s => s.Key, StringComparer.Ordinal)) // In one order on all servers: none waits for another that waits for it.
        {
            await db.Set<Device>().Where(d => d.Id == id && d.SeenAt < at).ExecuteUpdateAsync(set => set.SetProperty(d => d.SeenAt, at), stop);
            _seen.TryRemove(KeyValuePair.Create(id, at));
        }

        if (_cleanedAt + CleanedEvery > now) return;
        var oldest = now - Lifetime - CleanedEvery;
        await db.Set<Device>().Where(d => d.EndedAt != null || d.SeenAt < oldest).ExecuteDeleteAsync(stop);
        _cleanedAt = now;
    });

    private static Task<int> EndAsync(IQueryable<Device> devices, Instant now, CancellationToken cancellation) =>
        devices.Where(d => d.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedAt, now), cancellation);

    [LoggerMessage(LogLevel.Warning, "When browsers were seen could not be written; trying again in five minutes")]
    private partial void LogUnwritten(Exception failure);
}
