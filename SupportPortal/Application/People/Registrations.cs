using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>
/// Accounts that people make for themselves: whoever reads mail at a domain of an organisation that is open to its domains. The key in
/// the mail names address and organisation; nothing is kept until it comes back.
/// </summary>
public sealed class Registrations(PeopleDesk people, IDbContextFactory<PortalDb> databases, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a key opens something.</summary>
    public static readonly Duration KeyLasts = Duration.FromDays(3);

    /// <summary>How long it is believed whether anybody can register.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private static readonly Refusal Spent = new("", "This link has expired, or your organisation no longer takes registrations. Ask for a new one.");
    private static readonly IdnMapping Idn = new();

    private readonly IDataProtector _keys = protection.CreateProtector(nameof(Registrations));
    private Known? _known;

    /// <summary>Whether there is an organisation that takes registrations.</summary>
    public async ValueTask<bool> AreOpenAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _known) is { } known && clock.GetElapsedTime(known.ReadAt) < Freshness) return known.AreOpen;
        var now = clock.GetTimestamp();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var open = await Open(db).AnyAsync(cancellation);
        Volatile.Write(ref _known, new Known(open, now));
        return open;
    }

    /// <summary>The organisation that takes registrations of this address; null when none does.</summary>
    public async Task<int?> OrganisationForAsync(string address, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await OrganisationForAsync(db, address, cancellation);
    }

    /// <summary>A key with which this address can register at the organisation.</summary>
    public string OfferKey(string address, int organisationId) =>
        _keys.Protect(string.Create(CultureInfo.InvariantCulture, $"{(clock.Now() + KeyLasts).ToUnixTimeSeconds()} {organisationId} {address.Trim()}"));

    /// <summary>The address that the key lets register now; null when it is of another portal, damaged, too old, or the organisation no longer takes any.</summary>
    public async Task<string?> AddressOfAsync(string key, CancellationToken cancellation) =>
        Read(key) is var (address, organisation) && await OrganisationForAsync(address, cancellation) == organisation ? address : null;

    /// <summary>Makes the account.</summary>
    public async Task<Refusal?> ConfirmAsync(string key, string? name, string password, CancellationToken cancellation)
    {
        if (Read(key) is not var (address, organisation)) return Spent;
        var person = new NewPerson(address, Role.Customer, name, null, password);
        var (_, refused) = await people.AddAsync(person, new Audited(AuditAct.PersonAdded, null, "Registered by the domain of the address."), async (db, user, stop) =>
        {
            user.OrganisationId = organisation;
            return await OrganisationForAsync(db, address, stop) == organisation ? null : Spent;
        }, cancellation);
        return refused;
    }

    private (string Address, int OrganisationId)? Read(string key)
    {
        string said;
        try
        {
            said = _keys.Unprotect(key);
        }
        catch (CryptographicException) // Of another portal, or damaged.
        {
            return null;
        }

        var parts = said.Split(' ', 3);
        return clock.Now().ToUnixTimeSeconds() < long.Parse(parts[0], CultureInfo.InvariantCulture) ? (parts[2], int.Parse(parts[1], CultureInfo.InvariantCulture)) : null;
    }

    private static async Task<int?> OrganisationForAsync(PortalDb db, string address, CancellationToken cancellation)
    {
        if (DomainsOf(address) is not [_, ..] domains) return null;
        return await Open(db).Where(d => domains.Contains(d.Domain)).Select(d => (int?)d.OrganisationId).FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<OrganisationDomain> Open(PortalDb db) =>
        from domain in db.Set<OrganisationDomain>()
        join organisation in db.Organisations on domain.OrganisationId equals organisation.Id
        where organisation.IsOpenToItsDomains
        select domain;

    /// <summary>The domain of an address as it may be written: in its own letters and in those of the network.</summary>
    private static string[] DomainsOf(string address)
    {
        if (!PeopleDesk.IsAddress(address)) return [];
        var domain = address.Trim().Split('@')[1].ToLowerInvariant();
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return [.. new[] { domain, ascii, Idn.GetUnicode(ascii) }.Distinct()];
        }
        catch (ArgumentException) // No name that the network knows.
        {
            return [];
        }
    }

    private sealed record Known(bool AreOpen, long ReadAt);
}
