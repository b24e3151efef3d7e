using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>A token and whose it is.</summary>
public sealed record OwnedToken(ApiToken Token, string OwnerName, string? OwnerEmail);

/// <summary>Everybody's API tokens, for administrators only.</summary>
public sealed class TokenAdministration(IDbContextFactory<PortalDb> databases, ApiTokens tokens, TimeProvider clock)
{
    /// <summary>Tokens that still open something, newest first.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="owner">A part of the owner's name or e-mail address; null for everybody's.</param>
    /// <param name="before">The id of the last token on the page before.</param>
    /// <param name="limit">The most tokens to answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The tokens, and whether there are more.</returns>
    public async Task<(IReadOnlyList<OwnedToken> Tokens, bool HasMore)> ListAsync(Actor reader, string? owner, int? before, int limit, CancellationToken cancellation)
    {
        if (!reader.MayAdminister()) return ([], false);
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var live = db.ApiTokens.Where(t => t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now));
        if (before is { } last) live = live.Where(t => t.Id < last);
        var owners = PeopleSearch.Containing(db, db.Users.Where(u => u.DeactivatedAt == null), owner);
        var found = await (
            from token in live
            join person in owners on token.OwnerId equals person.Id
            orderby token.Id descending
            select new { token, person.Name, person.Email }).Take(limit + 1).AsNoTracking().ToListAsync(cancellation);
        return ([.. found.Take(limit).Select(f => new OwnedToken(f.token, f.Name, f.Email))], found.Count > limit);
    }

    /// <summary>Ends a token; says whether there was such a one.</summary>
    public Task<bool> RevokeAsync(Actor by, ApiToken token, CancellationToken cancellation) =>
        by.MayAdminister() ? tokens.RevokeAsync(by, token.OwnerId, token.Id, cancellation) : Task.FromResult(false);
}
