using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Reminders;

namespace SupportPortal.Application.Reminders;

/// <summary>The rota as it is kept. There is one.</summary>
public sealed class OnCallRow
{
    public required int Id { get; init; }

    /// <summary>An <see cref="OnCallSpec"/> as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    public required Instant ChangedAt { get; init; }

    /// <summary>The id of who changed it last.</summary>
    public required string ChangedBy { get; init; }

    public const int Only = 1;
}

internal sealed class OnCallTable : IEntityTypeConfiguration<OnCallRow>
{
    public void Configure(EntityTypeBuilder<OnCallRow> rota)
    {
        rota.ToTable("OnCallRota");
        rota.Property(r => r.Id).ValueGeneratedNever();
    }
}

/// <summary>The rota with its version, who changed it last, and when.</summary>
public sealed record KeptRota(OnCallRota Rota, int Version, Instant ChangedAt, string ChangedBy);

/// <summary>Keeps the rota, in memory too. What another process changes is seen within <see cref="Freshness"/>.</summary>
public sealed class OnCallStore(IDbContextFactory<PortalDb> databases, WriteGate gate, PeopleDirectory people, AuditLog audit, TimeProvider clock)
{
    /// <summary>How long a rota is believed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private Known? _known;

    /// <summary>The rota; null when nobody has written one.</summary>
    public async ValueTask<KeptRota?> FindAsync(CancellationToken cancellation = default)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && clock.GetElapsedTime(known.ReadAt) < Freshness) return known.Rota;
        var (now, rota) = (clock.GetTimestamp(), known?.Rota);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var version = await db.Set<OnCallRow>().Select(r => (int?)r.Version).SingleOrDefaultAsync(cancellation);
        if (version != rota?.Version) rota = Kept(await db.Set<OnCallRow>().AsNoTracking().SingleAsync(cancellation));
        Interlocked.CompareExchange(ref _known, new Known(rota, now), known); // Unless it was saved meanwhile.
        return rota;
    }

    /// <summary>The id of who is on call at an instant; null when nobody has written a rota.</summary>
    public async ValueTask<string?> OnCallAsync(Instant at, CancellationToken cancellation = default) => (await FindAsync(cancellation))?.Rota.At(at);

    /// <summary>Keeps a rota in place of the version that its writer saw (0: none). Answers what is kept now, or everything that is wrong.</summary>
    public async Task<(KeptRota? Kept, IReadOnlyList<Refusal> Refusals)> SaveAsync(Actor actor, OnCallSpec spec, int seenVersion, CancellationToken cancellation = default)
    {
        if (!actor.MayManage()) return (null, [new("", "Only managers and administrators change the rota.", RefusalKind.NotAllowed)]);
        var (rota, faults) = OnCallRota.Create(spec);
        Refusal[] refusals = [.. faults, .. await StrangersAsync(spec, cancellation)];
        if (rota is null || refusals.Length > 0) return (null, refusals);

        var kept = new KeptRota(rota, seenVersion + 1, clock.Now(), actor.Id);
        var (id, data, at) = (OnCallRow.Only, JsonSerializer.Serialize(spec, JsonSerializerOptions.Web), new InstantConverter().ConvertToProvider(kept.ChangedAt));
        var written = await gate.WriteAsync(async (db, stop) =>
        {
            var rows = await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO "OnCallRota" ("Id", "Data", "Version", "ChangedAt", "ChangedBy") VALUES ({id}, {data}, {kept.Version}, {at}, {kept.ChangedBy})
                 ON CONFLICT ("Id") DO UPDATE SET "Data" = excluded."Data", "Version" = excluded."Version", "ChangedAt" = excluded."ChangedAt", "ChangedBy" = excluded."ChangedBy"
                 WHERE "OnCallRota"."Version" = {seenVersion}
                 """, stop);
            if (rows == 0) return 0;
            audit.Note(db, new Audited(AuditAct.RotaChanged, actor, $"Version {kept.Version}."));
            return await db.SaveChangesAsync(stop);
        }, cancellation);
        Volatile.Write(ref _known, written == 0 ? null : new Known(kept, clock.GetTimestamp()));
        return written == 0 ? (null, [new("", "Somebody else has changed the rota meanwhile.", RefusalKind.NotNow)]) : (kept, []);
    }

    /// <summary>Reads anew at the next question.</summary>
    public void Forget() => Volatile.Write(ref _known, null);

    /// <summary>Only staff can be on call.</summary>
    private async Task<List<Refusal>> StrangersAsync(OnCallSpec spec, CancellationToken cancellation)
    {
        var staff = (await people.StaffAsync(cancellation)).Select(person => person.Id).ToHashSet();
        var named =
            spec.Shifts.SelectMany((shift, s) => shift.People.Select((person, p) => (Field: $"shifts[{s}].people[{p}]", Person: person)))
                .Concat(spec.Overrides.Select((stand, o) => (Field: $"overrides[{o}].person", stand.Person)));
        return [.. named.Where(name => name.Person.Length > 0 && !staff.Contains(name.Person)).Select(name => new Refusal(name.Field, "This person is no longer on the staff; choose another."))];
    }

    private static KeptRota Kept(OnCallRow row)
    {
        var (rota, refusals) = OnCallRota.Create(JsonSerializer.Deserialize<OnCallSpec>(row.Data, JsonSerializerOptions.Web)!);
        return rota is not null
            ? new KeptRota(rota, row.Version, row.ChangedAt, row.ChangedBy)
            : throw new InvalidOperationException($"The on-call rota is damaged: {string.Join(" ", refusals.Select(r => r.Message))}");
    }

    private sealed record Known(KeptRota? Rota, long ReadAt);
}
