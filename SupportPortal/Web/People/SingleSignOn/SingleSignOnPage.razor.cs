using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People.SingleSignOn;

/// <summary>
/// Leaves for an identity provider. It answers with a page that goes on by itself rather than with a redirect: the Content-Security-Policy
/// lets no form's answer lead to another host.
/// </summary>
public sealed partial class SingleSignOnPage
{
    /// <summary>The form that leaves.</summary>
    public const string FormName = "leave";

    // It travels in the state, in an address.
    private const int LongestReturn = 500;

    private string? _away;
    private string? _problem;

    [Inject]
    public required IOptions<PortalOptions> Portal { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<SingleSignOnPage> Log { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>The provider's key.</summary>
    [Parameter]
    public required string Key { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Wanted { get; set; }

    private string Name => Portal.Value.SingleSignOn.TryGetValue(Key, out var provider) ? provider.Name : "";

    /// <summary>The page of a provider.</summary>
    public static string PathOf(string key) => $"/account/sso/{key}";

    protected override void OnInitialized()
    {
        if (!Portal.Value.SingleSignOn.ContainsKey(Key)) Navigation.NotFound();
    }

    private async Task LeaveAsync()
    {
        _problem = Limits.Refuse(HttpContext);
        if (_problem is not null || Name.Length == 0) return;
        var state = new AuthenticationProperties { RedirectUri = "/" };
        if (ReturnUrl.IsLocal(Wanted) && Ascii.IsValid(Wanted) && Wanted.Length <= LongestReturn) state.Items[SingleSignOnEvents.ReturnTo] = Wanted;
        try
        {
            await HttpContext.ChallengeAsync(Key, state);
        }
        catch (Exception silent) when (silent is InvalidOperationException or HttpRequestException or OperationCanceledException or OpenIdConnectProtocolException)
        {
            LogSilent(Log, silent, Key);
            Navigation.NavigateTo(SingleSignOnDoor.RefusedAt(Key, SingleSignOnRefusal.Unreachable, Wanted));
            return;
        }

        var response = HttpContext.Response;
        _away = response.Headers.Location.ToString();
        response.Headers.Remove("Location");
        response.Headers["Refresh"] = $"0;url={_away}";
        response.StatusCode = StatusCodes.Status200OK;
    }

    [LoggerMessage(LogLevel.Warning, "{Provider} does not answer")]
    private static partial void LogSilent(ILogger log, Exception silent, string provider);
}
