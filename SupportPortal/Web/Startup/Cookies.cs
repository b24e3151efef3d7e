using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.Startup;

/// <summary>
/// The portal's cookies: out of scripts' reach, not sent along with other sites' posts, and over TLS only wherever people reach the
/// portal by it. Where they do, the session's name keeps other hosts of the domain from setting it.
/// </summary>
internal sealed class Cookies(IOptions<PortalOptions> portal) : IPostConfigureOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    /// <summary>The session's name where the portal is reached by https.</summary>
    public const string Session = "__Host-portal";

    /// <summary>Whether people reach the portal by https, as far as the settings say.</summary>
    public static bool IsHttps(PortalOptions portal) => portal.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>When cookies are sent over TLS only.</summary>
    public static CookieSecurePolicy SecureOf(PortalOptions portal) => IsHttps(portal) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        (options.Cookie.HttpOnly, options.Cookie.SameSite, options.Cookie.SecurePolicy) = (true, SameSiteMode.Lax, SecureOf(portal.Value));
        if (name == IdentityConstants.ApplicationScheme && IsHttps(portal.Value)) options.Cookie.Name = Session;
    }

    // Not "always": it would refuse every form behind a proxy that is not named in the settings.
    public void Configure(AntiforgeryOptions options) =>
        (options.Cookie.HttpOnly, options.Cookie.SameSite, options.Cookie.SecurePolicy) = (true, SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest);
}
