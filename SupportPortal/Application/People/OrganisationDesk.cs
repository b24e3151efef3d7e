using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SupportPortal.Application.Audit;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.People;

/// <summary>What an administrator sets about an organisation. Services: ids; none for all.</summary>
public sealed record OrganisationSettings(string Name, string? Plan, string? TimeZone, IReadOnlyList<int> Services);

/// <summary>What administrators do to organisations. Each act and its entry in the audit log are one transaction.</summary>
public sealed class OrganisationDesk(WriteGate gate, PolicyStore policies, PeopleDirectory directory, AffectedServices services, AuditLog audit)
{
    private const int LongestName = 100;
    private static readonly Refusal NoSuchOrganisation = new("", "This organisation was removed meanwhile.", RefusalKind.NotNow);

    /// <summary>Makes an organisation; answers its id.</summary>
    public async Task<(int? Id, Refusal? Refused)> AddAsync(Actor actor, string name, CancellationToken cancellation = default)
    {
        var added = Organisation.Named(name);
        var refused = await ActAsync(actor, async (db, stop) =>
        {
            if (await NameRefusalAsync(db, added, stop) is { } no) return no;
            db.Add(added);
            await db.SaveChangesAsync(stop); // For its id.
            Note(db, actor, AuditAct.OrganisationAdded, added.Id, $"Added “{added.Name}”.");
            return null;
        }, cancellation);
        return refused is null ? (added.Id, null) : (null, refused);
    }

    /// <summary>Changes what differs between what somebody saw and what they want: of two people who change different things neither undoes the other's.</summary>
    public Task<IReadOnlyList<Refusal>> ChangeAsync(Actor actor, int id, OrganisationSettings seen, OrganisationSettings wanted, CancellationToken cancellation = default) => ActAsync(actor, id, async (db, organisation, stop) =>
    {
        var said = new List<string>();
        var refusals = new List<Refusal>();
        if (wanted.Name.Trim() != seen.Name && wanted.Name.Trim() != organisation.Name)
        {
            var renamed = new Organisation { Id = id, Name = wanted.Name.Trim(), NormalizedName = Organisation.Normalize(wanted.Name) };
            if (await NameRefusalAsync(db, renamed, stop) is { } no) refusals.Add(no);
            said.Add($"Name “{organisation.Name}” to “{renamed.Name}”.");
            (organisation.Name, organisation.NormalizedName) = (renamed.Name, renamed.NormalizedName);
        }

        var plan = wanted.Plan == SlaPolicy.StandardPlan ? null : wanted.Plan;
        if (plan != seen.Plan && plan != organisation.Plan)
        {
            if (plan is not null && policies.Catalogue.Policies.All(policy => policy.Name != plan)) refusals.Add(new Refusal("plan", $"There is no plan “{plan}”."));
            said.Add($"Plan “{organisation.Plan ?? SlaPolicy.StandardPlan}” to “{plan ?? SlaPolicy.StandardPlan}”.");
            organisation.Plan = plan;
        }

        var zone = string.IsNullOrWhiteSpace(wanted.TimeZone) ? null : wanted.TimeZone.Trim();
        if (zone != seen.TimeZone && zone != organisation.TimeZone)
        {
            if (zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null) refusals.Add(new Refusal("timeZone", "Choose a time zone of the list, such as Europe/Berlin."));
            said.Add($"Time zone {organisation.TimeZone ?? "UTC"} to {zone ?? "UTC"}.");
            organisation.TimeZone = zone;
        }

        if (refusals.Count == 0 && !wanted.Services.Order().SequenceEqual(seen.Services.Order())) said.Add(await SetServicesAsync(db, id, wanted.Services, stop));
        if (refusals.Count == 0 && said.Count > 0) Note(db, actor, AuditAct.OrganisationChanged, id, string.Join(" ", said));
        return refusals;
    }, cancellation);

    /// <summary>Notes that a mail domain is the organisation's own. A domain belongs to one organisation only.</summary>
    public Task<IReadOnlyList<Refusal>> AddDomainAsync(Actor actor, int id, string text, CancellationToken cancellation = default) => ActAsync(actor, id, async (db, organisation, stop) =>
    {
        if (!MailDomain.TryRead(text, out var domain, out var problem)) return [new Refusal("domain", problem)];
        if (await db.Set<OrganisationDomain>().SingleOrDefaultAsync(d => d.Domain == domain, stop) is { } taken)
        {
            var holder = await db.Organisations.Where(o => o.Id == taken.OrganisationId).Select(o => o.Name).SingleAsync(stop);
            return [new Refusal("domain", taken.OrganisationId == id ? $"“{domain}” is in the list already." : $"“{domain}” belongs to “{holder}”. Remove it there first.")];
        }

        if (organisation.IsOpenToItsDomains && MailDomain.IsPublic(domain)) return [new Refusal("domain", OpenToEverybody(domain))];
        db.Add(new OrganisationDomain { Domain = domain, OrganisationId = id });
        Note(db, actor, AuditAct.OrganisationChanged, id, $"Added the domain {domain}.");
        return [];
    }, cancellation);

    /// <summary>Takes a mail domain from the organisation; nothing happens where it has it no longer. Without any it is open to nobody.</summary>
    public Task<IReadOnlyList<Refusal>> RemoveDomainAsync(Actor actor, int id, string domain, CancellationToken cancellation = default) => ActAsync(actor, id, async (db, organisation, stop) =>
    {
        var domains = await db.Set<OrganisationDomain>().Where(d => d.OrganisationId == id).ToListAsync(stop);
        if (domains.Find(d => d.Domain == domain) is not { } gone) return [];
        db.Remove(gone);
        var closes = organisation.IsOpenToItsDomains && domains.Count == 1;
        if (closes) organisation.IsOpenToItsDomains = false;
        Note(db, actor, AuditAct.OrganisationChanged, id, $"Removed the domain {domain}{(closes ? ", and closed registration with it" : "")}.");
        return [];
    }, cancellation);

    /// <summary>Whether whoever has an address at its domains may register. Never at a domain where anybody can have an address.</summary>
    public Task<IReadOnlyList<Refusal>> OpenAsync(Actor actor, int id, bool isOpen, CancellationToken cancellation = default) => ActAsync(actor, id, async (db, organisation, stop) =>
    {
        if (organisation.IsOpenToItsDomains == isOpen) return [];
        var domains = await db.Set<OrganisationDomain>().Where(d => d.OrganisationId == id).Select(d => d.Domain).ToListAsync(stop);
        if (isOpen && domains.Count == 0) return [new Refusal("open", "Add a domain first.")];
        if (isOpen && domains.Find(MailDomain.IsPublic) is { } everybodys) return [new Refusal("open", OpenToEverybody(everybodys))];
        organisation.IsOpenToItsDomains = isOpen;
        Note(db, actor, AuditAct.OrganisationChanged, id, isOpen ? "Opened registration to its domains." : "Closed registration to its domains.");
        return [];
    }, cancellation);

    /// <summary>Removes an organisation that has neither members nor requests.</summary>
    public Task<IReadOnlyList<Refusal>> RemoveAsync(Actor actor, int id, CancellationToken cancellation = default) => ActAsync(actor, id, async (db, organisation, stop) =>
    {
        if (await db.Users.AnyAsync(u => u.OrganisationId == id, stop)) return [new Refusal("remove", "It has members. Move them to another organisation first.", RefusalKind.NotNow)];
        if (await db.Set<TicketRow>().AnyAsync(t => t.OrganisationId == id, stop)) return [new Refusal("remove", "It has requests, which keep its name.", RefusalKind.NotNow)];
        db.Remove(organisation);
        Note(db, actor, AuditAct.OrganisationChanged, id, $"Removed “{organisation.Name}”.");
        return [];
    }, cancellation);

    private static async Task<string> SetServicesAsync(PortalDb db, int id, IReadOnlyList<int> wanted, CancellationToken cancellation)
    {
        var known = await db.Set<CloudService>().Where(s => wanted.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(cancellation);
        await db.Set<OrganisationService>().Where(s => s.OrganisationId == id).ExecuteDeleteAsync(cancellation);
        db.AddRange(known.Select(s => new OrganisationService { OrganisationId = id, ServiceId = s.Id })); // One that was removed meanwhile is left out.
        return known.Count == 0 ? "Services: all." : $"Services: {string.Join(", ", known.Select(s => s.Name))}.";
    }

    private static async Task<Refusal?> NameRefusalAsync(PortalDb db, Organisation named, CancellationToken cancellation)
    {
        if (named.Name.Length is 0 or > LongestName || named.Name.Any(char.IsControl)) return new Refusal("name", $"An organisation's name has 1 to {LongestName} characters, on one line.");
        return await db.Organisations.AnyAsync(o => o.NormalizedName == named.NormalizedName && o.Id != named.Id, cancellation)
            ? new Refusal("name", $"There is an organisation “{named.Name}” already.")
            : null;
    }

    private static string OpenToEverybody(string domain) => $"Anybody can have an address at {domain}. Registration cannot be opened to it.";

    private Task<IReadOnlyList<Refusal>> ActAsync(Actor actor, int id, Func<PortalDb, Organisation, CancellationToken, Task<IReadOnlyList<Refusal>>> act, CancellationToken cancellation) =>
        ActAsync<IReadOnlyList<Refusal>>(actor, refusal => [refusal], refusals => refusals.Count == 0, async (db, stop) =>
            await db.Organisations.SingleOrDefaultAsync(o => o.Id == id, stop) is { } organisation ? await act(db, organisation, stop) : [NoSuchOrganisation], cancellation);

    private Task<Refusal?> ActAsync(Actor actor, Func<PortalDb, CancellationToken, Task<Refusal?>> act, CancellationToken cancellation) =>
        ActAsync(actor, refusal => refusal, refusal => refusal is null, act, cancellation);

    private async Task<T> ActAsync<T>(Actor actor, Func<Refusal, T> refuse, Func<T, bool> isDone, Func<PortalDb, CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        if (!actor.MayAdminister()) return refuse(new Refusal("", "Only administrators change organisations.", RefusalKind.NotAllowed));
        try
        {
            return await gate.WriteAsync(async (db, stop) =>
            {
                var answer = await act(db, stop);
                if (isDone(answer)) await db.SaveChangesAsync(stop);
                return answer;
            }, cancellation);
        }
        catch (DbUpdateException overtaken) when (overtaken is DbUpdateConcurrencyException || overtaken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            return refuse(new Refusal("", "Somebody else changed this at the same moment. Look at it again, and try again.", RefusalKind.NotNow));
        }
        finally
        {
            directory.Forget();
            services.Forget();
        }
    }

    private void Note(PortalDb db, Actor actor, AuditAct act, int id, string detail) => audit.Note(db, new Audited(act, actor, detail) { OrganisationId = id });
}
