using Microsoft.AspNetCore.Components;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>What a person types to finish their registration.</summary>
public sealed class RegistrationForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

/// <summary>Where the link in a registration's mail leads. It signs nobody in: whoever has the password shows it at the door.</summary>
public sealed partial class RegisterConfirm(Registrations registrations)
{
    private string? _address;
    private bool _opens;
    private string? _problem;
    private bool _done;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "register-confirm")]
    private RegistrationForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? Key { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _address = await registrations.AddressOfAsync(Key ?? "", HttpContext.RequestAborted);
        _opens = _address is not null || HttpMethods.IsPost(HttpContext.Request.Method); // What is posted needs its form to come to an answer.
    }

    private async Task ConfirmAsync()
    {
        _opens = _address is not null;
        if (!_opens) return;
        if (string.IsNullOrWhiteSpace(Form!.Name)) _problem = "Enter your name.";
        else if (Form.Password is not { Length: > 0 } password) _problem = "Enter a password.";
        else if (password != Form.Again) _problem = "The two passwords differ.";
        else _problem = Limits.Refuse(HttpContext) ?? (await registrations.ConfirmAsync(Key ?? "", Form.Name, password, HttpContext.RequestAborted))?.Message;
        _done = _problem is null;
    }
}
