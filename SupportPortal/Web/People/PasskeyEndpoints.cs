using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>
/// What a browser needs to make a passkey or to show one (WebAuthn's options). Both are forms' POSTs with their antiforgery token, and
/// count as tries of their network.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void AddPasskeys(this IServiceCollection services) => services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PortalOptions>>((passkey, portal) =>
    {
        passkey.ServerDomain = portal.Value.PublicUrl is { } url ? new Uri(url).Host : null; // Else the host that the request names.
        passkey.UserVerificationRequirement = "required"; // A finger, a face or a PIN: a passkey counts as two steps.
        passkey.ResidentKeyRequirement = "required"; // It names its account by itself: nobody types an address, and none is told apart.
    });

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var passkeys = app.MapGroup("/account/passkey-options").AddEndpointFilter<FormsOwnFilter>();
        passkeys.MapPost("/show", async (SignInManager<PortalUser> session) => Json(await session.MakePasskeyRequestOptionsAsync(null))).AllowAnonymous();
        passkeys.MapPost("/make", MakeAsync).RequireAuthorization();
    }

    /// <summary>Only whoever confirms that it is them gets options to make a passkey, so that one that is shown later needs no second question.</summary>
    private static async Task<IResult> MakeAsync(
        HttpContext context, PortalSignIn session, Confirmation confirmation, [FromForm(Name = "Form.Name")] string? name, [FromForm(Name = "Form.Present")] string? present)
    {
        if (await session.UserManager.GetUserAsync(context.User) is not { Email: { } email } person) return Results.Unauthorized();
        if ((Passkeys.RefuseName(name) ?? await confirmation.RefuseAsync(person.Id, present, context.ToClient(), context.RequestAborted)) is { } refused)
            return Results.Problem(refused.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        return Json(await session.MakePasskeyCreationOptionsAsync(new() { Id = person.Id, Name = email, DisplayName = person.Name }));
    }

    private static IResult Json(string options) => Results.Text(options, MediaTypeNames.Application.Json);

    /// <summary>Refuses what no form of this portal sent, and what is one try too many.</summary>
    private sealed class FormsOwnFilter(IAntiforgery antiforgery, SignInLimits limits) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            if (!await antiforgery.IsRequestValidAsync(context.HttpContext))
                return Results.Problem("This page is out of date. Reload it and try again.", statusCode: StatusCodes.Status400BadRequest);
            return limits.Refuse(context.HttpContext) is { } tooMany ? Results.Problem(tooMany, statusCode: StatusCodes.Status429TooManyRequests) : await next(context);
        }
    }
}
