using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>What a person types to have their account erased.</summary>
public sealed class ErasureForm
{
    public string? Email { get; set; }

    public string? Present { get; set; }
}

public sealed partial class YourData(Erasure erasure, Confirmation confirmation, SignInManager<PortalUser> session, NavigationManager navigation)
{
    private bool _hasPassword;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    internal SignInLimits Limits { get; init; } = default!;

    [SupplyParameterFromForm(FormName = "erase")]
    private ErasureForm? Form { get; set; }

    /// <summary>Why there was no download: the form's answer is a file, so a refusal comes back here.</summary>
    [SupplyParameterFromQuery(Name = PersonalDataDownload.Refused)]
    private string? Refused { get; set; }

    private Actor Actor => HttpContext.User.RequireActor();

    private string? Problem => PersonalDataDownload.SentenceOf(Refused);

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _hasPassword = await confirmation.AsksForPasswordAsync(Actor.Id);
    }

    private async Task EraseAsync()
    {
        if (!string.Equals(Form!.Email?.Trim(), HttpContext.User.Identity?.Name, StringComparison.OrdinalIgnoreCase)) _problem = "That is not the e-mail address of this account.";
        else _problem = Limits.Refuse(HttpContext)
            ?? (await confirmation.RefuseAsync(Actor.Id, Form.Present, HttpContext.ToClient(), HttpContext.RequestAborted))?.Message
            ?? (await erasure.EraseAsync(Actor, Actor.Id, HttpContext.Connection.RemoteIpAddress?.ToString(), HttpContext.RequestAborted))?.Message;
        if (_problem is not null) return;
        await session.SignOutAsync();
        navigation.NavigateTo("/account/erased");
    }
}
