using System.Text;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using SupportPortal.Application.People;
using SupportPortal.Web.Audit;
using SupportPortal.Web.People.SingleSignOn;

namespace SupportPortal.Web.People;

/// <summary>Signing in and out, for pages by cookie and for the API by token.</summary>
internal static class Accounts
{
    /// <summary>Where sign-in pages live.</summary>
    public const string SignInPath = "/account/login";

    public static void AddAccounts(this IServiceCollection services)
    {
        new IdentityBuilder(typeof(PortalUser), services).AddSignInManager<PortalSignIn>();
        services.AddScoped(all => (PortalSignIn)all.GetRequiredService<SignInManager<PortalUser>>());
        services.AddScoped<SignInDesk>();
        services.AddPasskeys();
        services.Configure<SecurityStampValidatorOptions>(check =>
        {
            check.ValidationInterval = SessionCheck.Between;
            check.OnRefreshingPrincipal = PortalSignIn.KeepAsync;
        });
        services.AddSingleton<CheckedCookies>();
        services.AddScoped<ISecurityStampValidator, CookieCheck>();
        services.AddSingleton<SecurityStamps>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<RefusedCalls>();
        services.AddSingleSignOn();
        services.AddHostedService<SetUpLink>();
        services.AddScoped<AuthenticationStateProvider, SessionCheck>();
        services.AddAuthentication().AddScheme<TokenAuthenticationOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        services.AddAuthorizationBuilder().AddPolicy(TokenAuthentication.Policy, policy =>
            policy.AddAuthenticationSchemes(TokenAuthentication.Scheme).RequireAuthenticatedUser().RequireAssertion(asked => asked.Resource is HttpContext call && TokenAuthentication.Allows(call)));
    }

    /// <summary>Signing out is a form's POST with its antiforgery token, never a link.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/logout", async (HttpContext context, SignInManager<PortalUser> session, SignIns signIns, [FromForm] string? returnUrl) =>
        {
            if (context.User.ToActor() is { } person) await signIns.NoteSignOutAsync(person, context.ToClient());
            await session.SignOutAsync();
            return Results.LocalRedirect(ReturnUrl.IsLocal(returnUrl) && Ascii.IsValid(returnUrl) ? returnUrl : "/");
        }).AllowAnonymous();
        app.MapPasskeys();
    }
}
