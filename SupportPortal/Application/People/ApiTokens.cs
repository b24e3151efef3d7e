using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>Whom a token speaks for.</summary>
public sealed record TokenOwner(Actor Actor, string Name, int TokenId)
{
    /// <summary>What the token opens of all that they may do.</summary>
    public TokenScope Scope { get; init; }
}

/// <summary>A token just made: <paramref name="Secret"/> is seen here and never again.</summary>
public sealed record NewToken(string Secret, ApiToken Kept);

/// <summary>
/// Makes, checks and revokes API tokens. A checked token is trusted for <see cref="Trust"/> without a query; what is revoked
/// or regraded in this process counts at once, elsewhere within that time.
/// </summary>
public sealed class ApiTokens(IDbContextFactory<PortalDb> databases, WriteGate gate, AuditLog audit, TimeProvider clock)
{
    /// <summary>How long a check is believed.</summary>
    public static readonly Duration Trust = Duration.FromSeconds(20);

    private const string Prefix = "spt_"; // Recognisable, so that secret scanners find one that was committed somewhere.
    private const int Length = 47; // The prefix and 32 bytes in base64url.
    private const int MostRemembered = 10_000;
    private static readonly Duration UseIsNotedEvery = Duration.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Checked> _checked = new();
    private int _forgotten;

    /// <summary>The owner with the rights they have now; null when the token is malformed, unknown, expired or revoked.</summary>
    public async ValueTask<TokenOwner?> AuthenticateAsync(string token, CancellationToken cancellation)
    {
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var hash = HashOf(token);
        var key = Convert.ToHexString(hash);
        var now = clock.Now();
        if (_checked.TryGetValue(key, out var known) && now < known.BelievedUntil) return known.Owner;
        return await CheckAsync(hash, key, now, cancellation);
    }

    /// <summary>Makes a token in the owner's name, by the portal itself, for everything that they may do.</summary>
    public Task<(NewToken? Made, Refusal? Refused)> MakeAsync(string ownerId, string name, Instant? expiresAt, CancellationToken cancellation) =>
        MakeAsync(null, ownerId, name, expiresAt, TokenScope.All, cancellation);

    /// <summary>Makes a token in the owner's name.</summary>
    public async Task<(NewToken? Made, Refusal? Refused)> MakeAsync(Actor? by, string ownerId, string name, Instant? expiresAt, TokenScope scope, CancellationToken cancellation)
    {
        var now = clock.Now();
        name = name.Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) return (null, new Refusal("name", "Give the token a name of at most 100 characters."));
        if (expiresAt <= now) return (null, new Refusal("expires", "The token would have expired already."));
        if (!Enum.IsDefined(scope)) return (null, new Refusal("scope", "A token may do everything that you may do, or read only."));

        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var token = new ApiToken { OwnerId = ownerId, Name = name, Hash = HashOf(secret), Scope = scope, CreatedAt = now, ExpiresAt = expiresAt };
        await gate.WriteAsync(async (db, stop) =>
        {
            db.Add(token);
            await db.SaveChangesAsync(stop);
            audit.Note(db, new Audited(AuditAct.TokenMade, by, $"Token {token.Id}.") { PersonId = ownerId });
            await db.SaveChangesAsync(stop);
        }, cancellation);
        return (new NewToken(secret, token), null);
    }

    /// <summary>The owner's tokens that still open something, newest first.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(string ownerId, CancellationToken cancellation)
    {
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.ApiTokens.AsNoTracking()
            .Where(t => t.OwnerId == ownerId && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now))
            .OrderByDescending(t => t.Id).ToListAsync(cancellation);
    }

    /// <summary>Ends one of the owner's tokens, by the portal itself; says whether there was such a one.</summary>
    public Task<bool> RevokeAsync(string ownerId, int tokenId, CancellationToken cancellation) => RevokeAsync(null, ownerId, tokenId, cancellation);

    /// <summary>Ends one of the owner's tokens; says whether there was such a one.</summary>
    public async Task<bool> RevokeAsync(Actor? by, string ownerId, int tokenId, CancellationToken cancellation)
    {
        var now = clock.Now();
        var ended = await gate.WriteAsync(async (db, stop) =>
        {
            var revoked = await db.ApiTokens.Where(t => t.Id == tokenId && t.OwnerId == ownerId && t.RevokedAt == null)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), stop);
            if (revoked > 0) audit.Note(db, new Audited(AuditAct.TokenRevoked, by, $"Token {tokenId}.") { PersonId = ownerId });
            await db.SaveChangesAsync(stop);
            return revoked;
        }, cancellation);
        Forget(ownerId);
        return ended > 0;
    }

    /// <summary>Stops believing what was checked for this person: their rights changed.</summary>
    public void Forget(string ownerId)
    {
        Interlocked.Increment(ref _forgotten);
        foreach (var (key, known) in _checked)
        {
            if (known.Owner.Actor.Id == ownerId) _checked.TryRemove(key, out _);
        }
    }

    private async Task<TokenOwner?> CheckAsync(byte[] hash, string key, Instant now, CancellationToken cancellation)
    {
        var forgotten = Volatile.Read(ref _forgotten);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await (
            from token in db.ApiTokens.AsNoTracking()
            where token.Hash == hash
            join owner in db.Users on token.OwnerId equals owner.Id
            select new { Token = token, Owner = owner }).SingleOrDefaultAsync(cancellation);

        if (found is null or { Owner.DeactivatedAt: not null } || found.Token.RevokedAt is not null || found.Token.ExpiresAt <= now)
        {
            _checked.TryRemove(key, out _);
            return null;
        }

        var until = now + Trust;
        if (found.Token.ExpiresAt is { } end && end < until) until = end;
        var known = new Checked(new TokenOwner(found.Owner.ToActor(), found.Owner.Name, found.Token.Id) { Scope = found.Token.Scope }, until);
        if (_checked.Count >= MostRemembered) _checked.Clear();
        if (forgotten == Volatile.Read(ref _forgotten)) _checked[key] = known; // Else the rights may have changed while we read.
        await NoteUseAsync(found.Token, now, cancellation);
        return known.Owner;
    }

    private async Task NoteUseAsync(ApiToken token, Instant now, CancellationToken cancellation)
    {
        if (token.LastUsedAt is { } last && now - last < UseIsNotedEvery) return;
        await gate.WriteAsync((db, stop) => db.ApiTokens.Where(t => t.Id == token.Id)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), stop), cancellation);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    private sealed record Checked(TokenOwner Owner, Instant BelievedUntil);
}
