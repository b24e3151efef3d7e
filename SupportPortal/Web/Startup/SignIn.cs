using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Startup;

/// <summary>Who may open which page. The act itself is checked again in the use case.</summary>
public static class Policies
{
    /// <summary>Agents, managers and administrators.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Managers and administrators.</summary>
    public const string Managers = nameof(Managers);

    /// <summary>Administrators.</summary>
    public const string Administrators = nameof(Administrators);
}

/// <summary>The cookie that says who is there, and the policies over the roles in it.</summary>
internal static class SignIn
{
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(options =>
        {
            options.DefaultScheme = IdentityConstants.ApplicationScheme;
            options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
        }).AddIdentityCookies();

        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, Cookies>();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>, Cookies>();
        services.AddStrictTransport();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/account/login";
            cookie.LogoutPath = "/account/logout";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = Devices.Lifetime.ToTimeSpan();
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });

        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Staff, policy => policy.RequireRole(From(Role.Agent)))
            .AddPolicy(Policies.Managers, policy => policy.RequireRole(From(Role.Manager)))
            .AddPolicy(Policies.Administrators, policy => policy.RequireRole(From(Role.Administrator)));
    }

    private static IEnumerable<string> From(Role least) => Enum.GetValues<Role>().Where(role => role >= least).Select(role => role.ToString());
}
