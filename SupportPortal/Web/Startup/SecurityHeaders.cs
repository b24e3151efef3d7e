using Scalar.AspNetCore;

namespace SupportPortal.Web.Startup;

/// <summary>What every answer tells the browser to refuse.</summary>
internal static class SecurityHeaders
{
    // Inline styles stay allowed: MudBlazor positions its popovers with them (MudBlazor/MudBlazor#4529).
    private const string ForPages =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Nothing of the API is a page, so nothing in it may load or run.
    private const string ForCalls = "default-src 'none'; frame-ancestors 'none'";

    // The API's reference page has an inline script of its own, which it marks for this answer alone.
    private const string ForReference =
        "default-src 'self'; script-src 'self' 'nonce-{0}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? ForCalls : ForPages;
        context.Response.OnStarting(() =>
        {
            if (context.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var nonce) && nonce is string once)
                headers.ContentSecurityPolicy = ForReference.Replace("{0}", once, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Browsers that came by https once come by nothing else for a year.</summary>
    public static void AddStrictTransport(this IServiceCollection services) =>
        services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
}
