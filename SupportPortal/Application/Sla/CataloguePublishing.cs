using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>How the catalogue grows: a version of a policy or of a calendar at a time, never the same number twice.</summary>
public sealed partial class PolicyStore
{
    private const int Attempts = 10;
    private const int YearsAhead = 5;
    private static readonly Duration Shortest = Duration.FromMinutes(1);

    /// <summary>
    /// Publishes the next version of a plan. Which version that is, and since when it is in force, is for the store to say;
    /// what the policy itself says about it is not regarded. The plan's draft has then served its purpose.
    /// </summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="policy">The plan's name and what it promises.</param>
    /// <param name="seenVersion">The plan's version on which it was founded: if there is a later one, it is refused. Left out: it is published whatever came before.</param>
    /// <param name="from">Since when it is in force, not in the past; left out: at once.</param>
    /// <param name="draft">The revision of the draft that it was: if somebody has saved another since, it is refused. Left out: whatever the draft says.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The policy as published, or everything that is wrong with it, with fields as the API has them (<c>policy.severities[0].targets[1].target</c>).</returns>
    public async Task<(SlaPolicy? Published, IReadOnlyList<Refusal> Refusals)> PublishAsync(
        Actor actor, SlaPolicy policy, int? seenVersion = null, Instant? from = null, int? draft = null, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return (null, [new("", "Only administrators publish policies.", RefusalKind.NotAllowed)]);
        return await InTurnAsync((db, token) => PublishAsync(db, actor, policy, seenVersion, from, draft, token), cancellation);
    }

    /// <summary>
    /// Publishes the next version of a calendar, or a new one. What starts from then on counts by it; the clocks that run are due anew by
    /// <see cref="CalendarEdits"/> (rule 10).
    /// </summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="spec">The calendar.</param>
    /// <param name="seen">The catalogue version that made the version on which it was founded, 0 for a new calendar: if there is a later one, it is refused.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The calendar, or everything that is wrong with it, with fields as the API has them (<c>hours.monday[0]</c>).</returns>
    public async Task<(BusinessCalendar? Published, IReadOnlyList<Refusal> Refusals)> PublishCalendarAsync(
        Actor actor, CalendarSpec spec, int seen, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return (null, [new("", "Only administrators publish calendars.", RefusalKind.NotAllowed)]);
        return await InTurnAsync((db, token) => PublishAsync(db, actor, spec, seen, token), cancellation);
    }

    /// <summary>What is wrong with a calendar, by itself and for what is promised on it.</summary>
    public static (BusinessCalendar? Calendar, IReadOnlyList<Refusal> Refusals) Judge(SlaCatalogue catalogue, CalendarSpec spec, Instant now)
    {
        var (calendar, faults) = BusinessCalendar.Create(spec);
        if (calendar is null) return (null, faults);
        if (catalogue.Calendars.Keys.FirstOrDefault(name => name != calendar.Name && name.Equals(calendar.Name, StringComparison.OrdinalIgnoreCase)) is { } alike)
            return (null, [new("name", $"There is a calendar named “{alike}” already.")]);

        // Tickets are promised things under every version that ever was: none may be left without a due instant.
        var calendars = catalogue.Calendars.SetItem(calendar.Name, calendar);
        var broken = catalogue.Policies.Where(policy => policy.Faults(calendars, now).Any()).OrderBy(policy => policy.Name, StringComparer.Ordinal).ThenBy(policy => policy.Version).FirstOrDefault();
        return broken is null
            ? (calendar, [])
            : (null, [new("hours", $"It is open too seldom for what {broken.Name}, version {broken.Version}, promises on it: that would not be used up within fifty years.")]);
    }

    private async Task<(T? Published, IReadOnlyList<Refusal> Refusals)> InTurnAsync<T>(
        Func<PortalDb, CancellationToken, Task<(T?, IReadOnlyList<Refusal>)>> publish, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await RefreshAsync(cancellation);
            try
            {
                var answer = await gate.WriteAsync(publish, cancellation);
                await RefreshAsync(cancellation);
                return answer;
            }
            catch (DbUpdateException overtaken) when (attempt < Attempts && overtaken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another server took the catalogue version: look at what it published, and judge again.
            }
        }
    }

    private async Task<(SlaPolicy? Published, IReadOnlyList<Refusal> Refusals)> PublishAsync(
        PortalDb db, Actor actor, SlaPolicy policy, int? seenVersion, Instant? from, int? draft, CancellationToken cancellation)
    {
        // What this process has not read yet is read here, inside the transaction that it must not be overtaken in.
        var catalogue = With(Catalogue, await RowsAfterAsync(db, Catalogue.Version, cancellation));
        var before = catalogue.Policies.Where(version => version.Name == policy.Name).MaxBy(version => version.Version);
        if (seenVersion is not null && seenVersion != (before?.Version ?? 0))
            return (null, [new("", $"Version {before?.Version ?? 0} was published meanwhile. Compare yours with it, then publish again.", RefusalKind.NotNow)]);
        if (draft is not null && await db.Set<PolicyDraftRow>().Where(d => d.Plan == policy.Name).Select(d => d.Revision).SingleOrDefaultAsync(cancellation) != draft)
            return (null, [PolicyDrafts.Overtaken]);

        var now = clock.Now();
        if (Misdated(from, now) is { } misdated) return (null, [misdated]);
        var since = from ?? Instant.Max(now, await LastPublishedAsync(db, cancellation)); // A clock set back puts no older version in force again.
        var published = policy with { Version = (before?.Version ?? 0) + 1, EffectiveFrom = since };
        var faults = published.Faults(catalogue.Calendars, Instant.Max(now, since)).Concat(TooShort(published)).ToList();
        if (faults.Count > 0) return (null, faults);
        Add(db, catalogue, CatalogueRow.Policy, published, actor, now);
        await db.Set<PolicyDraftRow>().Where(d => d.Plan == policy.Name && (draft == null || d.Revision == draft)).ExecuteDeleteAsync(cancellation); // What was saved a moment ago stays.
        audit.Note(db, new Audited(AuditAct.PolicyPublished, actor, $"{published.Name}, version {published.Version}, in force from {since.Text()}."));
        await db.SaveChangesAsync(cancellation);
        return (published, []);
    }

    private async Task<(BusinessCalendar? Published, IReadOnlyList<Refusal> Refusals)> PublishAsync(PortalDb db, Actor actor, CalendarSpec spec, int seen, CancellationToken cancellation)
    {
        var catalogue = With(Catalogue, await RowsAfterAsync(db, Catalogue.Version, cancellation));
        if (catalogue.VersionOf(spec.Name) != seen) return (null, [seen == 0
            ? new("name", $"There is a calendar named “{spec.Name}” already.")
            : new("", "Somebody else published this calendar meanwhile. Compare yours with theirs, then publish again.", RefusalKind.NotNow)]);
        var now = clock.Now();
        var (calendar, faults) = Judge(catalogue, spec, now);
        if (calendar is null) return (null, faults);
        Add(db, catalogue, CatalogueRow.Calendar, calendar.Spec, actor, now);
        audit.Note(db, new Audited(AuditAct.CalendarPublished, actor, $"{calendar.Name}, as catalogue version {catalogue.Version + 1}."));
        await db.SaveChangesAsync(cancellation);
        return (calendar, []);
    }

    private static Refusal? Misdated(Instant? from, Instant now)
    {
        if (from < now) return new("effectiveFrom", "This lies in the past. Publish at once, or from an instant to come.");
        return from > now + Duration.FromDays(365 * YearsAhead) ? new("effectiveFrom", $"This is more than {YearsAhead} years ahead.") : null;
    }

    private static async Task<Instant> LastPublishedAsync(PortalDb db, CancellationToken cancellation) =>
        await db.Set<CatalogueRow>().OrderByDescending(row => row.Version).Select(row => (Instant?)row.PublishedAt).FirstOrDefaultAsync(cancellation) ?? Instant.MinValue;

    private static void Add<T>(PortalDb db, SlaCatalogue catalogue, string kind, T data, Actor actor, Instant now) => db.Add(new CatalogueRow
    {
        Version = catalogue.Version + 1,
        Kind = kind,
        PublishedAt = now,
        PublishedBy = actor.Id,
        Data = JsonSerializer.Serialize(data, SlaJson.Options),
    });

    /// <summary>A promise of seconds would be reminded of every half of it, for as long as it is broken.</summary>
    private static IEnumerable<Refusal> TooShort(SlaPolicy policy) =>
        from severity in policy.Severities.Index()
        from target in severity.Item.Targets.Index()
        where target.Item.Target.In(Duration.FromDays(1)) < Shortest
        select new Refusal($"policy.severities[{severity.Index}].targets[{target.Index}].target", "A target is at least a minute long.");
}
