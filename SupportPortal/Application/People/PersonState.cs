using System.Linq.Expressions;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>Whether a person can sign in.</summary>
public enum PersonState
{
    /// <summary>They have a password, or have signed in by other means.</summary>
    Active,

    /// <summary>They have an account and have not been in yet.</summary>
    Invited,

    /// <summary>They may not sign in any more.</summary>
    Deactivated,

    /// <summary>They were made anonymous, for good.</summary>
    Erased,
}

/// <summary>A person's state, for one person and as a filter for a query.</summary>
public static class PersonStates
{
    /// <summary>The state of this person.</summary>
    public static PersonState StateOf(this PortalUser person) => person switch
    {
        { ErasedAt: not null } => PersonState.Erased,
        { DeactivatedAt: not null } => PersonState.Deactivated,
        { PasswordHash: null, SignedInAt: null } => PersonState.Invited,
        _ => PersonState.Active,
    };

    /// <summary>The same rule as a filter.</summary>
    public static Expression<Func<PortalUser, bool>> Are(PersonState state) => state switch
    {
        PersonState.Erased => u => u.ErasedAt != null,
        PersonState.Deactivated => u => u.DeactivatedAt != null && u.ErasedAt == null,
        PersonState.Invited => u => u.DeactivatedAt == null && u.ErasedAt == null && u.PasswordHash == null && u.SignedInAt == null,
        _ => u => u.DeactivatedAt == null && u.ErasedAt == null && (u.PasswordHash != null || u.SignedInAt != null),
    };

    /// <summary>Administrators who can sign in.</summary>
    internal static IQueryable<PortalUser> ActiveAdministrators(this IQueryable<PortalUser> people) =>
        people.Where(u => u.Role == Role.Administrator).Where(Are(PersonState.Active));
}
