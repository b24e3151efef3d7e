using Microsoft.AspNetCore.Components;
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

/// <summary>What a browser hands over of a passkey.</summary>
public sealed class PasskeyForm
{
    /// <summary>The credential as JSON, from <c>navigator.credentials</c>.</summary>
    public string? Credential { get; set; }
}

public sealed partial class Login
{
    private string? _problem;
    private bool _takesRegistrations;

    [Inject]
    internal SignInDesk Desk { get; init; } = null!;

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

    [SupplyParameterFromForm(FormName = "passkey")]
    private PasskeyForm? Passkey { get; set; }

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
        if (string.IsNullOrWhiteSpace(Form!.Email) || string.IsNullOrEmpty(Form.Password)) _problem = "Enter your e-mail address and your password.";
        else GoOn(await Desk.ByPasswordAsync(HttpContext, Form.Email, Form.Password));
    }

    private async Task ShowPasskeyAsync()
    {
        if (Passkey?.Credential is not { Length: > 0 } credential) _problem = "Your browser showed no passkey.";
        else GoOn(await Desk.ByPasskeyAsync(HttpContext, credential));
    }

    private void GoOn(SignInAnswer answer)
    {
        _problem = answer.Problem;
        if (answer.Person is not { } person) return;
        Navigation.NavigateTo(answer.AsksForCode ? SecondStep.Address(SecondStep.CodePath, Wanted) : ReturnUrl.For(person.Role, Wanted));
    }
}
