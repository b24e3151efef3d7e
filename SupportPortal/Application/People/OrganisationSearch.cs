using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>Organisations by a part of their name.</summary>
internal static class OrganisationSearch
{
    /// <summary>The ids of those whose name contains the words, however they are spelled.</summary>
    public static IQueryable<int> Named(PortalDb db, string words)
    {
        if (LikePattern.Containing(Organisation.Normalize(words)) is not { } pattern) return db.Organisations.Where(o => false).Select(o => o.Id);
        return db.Organisations.Where(o => EF.Functions.Like(o.NormalizedName, pattern, "\\")).Select(o => o.Id);
    }
}
