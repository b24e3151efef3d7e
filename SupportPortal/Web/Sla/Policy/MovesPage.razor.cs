using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Sla.Effects;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>Moves the open requests of a plan to its version in force, once whoever does it has seen what that does.</summary>
public sealed partial class MovesPage(PolicyStore policies, EffectPreview effects, TicketMoves moves, ViewerZone viewer, TimeProvider clock)
{
    private readonly CancellationTokenSource _leaving = new();
    private LongWork _work = null!;
    private IReadOnlyList<string> _plans = [];
    private FieldErrors _errors = FieldErrors.None;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private SlaPolicy? _inForce;
    private Effect? _effect;
    private Actor? _me;
    private CancellationToken _left;
    private string _plan = "";
    private string _reason = "";
    private string? _notice;
    private bool _isMoving;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>Whose requests; the standard plan's when left out.</summary>
    [SupplyParameterFromQuery]
    public string? Plan { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token; // Taken once: the source throws after its disposal.
        _work = new LongWork(StateHasChanged);
        _zone = await viewer.FindAsync();
        _me = (await SignedIn).User.RequireActor();
    }

    protected override async Task OnParametersSetAsync()
    {
        await policies.RefreshAsync(_left);
        _plans = [.. policies.Catalogue.Plans];
        var plan = Plan is { } wanted && _plans.Contains(wanted) ? wanted : SlaPolicy.StandardPlan;
        if (plan == _plan) return;
        _work.Stop();
        (_plan, _effect, _notice, _errors) = (plan, null, null, FieldErrors.None);
        ShowInForce();
    }

    public void Dispose()
    {
        _work?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task PreviewAsync()
    {
        await policies.RefreshAsync(_left);
        ShowInForce();
        if (_inForce is not { } to) return;
        (_effect, _notice, _errors) = (null, null, FieldErrors.None);
        _effect = await _work.RunAsync((progress, stop) => effects.OfPolicyAsync(to, progress, stop));
    }

    private async Task MoveAsync()
    {
        if (_isMoving || _inForce is not { } to || _effect is null) return;
        (_isMoving, _notice, _errors) = (true, null, FieldErrors.None);
        try
        {
            var answer = await _work.RunAsync<(int Moved, Refusal? Refused)?>(async (progress, stop) => await moves.MoveAsync(_me!, to.Reference, _reason, progress, stop));
            if (answer is { Refused: { } refused }) _errors = new FieldErrors([refused]);
            else
            {
                _notice = answer is { } done ? $"{EffectWords.Requests(done.Moved)} moved to version {to.Version}." : "Stopped. What was moved stays moved; preview the effect to see what is left.";
                (_effect, _reason) = (null, answer is null ? _reason : "");
            }
        }
        finally
        {
            _isMoving = false;
        }
    }

    private void ShowInForce() => _inForce = policies.Catalogue.InForce(_plan, clock.Now()) is { } policy && policy.Name == _plan ? policy : null;
}
