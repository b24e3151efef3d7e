using System.Diagnostics.CodeAnalysis;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>Where a person goes after signing in.</summary>
public static class ReturnUrl
{
    /// <summary>Where they were going, if that is a page of this portal; else where their role's work lies.</summary>
    public static string For(Role role, string? wanted) =>
        IsLocal(wanted) && wanted != "/" ? wanted : role >= Role.Agent ? "/desk" : "/requests";

    /// <summary>Whether the address stays here. Browsers read "//host" and "/\host" as another server, and drop control characters.</summary>
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
