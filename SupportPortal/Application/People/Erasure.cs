using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// Makes a person anonymous, for good. The events keep the person's id, which names nobody any more, so every chain stays whole; what they
/// wrote stays with the requests it belongs to.
/// </summary>
public sealed class Erasure(WriteGate gate, PeopleDirectory directory, ApiTokens tokens, AttachmentFiles files, FollowersWhoLeave followers, AuditLog audit, TimeProvider clock)
{
    /// <summary>What everybody reads in place of an erased person's name.</summary>
    public const string Name = "Erased person";

    private static readonly Refusal Gone = new("", "There is no such person, or they were erased before.", RefusalKind.NotNow);
    private static readonly Refusal Overtaken = new("", "This person's account was changed at the same moment. Try again.", RefusalKind.NotNow);
    private static readonly Refusal NotYours = new("", "Only an administrator erases this account.", RefusalKind.NotAllowed);

    /// <summary>Erases a person, if <paramref name="by"/> may.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <param name="personId">Who is erased.</param>
    /// <param name="address">The network address it is asked from.</param>
    /// <param name="cancellation">Gives up before anything is changed.</param>
    public async Task<Refusal?> EraseAsync(Actor by, string personId, string? address, CancellationToken cancellation = default)
    {
        List<string> unsent = [];
        string? email = null;
        Refusal? refused;
        try
        {
            refused = await gate.WriteAsync(EraseAsync, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Overtaken; // They signed in, say, at the same moment.
        }

        if (refused is not null) return refused;
        foreach (var file in unsent) files.Delete(file);
        tokens.Forget(personId);
        directory.Forget();
        await followers.EndWatchesAsync(personId, null, CancellationToken.None);
        if (email is not null) await followers.EraseCopiesAsync(email, CancellationToken.None);
        return null;

        async Task<Refusal?> EraseAsync(PortalDb db, CancellationToken stop)
        {
            await PeopleTurn.TakeAsync(db, stop);
            if (await db.Users.SingleOrDefaultAsync(u => u.Id == personId, stop) is not { ErasedAt: null } person) return by.MayErase(personId, Role.Administrator) ? Gone : NotYours;
            if (!by.MayErase(person.Id, person.Role)) return NotYours;
            if (by.Id != personId && !await db.IsAdministratorAsync(by, stop)) return NotYours;
            if (await PeopleTurn.RefuseLastAdministratorAsync(db, personId, stop) is { } last) return last with { Field = "" };

            email = person.Email;
            await RemoveMailAsync(db, person, stop);
            Anonymise(person);
            await db.SaveChangesAsync(stop);
            unsent = await db.Set<AttachmentRow>().Where(a => a.OwnerId == personId && a.TicketId == null).Select(a => a.Id).ToListAsync(stop);
            await RemoveAsync(db, personId, stop);
            audit.Note(db, new Audited(AuditAct.PersonErased, by, by.Id == personId ? "At their own wish." : "By an administrator.") { PersonId = personId, Address = by.Id == personId ? null : address });
            await db.SaveChangesAsync(stop);
            return null;
        }
    }

    private void Anonymise(PortalUser person)
    {
        var nobody = $"erased-{Guid.NewGuid():N}@erased.invalid"; // No mail goes to a name under .invalid (RFC 2606).
        (person.UserName, person.NormalizedUserName) = (nobody, nobody.ToUpperInvariant());
        (person.Email, person.NormalizedEmail, person.EmailConfirmed) = (nobody, nobody.ToUpperInvariant(), false);
        (person.PhoneNumber, person.PhoneNumberConfirmed) = (null, false);
        (person.PasswordHash, person.TwoFactorEnabled, person.AccessFailedCount, person.LockoutEnd) = (null, false, 0, null);
        (person.Name, person.OrganisationId, person.SeesOrganisation, person.Team, person.SignedInAt) = (Name, null, false, null, null);
        person.ErasedAt = clock.Now();
        person.DeactivatedAt ??= person.ErasedAt;
        (person.SecurityStamp, person.ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString()); // Open sessions end.
    }

    /// <summary>Mail that is owed to the person's address, or to them by what they are reminded of.</summary>
    private static async Task RemoveMailAsync(PortalDb db, PortalUser person, CancellationToken cancellation)
    {
        var (id, address) = (person.Id, person.Email);
        var waiting = await db.Set<OutgoingMail>().Where(m => m.Address != null).Select(m => new { m.Id, m.Address }).ToListAsync(cancellation); // Few: it is taken out once a mail is sent.
        long[] theirs = [.. waiting.Where(m => string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase)).Select(m => m.Id)];
        foreach (var schedule in (await db.Set<ReportSchedule>().ToListAsync(cancellation)).Where(s => s.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase)))
        {
            schedule.Recipients = string.Join('\n', schedule.Addresses.Where(to => !string.Equals(to, address, StringComparison.OrdinalIgnoreCase)));
            if (schedule.Recipients.Length == 0) db.Remove(schedule); // It was for nobody else.
        }

        var failed = db.Set<TicketRow>().Where(t => t.RequesterId == id).Select(t => t.Id); // A mail server's refusal names whom it refuses.
        await db.Set<OutgoingMail>().Where(m => m.Failure != null && m.PersonId == null && m.Address == null && failed.Contains(m.TicketId))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Failure, (string?)null), cancellation);
        await db.Set<OutgoingMail>().Where(m => m.PersonId == id || theirs.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Address, (string?)null).SetProperty(m => m.NextAttemptAt, (NodaTime.Instant?)null).SetProperty(m => m.Failure, (string?)null), cancellation);
    }

    private static async Task RemoveAsync(PortalDb db, string id, CancellationToken cancellation)
    {
        await db.Set<IdentityUserClaim<string>>().Where(c => c.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<IdentityUserLogin<string>>().Where(l => l.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<IdentityUserToken<string>>().Where(t => t.UserId == id).ExecuteDeleteAsync(cancellation); // The second factor's key, recovery codes.
        await db.Set<IdentityUserPasskey<string>>().Where(p => p.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<Device>().Where(d => d.PersonId == id).ExecuteDeleteAsync(cancellation);
        await db.ApiTokens.Where(t => t.OwnerId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<DraftRow>().Where(d => d.OwnerId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<SavedView>().Where(v => v.OwnerId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<ReminderReader>().Where(r => r.PersonId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<AttachmentRow>().Where(a => a.OwnerId == id && a.TicketId == null).ExecuteDeleteAsync(cancellation);
        await db.Set<AuditEntry>().Where(e => (e.ActorId == id || (e.ActorId == null && e.PersonId == id)) && e.Address != null).ExecuteUpdateAsync(set => set.SetProperty(e => e.Address, (string?)null), cancellation);
    }
}
