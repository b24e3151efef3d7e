using Microsoft.AspNetCore.Components;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>What the first administrator types.</summary>
public sealed class SetUpForm
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

public sealed partial class SetUp(FirstAdministrator first)
{
    private bool _opens;
    private bool _done;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "set-up")]
    private SetUpForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? Key { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _opens = await first.OpensAsync(Key ?? "", HttpContext.RequestAborted);
    }

    private async Task MakeAsync()
    {
        if (!_opens) return;
        if (Form!.Password is not { Length: > 0 } password) _problem = "Enter a password.";
        else if (password != Form.Again) _problem = "The two passwords differ.";
        else _problem = (await first.BecomeAsync(Key ?? "", Form.Email ?? "", Form.Name, password, HttpContext.RequestAborted))?.Message;
        _done = _problem is null;
    }
}
