using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A version of a policy, when it was published and by whom.</summary>
/// <param name="By">The person's id; null for what the portal came with.</param>
public sealed record PublishedPolicy(SlaPolicy Policy, Instant At, string? By);

/// <summary>
/// The catalogue of policies and calendars, held in memory. What another process publishes is read when an event names it, and
/// looked for every <see cref="Freshness"/> when a policy in force is asked for.
/// </summary>
public sealed class PolicyStore(IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock) : IDisposable
{
    /// <summary>How long the policy in force is believed: so long another server may go on under the version before.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private const int Attempts = 10;
    private static readonly Duration Shortest = Duration.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private SlaCatalogue? _catalogue;
    private long _lookedAt;

    /// <summary>Every version known here: at least those that the events name which were read through the store.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded: the portal did not start.</exception>
    public SlaCatalogue Catalogue => Volatile.Read(ref _catalogue) ?? throw new InvalidOperationException("The catalogue of policies was not loaded.");

    /// <summary>The standard policy in force now, as far as it is known here.</summary>
    public SlaPolicy Current => Catalogue.InForce(SlaPolicy.StandardPlan, clock.Now());

    /// <summary>The standard policy in force now; looks for a newer one every <see cref="Freshness"/>.</summary>
    public async ValueTask<SlaPolicy> CurrentAsync(CancellationToken cancellation = default)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= Freshness) await RefreshAsync(cancellation);
        return Current;
    }

    /// <summary>Reads the catalogue; the first time ever it publishes the support commitment and its calendar.</summary>
    public async Task LoadAsync(CancellationToken cancellation = default)
    {
        await RefreshAsync(cancellation);
        if (Catalogue.Version > 0) return;
        var now = clock.Now();
        await gate.WriteAsync(async (db, token) =>
        {
            if (await db.Set<CatalogueRow>().AnyAsync(token)) return;
            db.Add(new CatalogueRow { Version = 1, Kind = CatalogueRow.Calendar, PublishedAt = now, Data = JsonSerializer.Serialize(BusinessCalendar.BusinessDefault, SlaJson.Options) });
            db.Add(new CatalogueRow { Version = 2, Kind = CatalogueRow.Policy, PublishedAt = now, Data = JsonSerializer.Serialize(SlaPolicy.Commitment, SlaJson.Options) });
            await db.SaveChangesAsync(token);
        }, cancellation);
        await RefreshAsync(cancellation);
    }

    /// <summary>Reads what was published since it was last read.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            var (known, now) = (_catalogue ?? SlaCatalogue.Empty, clock.GetTimestamp());
            await using var db = await databases.CreateDbContextAsync(cancellation);
            Volatile.Write(ref _catalogue, With(known, await RowsAfterAsync(db, known.Version, cancellation)));
            Volatile.Write(ref _lookedAt, now);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Makes sure that this version of the catalogue is known: an event names it that another process may have written.</summary>
    public ValueTask KnowAsync(int version, CancellationToken cancellation = default) =>
        version <= Catalogue.Version ? ValueTask.CompletedTask : new(RefreshAsync(cancellation));

    /// <summary>
    /// Publishes the next version of a plan, in force from now on. Which version that is, and since when it is in force, is for the store to say;
    /// what the policy itself says about it is not regarded.
    /// </summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="policy">The plan's name and what it promises.</param>
    /// <param name="seenVersion">The plan's version on which it was founded: if there is a later one, it is refused. Left out: it is published whatever came before.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The policy as published, or everything that is wrong with it, with fields as the API has them (<c>policy.severities[0].targets[1].target</c>).</returns>
    public async Task<(SlaPolicy? Published, IReadOnlyList<Refusal> Refusals)> PublishAsync(
        Actor actor, SlaPolicy policy, int? seenVersion = null, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return (null, [new("", "Only administrators publish policies.", RefusalKind.NotAllowed)]);
        for (var attempt = 1; ; attempt++)
        {
            await RefreshAsync(cancellation);
            try
            {
                var answer = await gate.WriteAsync((db, token) => PublishAsync(db, actor, policy, seenVersion, token), cancellation);
                await RefreshAsync(cancellation);
                return answer;
            }
            catch (DbUpdateException overtaken) when (attempt < Attempts && overtaken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another server took the catalogue version: look at what it published, and judge again.
            }
        }
    }

    /// <summary>Every version of a plan, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedPolicy>> VersionsAsync(string plan, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<CatalogueRow>().AsNoTracking().Where(row => row.Kind == CatalogueRow.Policy).OrderByDescending(row => row.Version).ToListAsync(cancellation);
        return [.. rows.Select(row => new PublishedPolicy(Policy(row), row.PublishedAt, row.PublishedBy)).Where(version => version.Policy.Name == plan)];
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    /// <summary>A promise of seconds would be reminded of every half of it, for as long as it is broken.</summary>
    private static IEnumerable<Refusal> TooShort(SlaPolicy policy) =>
        from severity in policy.Severities.Index()
        from target in severity.Item.Targets.Index()
        where target.Item.Target.In(Duration.FromDays(1)) < Shortest
        select new Refusal($"policy.severities[{severity.Index}].targets[{target.Index}].target", "A target is at least a minute long.");

    private async Task<(SlaPolicy? Published, IReadOnlyList<Refusal> Refusals)> PublishAsync(
        PortalDb db, Actor actor, SlaPolicy policy, int? seenVersion, CancellationToken cancellation)
    {
        // What this process has not read yet is read here, inside the transaction that it must not be overtaken in.
        var catalogue = With(Catalogue, await RowsAfterAsync(db, Catalogue.Version, cancellation));
        var before = catalogue.Policies.Where(version => version.Name == policy.Name).MaxBy(version => version.Version);
        if (seenVersion is not null && seenVersion != before?.Version)
            return (null, [new("", $"Version {before?.Version ?? 0} was published meanwhile. Compare yours with it, then publish again.", RefusalKind.NotNow)]);

        var now = clock.Now();
        var published = policy with { Version = (before?.Version ?? 0) + 1, EffectiveFrom = Instant.Max(now, before?.EffectiveFrom ?? now) }; // A clock set back puts no older version in force again.
        var faults = published.Faults(catalogue.Calendars, now).Concat(TooShort(published)).ToList();
        if (faults.Count > 0) return (null, faults);
        db.Add(new CatalogueRow
        {
            Version = catalogue.Version + 1,
            Kind = CatalogueRow.Policy,
            PublishedAt = now,
            PublishedBy = actor.Id,
            Data = JsonSerializer.Serialize(published, SlaJson.Options),
        });
        await db.SaveChangesAsync(cancellation);
        return (published, []);
    }

    private static Task<List<CatalogueRow>> RowsAfterAsync(PortalDb db, int version, CancellationToken cancellation) =>
        db.Set<CatalogueRow>().AsNoTracking().Where(row => row.Version > version).OrderBy(row => row.Version).ToListAsync(cancellation);

    private static SlaCatalogue With(SlaCatalogue known, List<CatalogueRow> rows) =>
        rows.Aggregate(known, (catalogue, row) => row.Kind == CatalogueRow.Policy ? catalogue.With(Policy(row)) : catalogue.With(Calendar(row)));

    private static SlaPolicy Policy(CatalogueRow row) => JsonSerializer.Deserialize<SlaPolicy>(row.Data, SlaJson.Options)!;

    private static BusinessCalendar Calendar(CatalogueRow row)
    {
        var (calendar, refusals) = BusinessCalendar.Create(JsonSerializer.Deserialize<CalendarSpec>(row.Data, SlaJson.Options)!);
        return calendar ?? throw new InvalidOperationException($"Catalogue version {row.Version} is damaged: {string.Join(" ", refusals.Select(r => r.Message))}");
    }
}
