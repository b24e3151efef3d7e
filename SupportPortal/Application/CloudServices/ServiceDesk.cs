using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.CloudServices;

/// <summary>A cloud service, and how many organisations name it as one that they use.</summary>
public sealed record ServiceView(int Id, string Name, int Organisations);

/// <summary>The list of cloud services. A ticket keeps the name under which it was reported, whatever becomes of the service.</summary>
public sealed class ServiceDesk(IDbContextFactory<PortalDb> databases, WriteGate gate, AffectedServices known, AuditLog audit)
{
    private static readonly Refusal NoSuchService = new("", "This service was removed meanwhile.", RefusalKind.NotNow);

    /// <summary>All services, in alphabetical order.</summary>
    public async Task<IReadOnlyList<ServiceView>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<CloudService>().OrderBy(s => s.Name)
            .Select(s => new ServiceView(s.Id, s.Name, db.Set<OrganisationService>().Count(used => used.ServiceId == s.Id))).ToListAsync(cancellation);
    }

    /// <summary>Adds a service of that name.</summary>
    public Task<Refusal?> AddAsync(Actor actor, string name, CancellationToken cancellation = default) => ChangeAsync(actor, async (db, stop) =>
    {
        var (clean, refused) = await CheckAsync(db, name, null, stop);
        if (refused is not null) return refused;
        db.Add(new CloudService { Name = clean });
        Note(db, actor, $"Added “{clean}”.");
        return null;
    }, cancellation);

    /// <summary>Gives a service another name.</summary>
    public Task<Refusal?> RenameAsync(Actor actor, int id, string name, CancellationToken cancellation = default) => ChangeAsync(actor, async (db, stop) =>
    {
        if (await db.Set<CloudService>().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } service) return NoSuchService;
        var (clean, refused) = await CheckAsync(db, name, id, stop);
        if (refused is not null || clean == service.Name) return refused;
        Note(db, actor, $"Renamed “{service.Name}” to “{clean}”.");
        service.Name = clean;
        return null;
    }, cancellation);

    /// <summary>Removes a service, unless an organisation names it.</summary>
    public Task<Refusal?> RemoveAsync(Actor actor, int id, CancellationToken cancellation = default) => ChangeAsync(actor, async (db, stop) =>
    {
        if (await db.Set<CloudService>().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } service) return NoSuchService;
        var users = await db.Set<OrganisationService>().CountAsync(used => used.ServiceId == id, stop);
        if (users > 0) return new Refusal("", $"{(users == 1 ? "One organisation uses" : $"{users} organisations use")} “{service.Name}”. Take it off their lists first.", RefusalKind.NotNow);
        db.Remove(service);
        Note(db, actor, $"Removed “{service.Name}”.");
        return null;
    }, cancellation);

    private async Task<Refusal?> ChangeAsync(Actor actor, Func<PortalDb, CancellationToken, Task<Refusal?>> change, CancellationToken cancellation)
    {
        if (!actor.MayAdminister()) return new Refusal("", "Only administrators change services.", RefusalKind.NotAllowed);
        try
        {
            return await gate.WriteAsync(async (db, stop) =>
            {
                var refused = await change(db, stop);
                if (refused is null) await db.SaveChangesAsync(stop);
                return refused;
            }, cancellation);
        }
        catch (DbUpdateException overtaken) when (overtaken is DbUpdateConcurrencyException || overtaken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            return new Refusal("", "Somebody else changed the services at the same moment. Look at the list, and try again.", RefusalKind.NotNow);
        }
        finally
        {
            known.Forget();
        }
    }

    private static async Task<(string Name, Refusal? Refused)> CheckAsync(PortalDb db, string text, int? id, CancellationToken cancellation)
    {
        var name = text.Trim();
        if (name.Length is 0 or > TicketText.ServiceLength || name.Any(char.IsControl)) return (name, new Refusal("name", $"A service's name has 1 to {TicketText.ServiceLength} characters, on one line."));
        var others = await db.Set<CloudService>().Where(s => s.Id != id).Select(s => s.Name).ToListAsync(cancellation);
        return (name, others.Contains(name, StringComparer.OrdinalIgnoreCase) ? new Refusal("name", $"There is a service “{name}” already.") : null);
    }

    private void Note(PortalDb db, Actor actor, string detail) => audit.Note(db, new Audited(AuditAct.ServiceChanged, actor, detail));
}
