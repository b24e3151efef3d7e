using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>People by a part of their name or e-mail address.</summary>
internal static class PeopleSearch
{
    /// <summary>Those of these people whose name or address contains the words; all of them without any.</summary>
    public static IQueryable<PortalUser> Containing(PortalDb db, IQueryable<PortalUser> people, string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) return people;
        if (LikePattern.Containing(words) is not { } pattern) return people.Where(u => false);
        return db.Database.IsNpgsql()
            ? people.Where(u => EF.Functions.ILike(u.Name, pattern, "\\") || EF.Functions.ILike(u.Email!, pattern, "\\"))
            : people.Where(u => EF.Functions.Like(u.Name, pattern, "\\") || EF.Functions.Like(u.Email!, pattern, "\\")); // SQLite's LIKE knows no case.
    }
}
