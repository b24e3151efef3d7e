using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A version of a policy, when it was published and by whom.</summary>
/// <param name="By">The person's id; null for what the portal came with.</param>
public sealed record PublishedPolicy(SlaPolicy Policy, Instant At, string? By);

/// <summary>A version of a calendar, when it was published and by whom.</summary>
/// <param name="Version">The catalogue version that it made.</param>
/// <param name="By">The person's id; null for what the portal came with.</param>
public sealed record PublishedCalendar(int Version, CalendarSpec Spec, Instant At, string? By);

/// <summary>
/// The catalogue of policies and calendars, held in memory. What another process publishes is read when an event names it, and
/// looked for every <see cref="Freshness"/> when a policy in force is asked for. What is published is in <c>CataloguePublishing.cs</c>.
/// </summary>
public sealed partial class PolicyStore(IDbContextFactory<PortalDb> databases, WriteGate gate, AuditLog audit, TimeProvider clock) : IDisposable
{
    /// <summary>How long the policy in force is believed: so long another server may go on under the version before.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _grown = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _reading = new(1, 1);
    private SlaCatalogue? _catalogue;
    private long _lookedAt;

    /// <summary>Every version known here: at least those that the events name which were read through the store.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded: the portal did not start.</exception>
    public SlaCatalogue Catalogue => Volatile.Read(ref _catalogue) ?? throw new InvalidOperationException("The catalogue of policies was not loaded.");

    /// <summary>The standard policy in force now, as far as it is known here.</summary>
    public SlaPolicy Current => Catalogue.InForce(SlaPolicy.StandardPlan, clock.Now());

    /// <summary>The standard policy in force now; looks for a newer one every <see cref="Freshness"/>.</summary>
    public ValueTask<SlaPolicy> CurrentAsync(CancellationToken cancellation = default) => CurrentAsync(SlaPolicy.StandardPlan, cancellation);

    /// <summary>The policy of a plan in force now, the standard one where the plan has none; looks for a newer one every <see cref="Freshness"/>.</summary>
    public async ValueTask<SlaPolicy> CurrentAsync(string plan, CancellationToken cancellation = default) =>
        (await FreshAsync(cancellation)).InForce(plan, clock.Now());

    /// <summary>The catalogue, at most <see cref="Freshness"/> behind what other processes published: what is decided now is decided under it.</summary>
    public async ValueTask<SlaCatalogue> FreshAsync(CancellationToken cancellation = default)
    {
        if (IsStale) await RefreshAsync(onlyIfStale: true, cancellation); // Of all who come at once, one looks.
        return Catalogue;
    }

    /// <summary>Waits until the catalogue has more versions than when it was last waited for. For one waiter.</summary>
    internal ValueTask<bool> WaitForMoreAsync(CancellationToken cancellation) => _grown.Reader.ReadAsync(cancellation);

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
    public Task RefreshAsync(CancellationToken cancellation = default) => RefreshAsync(onlyIfStale: false, cancellation);

    private bool IsStale => clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= Freshness;

    private async Task RefreshAsync(bool onlyIfStale, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            if (onlyIfStale && !IsStale) return;
            var (known, now) = (_catalogue ?? SlaCatalogue.Empty, clock.GetTimestamp());
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var rows = await RowsAfterAsync(db, known.Version, cancellation);
            Volatile.Write(ref _catalogue, With(known, rows));
            Volatile.Write(ref _lookedAt, now);
            if (rows.Count > 0) _grown.Writer.TryWrite(true);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Makes sure that this version of the catalogue is known: an event names it that another process may have written.</summary>
    public ValueTask KnowAsync(int version, CancellationToken cancellation = default) =>
        version <= Catalogue.Version ? ValueTask.CompletedTask : new(RefreshAsync(cancellation));

    /// <summary>Every version of a plan, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedPolicy>> VersionsAsync(string plan, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<CatalogueRow>().AsNoTracking().Where(row => row.Kind == CatalogueRow.Policy).OrderByDescending(row => row.Version).ToListAsync(cancellation);
        return [.. rows.Select(row => new PublishedPolicy(Policy(row), row.PublishedAt, row.PublishedBy)).Where(version => version.Policy.Name == plan)];
    }

    /// <summary>Every version of a calendar, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedCalendar>> CalendarVersionsAsync(string? name = null, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<CatalogueRow>().AsNoTracking().Where(row => row.Kind == CatalogueRow.Calendar).OrderByDescending(row => row.Version).ToListAsync(cancellation);
        return [.. rows.Select(row => new PublishedCalendar(row.Version, Calendar(row).Spec, row.PublishedAt, row.PublishedBy)).Where(version => name is null || version.Spec.Name == name)];
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

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
