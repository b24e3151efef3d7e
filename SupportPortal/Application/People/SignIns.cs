using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>Writes down who came in, who was refused and who left, with the browser that they came by.</summary>
public sealed class SignIns(PersonActs acts, WriteGate gate, AuditLog audit, TimeProvider clock)
{
    /// <summary>The person signed in: earlier wrong tries are forgotten, and the browser is kept as a device, in place of what its cookie named before.</summary>
    /// <param name="person">Who.</param>
    /// <param name="way">How: <c>pwd</c>, <c>mfa</c>, <c>recovery</c>, <c>passkey</c>, or the name of another system. Null for somebody who was signed in already and gets another cookie.</param>
    /// <param name="device">The device's new id.</param>
    /// <param name="from">The browser.</param>
    public Task NoteAsync(PortalUser person, string? way, string device, Client from) => gate.WriteAsync(async (db, stop) =>
    {
        var now = clock.Now();
        if (from.DeviceId is { } before) await EndAsync(db, before, now, stop);
        db.Add(new Device { Id = device, PersonId = person.Id, Agent = Cut(from.Agent, 300), Address = from.Address, SignedInAt = now, SeenAt = now });
        if (way is not null)
        {
            await db.Users.Where(u => u.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SignedInAt, now).SetProperty(u => u.AccessFailedCount, 0), stop);
            audit.Note(db, new Audited(AuditAct.SignedIn, person.ToActor(), Words(way)) { PersonId = person.Id, Address = from.Address });
        }

        await db.SaveChangesAsync(stop);
    });

    /// <summary>Somebody was refused.</summary>
    /// <param name="personId">Whose account it was; null when there is none, and nothing of the address that was typed is kept.</param>
    /// <param name="why">The reason, which the person is not told.</param>
    /// <param name="from">The browser.</param>
    /// <param name="counts">Whether it brings the account nearer to its lock.</param>
    public Task RefuseAsync(string? personId, string why, Client from, bool counts = false) => personId is null
        ? audit.WriteAsync(new Audited(AuditAct.SignInRefused, null, why) { Address = from.Address })
        : acts.DoAsync(personId, false, async act =>
        {
            if (counts) PersonActs.Require(await act.People.AccessFailedAsync(act.Person));
            NoteRefusal(act, why, from);
            return true;
        }, CancellationToken.None);

    /// <summary>The person signed out here.</summary>
    public Task NoteSignOutAsync(Actor person, Client from) => gate.WriteAsync(async (db, stop) =>
    {
        if (from.DeviceId is { } device) await EndAsync(db, device, clock.Now(), stop);
        audit.Note(db, new Audited(AuditAct.SignedOut, person, "Here.") { PersonId = person.Id, Address = from.Address });
        await db.SaveChangesAsync(stop);
    });

    internal void NoteRefusal(PersonAct act, string why, Client from) =>
        audit.Note(act.Db, new Audited(AuditAct.SignInRefused, null, why) { PersonId = act.Person.Id, Address = from.Address });

    private static Task<int> EndAsync(PortalDb db, string device, Instant now, CancellationToken cancellation) =>
        db.Set<Device>().Where(d => d.Id == device && d.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedAt, now), cancellation);

    private static string Words(string way) => way switch
    {
        "pwd" => "By password.",
        "mfa" => "By a second step with a code.",
        "recovery" => "By a second step with a recovery code.",
        _ => $"By {way}.",
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
