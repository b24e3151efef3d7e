using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>What a person types to sign in.</summary>
public sealed class LoginForm
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}

public sealed partial class Login
{
    // One sentence for every failure: which part was wrong, and whether the account exists or is locked, is nobody's business.
    private const string Refused =
        "That did not work: the e-mail address or the password is wrong. After several wrong tries an account waits five minutes.";

    private string? _problem;
    private bool _takesRegistrations;

    [Inject]
    public required SignInManager<PortalUser> Session { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IOptions<PortalOptions> Options { get; init; }

    [Inject]
    public required IHostEnvironment Environment { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private LoginForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Wanted { get; set; }

    private bool ShowsDemoPeople => Environment.IsDevelopment() && Options.Value.Demo;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _takesRegistrations = await Registrations.AreOpenAsync(HttpContext.RequestAborted);
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.ToActor() is { } actor)
            Navigation.NavigateTo(ReturnUrl.For(actor.Role, Wanted));
    }

    private async Task SignInAsync()
    {
        if (string.IsNullOrWhiteSpace(Form!.Email) || string.IsNullOrEmpty(Form.Password))
        {
            _problem = "Enter your e-mail address and your password.";
            return;
        }

        if (Limits.Refuse(HttpContext) is { } tooMany)
        {
            _problem = tooMany;
            return;
        }

        if (await Session.UserManager.FindByEmailAsync(Form.Email.Trim()) is not { } user)
        {
            // As slow as for a person who exists.
            Session.UserManager.PasswordHasher.HashPassword(new PortalUser(), Form.Password);
            _problem = Refused;
            return;
        }

        var outcome = await Session.PasswordSignInAsync(user, Form.Password, isPersistent: true, lockoutOnFailure: true);
        if (outcome.Succeeded) Navigation.NavigateTo(ReturnUrl.For(user.Role, Wanted));
        else _problem = Refused;
    }
}
