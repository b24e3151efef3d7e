using System.Globalization;
using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>What a person says about a new token.</summary>
public sealed class TokenForm
{
    public string? Name { get; set; }

    public string? Present { get; set; }

    public int? Days { get; set; }

    public TokenScope Scope { get; set; }
}

public sealed partial class Tokens
{
    private IReadOnlyList<ApiToken> _tokens = [];
    private NewToken? _made;
    private string? _problem;
    private bool _asksForPassword;

    [Inject]
    public required ApiTokens Keys { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "make")]
    private TokenForm? Form { get; set; }

    private Actor Me => HttpContext.User.RequireActor();

    private string OwnerId => Me.Id;

    private CancellationToken Leaving => HttpContext.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        _asksForPassword = await Confirmation.AsksForPasswordAsync(OwnerId);
        _tokens = await Keys.ListAsync(OwnerId, Leaving);
    }

    private async Task MakeAsync()
    {
        // A token outlives the sign-out of the browser that it was made in.
        _problem = Limits.Refuse(HttpContext) ?? (await Confirmation.RefuseAsync(OwnerId, Form!.Present, HttpContext.ToClient(), Leaving))?.Message;
        if (_problem is not null) return;
        Instant? end = Form!.Days is { } days ? Clock.Now() + Duration.FromDays(Math.Clamp(days, 1, 3650)) : null;
        (_made, var refused) = await Keys.MakeAsync(Me, OwnerId, Form.Name ?? "", end, Form.Scope, Leaving);
        _problem = refused?.Message;
        if (_made is null) return;
        Form = new();
        _tokens = await Keys.ListAsync(OwnerId, Leaving);
    }

    private async Task RevokeAsync(int tokenId)
    {
        await Keys.RevokeAsync(Me, OwnerId, tokenId, Leaving);
        Navigation.NavigateTo("/account/tokens");
    }

    private static string Day(Instant instant) => instant.InUtc().Date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
