using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>What a person sends with a new passkey.</summary>
public sealed class NewPasskeyForm
{
    public string? Name { get; set; }

    /// <summary>The credential as JSON, from <c>navigator.credentials</c>.</summary>
    public string? Credential { get; set; }
}

/// <summary>Another name for a passkey.</summary>
public sealed class PasskeyNameForm
{
    public string? Name { get; set; }
}

public sealed partial class PasskeyPage
{
    private static readonly Refusal NotMade = new("", "The passkey was not made: it took too long, or the browser gave something else. Try again.");

    private IReadOnlyList<Passkey> _passkeys = [];
    private bool _asksForPassword;
    private string _guess = "";
    private string? _problem;

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    internal PortalSignIn Session { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "add")]
    private NewPasskeyForm? Form { get; set; }

    [SupplyParameterFromForm]
    private PasskeyNameForm? Row { get; set; }

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    private Actor Actor => HttpContext.User.RequireActor();

    private CancellationToken Leaving => HttpContext.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _guess = BrowserWords.System(HttpContext.Request.Headers.UserAgent.ToString()) ?? "";
        _asksForPassword = await Confirmation.AsksForPasswordAsync(Actor.Id);
        _passkeys = await Passkeys.ListAsync(Actor.Id);
    }

    private async Task AddAsync() => Show("added", await AttestAsync(Form!.Credential) is { } passkey
        ? await Passkeys.AddAsync(Actor, passkey, Form.Name ?? "", HttpContext.ToClient(), Leaving)
        : NotMade);

    private async Task RenameAsync(byte[] id) => Show("renamed", await Passkeys.RenameAsync(Actor, id, Row?.Name ?? "", HttpContext.ToClient(), Leaving));

    private async Task RemoveAsync(byte[] id) => Show("removed", await Passkeys.RemoveAsync(Actor, id, HttpContext.ToClient(), Leaving));

    private void Show(string done, Refusal? refused)
    {
        _problem = refused?.Message;
        if (refused is null) Navigation.NavigateTo($"/account/passkeys?done={done}");
    }

    /// <summary>The passkey that the browser made for this person a moment ago; null when it did not.</summary>
    private async Task<UserPasskeyInfo?> AttestAsync(string? credential)
    {
        if (string.IsNullOrEmpty(credential)) return null;
        try
        {
            var made = await Session.PerformPasskeyAttestationAsync(credential);
            return made.Succeeded && made.UserEntity.Id == Actor.Id ? made.Passkey : null;
        }
        catch (InvalidOperationException) // None was begun in this browser, or its cookie has expired.
        {
            return null;
        }
    }
}
