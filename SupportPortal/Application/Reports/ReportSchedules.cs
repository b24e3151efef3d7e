using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reports;

/// <summary>A schedule as somebody wants it.</summary>
/// <param name="Recipients">Addresses, parted by lines, commas or blanks.</param>
public sealed record WantedSchedule(ReportKind Kind, ReportFormat Format, int? OrganisationId, PeriodUnit Every, int Hour, string Zone, string Recipients);

/// <summary>The reports that come by themselves: which there are, for managers.</summary>
public sealed class ReportSchedules(IDbContextFactory<PortalDb> databases, WriteGate gate, AuditLog audit, PeopleDirectory people, PeopleDesk desk, IOptions<PortalOptions> options, TimeProvider clock)
{
    /// <summary>So many addresses at most get one.</summary>
    public const int MostRecipients = 20;

    /// <summary>So many there may be.</summary>
    public const int Most = 500;

    /// <summary>Whether mail goes out at all.</summary>
    public bool IsMailOn => options.Value.Mail.IsOn;

    /// <summary>All of them, the next one first.</summary>
    public async Task<IReadOnlyList<ReportSchedule>> AllAsync(Actor by, CancellationToken cancellation = default)
    {
        Require(by);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<ReportSchedule>().AsNoTracking().ToListAsync(cancellation)).OrderBy(s => s.NextAt ?? Instant.MaxValue).ThenBy(s => s.Id)];
    }

    /// <summary>Adds one; answers what is wrong with it.</summary>
    public async Task<IReadOnlyList<Refusal>> AddAsync(Actor by, WantedSchedule wanted, CancellationToken cancellation = default)
    {
        Require(by);
        var addresses = wanted.Recipients.Split(['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var refusals = new List<Refusal>();
        if (!IsMailOn) refusals.Add(new("", "This portal sends no mail: set up Portal:Mail first.", RefusalKind.NotNow));
        if (wanted.Kind is not (ReportKind.Figures or ReportKind.Organisation)) refusals.Add(new("kind", "Choose the figures, or the report for a customer."));
        if (wanted.Kind == ReportKind.Organisation && wanted.OrganisationId is null) refusals.Add(new("organisation", "Choose the organisation that the report is for."));
        if (wanted.OrganisationId is { } id && await people.OrganisationAsync(id, cancellation) is null) refusals.Add(new("organisation", "There is no such organisation."));
        if (wanted.Hour is < 0 or > 23) refusals.Add(new("hour", "The hour is 0 to 23."));
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(wanted.Zone) is not { } zone) refusals.Add(new("zone", $"“{wanted.Zone}” is no time zone such as Europe/Berlin."));
        if (addresses.Count == 0) refusals.Add(new("recipients", "Say to whom it is mailed."));
        else if (addresses.Count > MostRecipients) refusals.Add(new("recipients", $"At most {MostRecipients} addresses."));
        else if (addresses.FirstOrDefault(address => address.Length > 254 || !MailboxAddress.TryParse(address, out var box) || box.Address != address || box.Domain.Length == 0) is { } wrong) refusals.Add(new("recipients", $"“{wrong}” is no mail address."));
        if (refusals.Count > 0) return refusals;
        foreach (var address in wanted.Kind == ReportKind.Figures ? addresses : [])
        {
            if (await desk.FindByEmailAsync(address) is { } holder && !holder.ToActor().MayManage()) return [new Refusal("recipients", $"“{address}” is of somebody who may not see these figures.")];
        }

        var rhythm = new ReportRhythm(wanted.Every, wanted.Hour, DateTimeZoneProviders.Tzdb[wanted.Zone]);
        return await gate.WriteAsync<IReadOnlyList<Refusal>>(async (db, stop) =>
        {
            if (await db.Set<ReportSchedule>().CountAsync(stop) >= Most) return [new Refusal("", $"There are {Most} already. Remove one first.", RefusalKind.NotNow)];
            db.Add(new ReportSchedule
            {
                Kind = wanted.Kind,
                Format = wanted.Format,
                OrganisationId = wanted.OrganisationId,
                Every = wanted.Every,
                Hour = wanted.Hour,
                Zone = wanted.Zone,
                Recipients = string.Join('\n', addresses),
                OwnerId = by.Id,
                NextAt = rhythm.Next(clock.Now()),
            });
            audit.Note(db, new Audited(AuditAct.ReportScheduled, by, $"Added: {wanted.Kind} as {wanted.Format.ToString().ToUpperInvariant()}, every {wanted.Every.ToString().ToLowerInvariant()}, to {addresses.Count} addresses.") { OrganisationId = wanted.OrganisationId });
            await db.SaveChangesAsync(stop);
            return [];
        }, cancellation);
    }

    /// <summary>Removes one. What it owes already is still mailed.</summary>
    public Task RemoveAsync(Actor by, int id, CancellationToken cancellation = default)
    {
        Require(by);
        return gate.WriteAsync(async (db, stop) =>
        {
            if (await db.Set<ReportSchedule>().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } schedule) return;
            db.Remove(schedule);
            audit.Note(db, new Audited(AuditAct.ReportScheduled, by, $"Removed: {schedule.Kind} as {schedule.Format.ToString().ToUpperInvariant()}, every {schedule.Every.ToString().ToLowerInvariant()}.") { OrganisationId = schedule.OrganisationId });
            await db.SaveChangesAsync(stop);
        }, cancellation);
    }

    private static void Require(Actor by)
    {
        if (!by.MayManage()) throw new UnauthorizedAccessException("Reports are managers'.");
    }
}
