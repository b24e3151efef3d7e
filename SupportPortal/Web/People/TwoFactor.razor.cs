using Microsoft.AspNetCore.Components;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>What a person sends to switch the second step on.</summary>
public sealed class SwitchOnForm
{
    public string? Offer { get; set; }

    public string? Code { get; set; }

    public string? Present { get; set; }
}

/// <summary>What a person sends to change a second step that is on.</summary>
public sealed class SecondFactorForm
{
    public string? Act { get; set; }

    public string? Present { get; set; }
}

public sealed partial class TwoFactor
{
    private const string Issuer = "Support Portal";

    private SecondFactor _state = new(false, 0);
    private OfferedKey? _offered;
    private IReadOnlyList<string>? _codes;
    private bool _asksForPassword;
    private string? _problem;
    private string? _done;

    [Inject]
    public required SecondFactors Factors { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    internal PortalSignIn Session { get; init; } = null!;

    [Inject]
    internal SignInLimits Limits { get; init; } = null!;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "on")]
    private SwitchOnForm? On { get; set; }

    [SupplyParameterFromForm(FormName = "change")]
    private SecondFactorForm? Change { get; set; }

    private Actor Actor => HttpContext.User.RequireActor();

    private CancellationToken Leaving => HttpContext.RequestAborted;

    private string Uri => $"otpauth://totp/{System.Uri.EscapeDataString(Issuer)}:{System.Uri.EscapeDataString(HttpContext.User.Identity?.Name ?? "")}?secret={_offered!.Key}&issuer={System.Uri.EscapeDataString(Issuer)}";

    private string CodesFile => $"data:text/plain;charset=utf-8,{System.Uri.EscapeDataString(string.Join("\r\n", _codes!.Prepend($"{Issuer}: recovery codes of {HttpContext.User.Identity?.Name}. Each works once.")))}";

    private string CodesLeft => _state.CodesLeft switch
    {
        0 => "You have no recovery code left. Make new ones: without your phone you could not sign in.",
        1 => "You have one recovery code left.",
        var left => $"You have {left} recovery codes left.",
    };

    protected override async Task OnInitializedAsync()
    {
        _asksForPassword = await Confirmation.AsksForPasswordAsync(Actor.Id);
        await ShowAsync();
    }

    private async Task SwitchOnAsync()
    {
        _problem = await RefuseAsync(On?.Present);
        if (_problem is null)
        {
            (_codes, var refused) = await Factors.SwitchOnAsync(Actor, On?.Offer ?? "", On?.Code ?? "", HttpContext.ToClient(), Leaving);
            _problem = refused?.Message;
        }

        if (_codes is not null) _done = "Two-factor is on. Everywhere else you are signed out within a minute.";
        await StayAsync();
    }

    private async Task ChangeAsync()
    {
        _problem = await RefuseAsync(Change?.Present);
        if (_problem is not null) return;
        Refusal? refused;
        if (Change?.Act == "off")
        {
            refused = await Factors.SwitchOffAsync(Actor, HttpContext.ToClient(), Leaving);
            if (refused is null) _done = "Two-factor is off. Everywhere else you are signed out within a minute.";
        }
        else
        {
            (_codes, refused) = await Factors.MakeCodesAsync(Actor, HttpContext.ToClient(), Leaving);
            if (refused is null) _done = "The recovery codes from before work no more.";
        }

        _problem = refused?.Message;
        await StayAsync();
    }

    private async Task<string?> RefuseAsync(string? present) =>
        Limits.Refuse(HttpContext) ?? (await Confirmation.RefuseAsync(Actor.Id, present, HttpContext.ToClient(), Leaving))?.Message;

    /// <summary>Gives this browser a cookie that holds on, as those of the others no longer do, and shows how it stands now.</summary>
    private async Task StayAsync()
    {
        if (_done is not null) await Session.StayAsync(Actor.Id);
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        _state = await Factors.FindAsync(Actor.Id);
        if (!_state.IsOn) _offered = Factors.ReadOffer(Actor.Id, On?.Offer ?? "") ?? Factors.OfferKey(Actor.Id);
    }

    private static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(part => new string(part)));
}
