using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People.SingleSignOn;

/// <summary>The buttons of the identity providers on the sign-in page, and why the last one did not let somebody in.</summary>
public sealed partial class SingleSignOnDoor
{
    [Inject]
    public required IOptions<PortalOptions> Portal { get; init; }

    [SupplyParameterFromQuery(Name = "provider")]
    private string? Provider { get; set; }

    [SupplyParameterFromQuery(Name = "refused")]
    private string? Refused { get; set; }

    /// <summary>Where the person goes after signing in.</summary>
    [Parameter]
    public string? Wanted { get; set; }

    /// <summary>The sign-in page with the sentence for a refusal; the wanted page is still wanted.</summary>
    public static string RefusedAt(string key, SingleSignOnRefusal why, string? wanted) => $"{Accounts.SignInPath}?provider={key}&refused={why}{And('&', wanted)}";

    private string AddressOf(string key) => SingleSignOnPage.PathOf(key) + And('?', Wanted);

    private static string And(char sign, string? wanted) => ReturnUrl.IsLocal(wanted) ? $"{sign}returnUrl={Uri.EscapeDataString(wanted)}" : "";

    // Only what the portal itself can say: the address of this page is anybody's to write.
    private string? Problem() =>
        Provider is { } key && Portal.Value.SingleSignOn.TryGetValue(key, out var provider) && Enum.TryParse<SingleSignOnRefusal>(Refused, out var why)
            ? Sentence(provider.Name, why)
            : null;

    private static string Sentence(string name, SingleSignOnRefusal why) => why switch
    {
        SingleSignOnRefusal.Unreachable => $"{name} does not answer. Try again in a few minutes, or sign in another way.",
        SingleSignOnRefusal.Cancelled => $"You are not signed in: it was cancelled at {name}.",
        SingleSignOnRefusal.TooMuch => $"{name} says more about you than this portal takes. Ask whoever runs {name} to send fewer claims.",
        SingleSignOnRefusal.NoAddress => $"{name} does not vouch for an e-mail address that you can have an account with here.",
        SingleSignOnRefusal.NoRole => $"{name} gives you no role in this portal. Ask whoever runs {name} for one.",
        SingleSignOnRefusal.NoAccount => "You have no account in this portal yet. Ask for an invitation.",
        SingleSignOnRefusal.NotTheirs => $"There is an account with your e-mail address that {name} does not open. Sign in the way you did before.",
        SingleSignOnRefusal.Inactive => "Your account is not active any more. Ask whoever runs this portal.",
        _ => $"The sign-in with {name} did not come to its end. Start it again.",
    };
}
