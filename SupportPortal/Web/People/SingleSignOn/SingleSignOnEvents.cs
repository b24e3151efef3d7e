using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People.SingleSignOn;

/// <summary>
/// What comes back from an identity provider: somebody it vouches for, or a failure. Either way the portal goes on with a cookie or a
/// sentence of its own; nothing of the provider's is kept.
/// </summary>
internal sealed partial class SingleSignOnEvents(
    SingleSignOnDesk desk, PortalSignIn session, SignInLimits limits, IOptions<PortalOptions> portal, ILogger<SingleSignOnEvents> log) : OpenIdConnectEvents
{
    // Asks for the code of whoever set up a second step here; the provider's word is the first.
    private const string SecondStepPath = "/account/two-factor-code";

    /// <summary>In which item of the state the wanted page travels.</summary>
    public const string ReturnTo = "return-to";

    /// <summary>The provider sends people back to the portal's own address, whatever the request called it.</summary>
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (portal.Value.PublicUrl is { } url) context.ProtocolMessage.RedirectUri = url.TrimEnd('/') + context.Options.CallbackPath;
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (key, http) = (context.Scheme.Name, context.HttpContext);
        var provider = portal.Value.SingleSignOn[key];
        if (ProviderClaims.Read([.. context.Principal!.Claims], provider) is not { } claims)
        {
            await desk.RefuseAsync(key, SingleSignOnRefusal.TooMuch, null, AddressOf(http), http.RequestAborted);
            Refuse(context.Response, key, SingleSignOnRefusal.TooMuch, context.Properties);
            return;
        }

        var (person, refused) = await desk.AdmitAsync(key, claims, AddressOf(http), http.RequestAborted);
        if (refused is { } why)
        {
            Refuse(context.Response, key, why, context.Properties);
            return;
        }

        var wanted = WantedOf(context.Properties);
        var outcome = await session.EnterByAsync(person!, provider.Name);
        context.Response.Redirect(outcome.RequiresTwoFactor ? $"{SecondStepPath}?returnUrl={Uri.EscapeDataString(wanted ?? "")}" : ReturnUrl.For(person!.Role, wanted));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        Refuse(context.Response, context.Scheme.Name, SingleSignOnRefusal.Cancelled, context.Properties);
        return Task.CompletedTask;
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var (key, http) = (context.Scheme.Name, context.HttpContext);
        var why = WhyOf(context.Failure);
        if (context.Properties is null || limits.Refuse(http) is not null)
        {
            LogStray(key, context.Failure?.Message); // Without a state of ours, or with one shown again and again, it is nobody's sign-in.
        }
        else
        {
            LogFailure(context.Failure, key);
            await desk.RefuseAsync(key, why, null, AddressOf(http), http.RequestAborted);
        }

        Refuse(context.Response, key, why, context.Properties);
    }

    private static SingleSignOnRefusal WhyOf(Exception? failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } or { InnerException: ArgumentException } => SingleSignOnRefusal.TooMuch,
        ArgumentException => SingleSignOnRefusal.TooMuch, // A token above the reader's limit.
        HttpRequestException or OperationCanceledException => SingleSignOnRefusal.Unreachable,
        _ => SingleSignOnRefusal.Invalid,
    };

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private static string? WantedOf(AuthenticationProperties? state) => state?.Items.TryGetValue(ReturnTo, out var wanted) == true ? wanted : null;

    private static void Refuse(HttpResponse response, string key, SingleSignOnRefusal why, AuthenticationProperties? state) =>
        response.Redirect(SingleSignOnDoor.RefusedAt(key, why, WantedOf(state)));

    [LoggerMessage(LogLevel.Warning, "The answer of {Provider} is unusable")]
    private partial void LogFailure(Exception? failure, string provider);

    [LoggerMessage(LogLevel.Information, "An answer of {Provider} that nobody asked for: {Failure}")]
    private partial void LogStray(string provider, string? failure);
}
