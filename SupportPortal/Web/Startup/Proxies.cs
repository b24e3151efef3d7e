using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.Startup;

/// <summary>
/// Whom the portal believes where a request came from: the proxies of the settings and nobody else. Rate limits and the audit log go by
/// that address.
/// </summary>
internal static class Proxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies;
        if (trusted.Length == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted) options.KnownIPNetworks.Add(PortalOptions.NetworkOf(proxy)!.Value);
        app.UseForwardedHeaders(options);
    }
}
