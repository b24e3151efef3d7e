using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// Who administers a portal that nobody administers yet: whoever holds a key that its console showed. Every server of the portal knows
/// such a key, and none has a meaning once there is an administrator.
/// </summary>
public sealed class FirstAdministrator(PeopleDesk people, IDbContextFactory<PortalDb> databases, IDataProtectionProvider protection) : IDisposable
{
    private static readonly Refusal Spent = new("", "This link has been used or has expired. Start the portal again for a new one.");

    private readonly ITimeLimitedDataProtector _keys = protection.CreateProtector(nameof(FirstAdministrator)).ToTimeLimitedDataProtector();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Whether there is no administrator yet.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return !await db.Users.AnyAsync(u => u.Role == Role.Administrator, cancellation);
    }

    /// <summary>A key, good for a day.</summary>
    public string OfferKey() => _keys.Protect("", TimeSpan.FromDays(1));

    /// <summary>Whether the key opens anything.</summary>
    public async Task<bool> OpensAsync(string key, CancellationToken cancellation)
    {
        try
        {
            _keys.Unprotect(key);
        }
        catch (CryptographicException) // Of another portal, damaged, or too old.
        {
            return false;
        }

        return await IsNeededAsync(cancellation);
    }

    /// <summary>Makes the first administrator.</summary>
    public async Task<Refusal?> BecomeAsync(string key, string email, string? name, string password, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!await OpensAsync(key, cancellation)) return Spent;
            return (await people.AddAsync(
                new NewPerson(email, Role.Administrator, name, null, password), new Audited(AuditAct.PersonAdded, null, "The first administrator."),
                async (db, _, stop) => await db.Users.AnyAsync(u => u.Role == Role.Administrator, stop) ? Spent : null, cancellation)).Refused;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
