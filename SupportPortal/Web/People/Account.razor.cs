using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>What a person types to change their password.</summary>
public sealed class PasswordForm
{
    public string? Present { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

public sealed partial class Account(PeopleDesk desk, SignInManager<PortalUser> session)
{
    private string? _problem;
    private string? _done;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Form { get; set; }

    private ClaimsPrincipal User => HttpContext.User;

    private Actor Actor => User.RequireActor();

    private async Task ChangeAsync()
    {
        if (Form is not { Present: { Length: > 0 } present, Password: { Length: > 0 } password }) _problem = "Enter your present password and a new one.";
        else if (password != Form.Again) _problem = "The two new passwords differ.";
        else _problem = Limits.Refuse(HttpContext) ?? await StayAsync(await desk.ChangePasswordAsync(Actor.Id, present, password, HttpContext.ToClient(), HttpContext.RequestAborted));
        if (_problem is null) _done = "Your password is changed. Everywhere else you are signed out within a minute.";
    }

    /// <summary>Gives this browser a cookie that holds on, as those of the others no longer do.</summary>
    private async Task<string?> StayAsync((PortalUser? Changed, Refusal? Refused) outcome)
    {
        if (outcome.Changed is { } person) await session.RefreshSignInAsync(person);
        return outcome.Refused?.Message;
    }
}
