using Microsoft.AspNetCore.Components;

namespace SupportPortal.Web.People;

/// <summary>What a person types as their second step.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }
}

/// <summary>The second step of a sign-in, by a code of one kind or another. Whoever did not do the first is sent to it.</summary>
public abstract class SecondStep : ComponentBase
{
    /// <summary>Where the app's code is asked for.</summary>
    public const string CodePath = "/account/two-factor-code";

    /// <summary>Where a recovery code is asked for.</summary>
    public const string RecoveryPath = "/account/recovery-code";

    [Inject]
    internal SignInDesk Desk { get; init; } = null!;

    [Inject]
    internal PortalSignIn Session { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "second-step")]
    private protected CodeForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private protected string? Wanted { get; set; }

    /// <summary>What the person is told.</summary>
    protected string? Problem { get; private set; }

    /// <summary>A page of signing in, with where the person was going.</summary>
    public static string Address(string path, string? wanted) => ReturnUrl.IsLocal(wanted) ? $"{path}?returnUrl={Uri.EscapeDataString(wanted)}" : path;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        if (HttpMethods.IsGet(HttpContext.Request.Method) && await Session.GetTwoFactorAuthenticationUserAsync() is null) StartOver();
    }

    /// <summary>Tries what was typed.</summary>
    protected async Task SubmitAsync()
    {
        if (string.IsNullOrWhiteSpace(Form!.Code))
        {
            Problem = "Enter the code.";
            return;
        }

        var answer = await TryAsync(Form.Code);
        Problem = answer.Problem;
        if (answer.IsOver) StartOver();
        else if (answer.Person is { } person) Navigation.NavigateTo(ReturnUrl.For(person.Role, Wanted));
    }

    private protected abstract Task<SignInAnswer> TryAsync(string code);

    private void StartOver() => Navigation.NavigateTo(Address(Accounts.SignInPath, Wanted));
}
