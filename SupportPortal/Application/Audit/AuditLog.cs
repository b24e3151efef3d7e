using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Audit;

/// <summary>What an entry is to say, beside when.</summary>
/// <param name="Act">What was done.</param>
/// <param name="By">Who did it; null for the portal itself, its command line, and visitors.</param>
/// <param name="Detail">What exactly. Names nobody: people are named by their ids.</param>
public sealed record Audited(AuditAct Act, Actor? By, string Detail)
{
    /// <summary>The person it was done to.</summary>
    public string? PersonId { get; init; }

    /// <summary>The organisation it was done to.</summary>
    public int? OrganisationId { get; init; }

    /// <summary>The network address it came from, where one is known.</summary>
    public string? Address { get; init; }
}

/// <summary>Writes down who did what to the portal and its people. An act and its entry are one transaction: neither is without the other.</summary>
public sealed class AuditLog(WriteGate gate, TimeProvider clock)
{
    /// <summary>Adds an entry to what this context saves next.</summary>
    public void Note(PortalDb db, Audited audited) => db.Add(new AuditEntry
    {
        At = clock.Now(),
        Act = audited.Act,
        ActorId = audited.By is { } by && by.Id != Actor.System.Id ? by.Id : null,
        PersonId = audited.PersonId,
        OrganisationId = audited.OrganisationId,
        Detail = audited.Detail[..Math.Min(audited.Detail.Length, AuditEntry.LongestDetail)],
        Address = audited.Address,
    });

    /// <summary>Writes an entry of its own, for what changes nothing else in the store.</summary>
    public Task WriteAsync(Audited audited, CancellationToken cancellation = default) => gate.WriteAsync(async (db, stop) =>
    {
        Note(db, audited);
        await db.SaveChangesAsync(stop);
    }, cancellation);
}
