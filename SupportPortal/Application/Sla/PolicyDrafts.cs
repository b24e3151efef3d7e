using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A plan's draft as it was saved.</summary>
/// <param name="Policy">What it would promise.</param>
/// <param name="Seen">The plan's version on which it was founded; 0 for a plan's first.</param>
/// <param name="Revision">How often it was saved.</param>
public sealed record KeptDraft(SlaPolicy Policy, int Seen, int Revision, Instant SavedAt, string SavedBy);

/// <summary>The drafts of policies, one a plan, kept until they are published or thrown away. Nobody saves over words that they have not seen.</summary>
public sealed class PolicyDrafts(IDbContextFactory<PortalDb> databases, WriteGate gate, PolicyStore policies, AuditLog audit, TimeProvider clock)
{
    /// <summary>The longest name that a plan has.</summary>
    public const int LongestName = 100;

    internal static Refusal Overtaken { get; } = new("", "Somebody else saved this draft meanwhile. Look at theirs first.", RefusalKind.NotNow);

    /// <summary>The draft of a plan; null when there is none.</summary>
    public async Task<KeptDraft?> FindAsync(string plan, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<PolicyDraftRow>().AsNoTracking().SingleOrDefaultAsync(d => d.Plan == plan, cancellation) is { } row
            ? new(JsonSerializer.Deserialize<SlaPolicy>(row.Data, SlaJson.Options)!, row.Seen, row.Revision, row.SavedAt, row.SavedBy)
            : null;
    }

    /// <summary>Every plan, the standard one first: those that have a version, and those that have a draft only.</summary>
    public async Task<IReadOnlyList<string>> PlansAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var drafted = await db.Set<PolicyDraftRow>().Select(d => d.Plan).ToListAsync(cancellation);
        string[] published = [.. (await policies.FreshAsync(cancellation)).Plans];
        return [.. published, .. drafted.Except(published).Order(StringComparer.Ordinal)];
    }

    /// <summary>Begins a plan: a draft that promises what another plan does now.</summary>
    public async Task<Refusal?> BeginAsync(Actor actor, string plan, string foundedOn, CancellationToken cancellation = default)
    {
        var name = plan.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) return new("plan", $"A plan's name has 1 to {LongestName} characters.");
        if ((await PlansAsync(cancellation)).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } there)
            return new("plan", $"There is a plan named “{there}” already.");
        var founded = await policies.CurrentAsync(foundedOn, cancellation);
        return await SaveAsync(actor, founded with { Name = name, Version = 0 }, 0, 0, cancellation) is { Refused: { } refused } ? refused : null;
    }

    /// <summary>Saves a plan's draft.</summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="policy">The plan's name and what it would promise.</param>
    /// <param name="seen">The plan's version on which it is founded.</param>
    /// <param name="revision">The revision that it takes the place of; 0 for a first one. If another was saved meanwhile, it is refused.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<(int Revision, Refusal? Refused)> SaveAsync(Actor actor, SlaPolicy policy, int seen, int revision, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return (0, NotAllowed);
        try
        {
            return await gate.WriteAsync(async (db, stop) =>
            {
                var row = await db.Set<PolicyDraftRow>().SingleOrDefaultAsync(d => d.Plan == policy.Name, stop);
                if ((row?.Revision ?? 0) != revision) return (0, Overtaken);
                if (row is null) db.Add(row = new PolicyDraftRow { Plan = policy.Name, Data = "", Seen = 0, Revision = 0, SavedAt = default, SavedBy = "" });
                row.Data = JsonSerializer.Serialize(policy, SlaJson.Options);
                (row.Seen, row.Revision, row.SavedAt, row.SavedBy) = (seen, revision + 1, clock.Now(), actor.Id);
                audit.Note(db, new Audited(AuditAct.PolicyDrafted, actor, $"{policy.Name}: a draft was saved."));
                await db.SaveChangesAsync(stop);
                return (revision + 1, (Refusal?)null);
            }, cancellation);
        }
        catch (DbUpdateException race) when (race is DbUpdateConcurrencyException || race.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (0, Overtaken); // Another server was quicker.
        }
    }

    /// <summary>Throws a plan's draft away.</summary>
    public async Task<Refusal?> DiscardAsync(Actor actor, string plan, int revision, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return NotAllowed;
        return await gate.WriteAsync(async (db, stop) =>
        {
            if (await db.Set<PolicyDraftRow>().Where(d => d.Plan == plan && d.Revision == revision).ExecuteDeleteAsync(stop) == 0) return Overtaken;
            audit.Note(db, new Audited(AuditAct.PolicyDrafted, actor, $"{plan}: the draft was thrown away."));
            await db.SaveChangesAsync(stop);
            return null;
        }, cancellation);
    }

    private static Refusal NotAllowed { get; } = new("", "Only administrators write policies.", RefusalKind.NotAllowed);
}
