using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Storage;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.People.SingleSignOn;

/// <summary>An authentication scheme for each identity provider of the settings, under its key.</summary>
internal sealed class SingleSignOnSchemes(IOptions<PortalOptions> portal, TimeProvider clock)
    : IConfigureOptions<AuthenticationOptions>, IConfigureNamedOptions<OpenIdConnectOptions>
{
    // A provider's documents and answers have some kilobytes. What is longer is no answer.
    private const long LongestAnswer = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public void Configure(AuthenticationOptions options)
    {
        foreach (var (key, provider) in portal.Value.SingleSignOn)
        {
            options.AddScheme(key, scheme =>
            {
                scheme.DisplayName = provider.Name;
                scheme.HandlerType = typeof(OpenIdConnectHandler);
            });
        }
    }

    public void Configure(OpenIdConnectOptions options)
    {
        // There is no provider without a key.
    }

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name is null || !portal.Value.SingleSignOn.TryGetValue(name, out var provider)) return;
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
        options.Scope.Clear();
        foreach (var scope in provider.AskedScopes) options.Scope.Add(scope);

        // The code comes back in a GET, so that the cookies need not be sent along with other sites' posts.
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = $"{SingleSignOnPage.PathOf(name)}/callback";
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.EventsType = typeof(SingleSignOnEvents);
        options.TimeProvider = clock;

        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.Clear();
        foreach (var claim in new[] { "email", "email_verified", "name", provider.RoleClaim, provider.OrganisationClaim }.OfType<string>().Distinct())
            options.ClaimActions.MapJsonKey(claim, claim);

        options.BackchannelTimeout = Patience;
        options.Backchannel = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
        options.Backchannel.DefaultRequestHeaders.UserAgent.ParseAdd("SupportPortal");

        var secure = Cookies.SecureOf(portal.Value);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            (cookie.SameSite, cookie.HttpOnly, cookie.SecurePolicy) = (SameSiteMode.Lax, true, secure);
    }
}

internal static class SingleSignOnServices
{
    /// <summary>Single sign-on by OpenID Connect; without providers in the settings it costs nothing.</summary>
    public static void AddSingleSignOn(this IServiceCollection services)
    {
        services.AddTransient<OpenIdConnectHandler>();
        services.AddTransient<SingleSignOnEvents>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddSingleton<SingleSignOnSchemes>();
        services.AddSingleton<IConfigureOptions<AuthenticationOptions>>(all => all.GetRequiredService<SingleSignOnSchemes>());
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>>(all => all.GetRequiredService<SingleSignOnSchemes>());
    }
}
