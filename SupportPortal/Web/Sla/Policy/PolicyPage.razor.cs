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

/// <summary>A plan's policy as a form: its draft, what publishing it would change and do, and every version before.</summary>
public sealed partial class PolicyPage(
    PolicyStore policies, PolicyDrafts drafts, EffectPreview effects, PeopleDirectory people, ViewerZone viewer, NavigationManager navigation, TimeProvider clock)
{
    private readonly CancellationTokenSource _leaving = new();
    private LongWork _preview = null!;
    private IReadOnlyList<string> _calendars = [];
    private IReadOnlyList<string> _plans = [];
    private IReadOnlyList<SlaPolicy> _coming = [];
    private IReadOnlyList<PolicyVersion> _versions = [];
    private FieldErrors _errors = FieldErrors.None;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ElementReference _problems;
    private Instant _now;
    private SlaPolicy? _inForce;
    private SlaPolicy? _before;
    private SlaPolicy? _reviewed;
    private KeptDraft? _kept;
    private PolicyDraft? _draft;
    private Effect? _effect;
    private Actor? _me;
    private string _plan = "";
    private string? _savedBy;
    private string? _notice;
    private CancellationToken _left;
    private int _seen;
    private bool _overtaken;
    private bool _toProblems;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>Whose policy; the standard plan's when left out.</summary>
    [SupplyParameterFromQuery]
    public string? Plan { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token; // Taken once: the source throws after its disposal.
        _preview = new LongWork(StateHasChanged);
        _me = (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var plans = await drafts.PlansAsync(_left);
        var plan = Plan is { } wanted && plans.Contains(wanted) ? wanted : SlaPolicy.StandardPlan;
        if (plan == _plan) return;
        _preview.Stop();
        (_plan, _draft, _effect, _reviewed, _errors, _notice, _overtaken) = (plan, null, null, null, FieldErrors.None, null, false);
        await ShowAsync();
        TakeTheirs();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toProblems) return;
        _toProblems = false;
        await _problems.FocusAsync();
    }

    public void Dispose()
    {
        _preview?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task<string?> BeginAsync(string name, string foundedOn)
    {
        if (await drafts.BeginAsync(_me!, name, foundedOn, _left) is { } refused) return refused.Message;
        navigation.NavigateTo($"admin/policy?plan={Uri.EscapeDataString(name.Trim())}");
        return null;
    }

    private async Task ReviewAsync()
    {
        if (await ReadAsync() is not { } policy) return;
        if (PolicyChanges.Between(_before!, policy).Count == 0 && _seen > 0) _notice = "Nothing has changed: there is nothing to publish.";
        else _reviewed = policy;
    }

    private async Task SaveAsync()
    {
        var revision = _kept?.Revision ?? 0; // Of the draft that was before one's eyes.
        if (await ReadAsync(refresh: false) is not { } policy) return;
        var (_, refused) = await drafts.SaveAsync(_me!, policy, _seen, revision, _left);
        await ShowAsync();
        if (refused is null) _notice = "The draft was saved.";
        else Refuse([refused]);
    }

    private async Task DiscardAsync()
    {
        var refused = await drafts.DiscardAsync(_me!, _plan, _kept!.Revision, _left);
        await ShowAsync();
        if (refused is not null)
        {
            Refuse([refused]);
            return;
        }

        if (_seen == 0) navigation.NavigateTo("admin/policy"); // The plan was nothing but a draft.
        TakeTheirs();
        _notice = "The draft was thrown away.";
    }

    private async Task PreviewAsync()
    {
        if (await ReadAsync() is not { } policy) return;
        _effect = null;
        _effect = await _preview.RunAsync((progress, stop) => effects.OfPolicyAsync(policy with { Version = _seen + 1 }, progress, stop));
    }

    private async Task<string?> PublishAsync(Instant? from)
    {
        if (_reviewed is not { } reviewed) return null;
        var (published, refusals) = await policies.PublishAsync(_me!, reviewed, _seen, from, _kept?.Revision ?? 0, _left);
        if (refusals.FirstOrDefault(refusal => refusal.Field == "effectiveFrom") is { } misdated) return misdated.Message;
        _reviewed = null;
        await ShowAsync();
        if (published is null) Refuse(refusals);
        else Published(published);
        StateHasChanged(); // The dialog asked, and goes with its answer.
        return null;
    }

    private void Published(SlaPolicy published)
    {
        TakeTheirs();
        _notice = published.EffectiveFrom > _now ? $"Version {published.Version} comes into force at {Say(published.EffectiveFrom)}." : $"Version {published.Version} is in force.";
    }

    private void Close() => _reviewed = null;

    /// <summary>The policy that the form says; null when something in it is refused.</summary>
    private async Task<SlaPolicy?> ReadAsync(bool refresh = true)
    {
        var kept = _kept;
        if (refresh) await ShowAsync();
        var (policy, refusals) = _draft!.Read(policies.Catalogue.Calendars, clock.Now());
        (_errors, _notice, _reviewed, _overtaken) = (new FieldErrors(refusals), null, null, false);
        if (policy is null) _toProblems = true;
        else if (kept?.Revision != _kept?.Revision) Refuse([new("", "Somebody else saved this draft meanwhile, or published it.", RefusalKind.NotNow)]);
        return _errors.Count > 0 ? null : policy! with { Name = _plan };
    }

    /// <summary>What was typed stays as it is.</summary>
    private void Refuse(IReadOnlyList<Refusal> refusals) =>
        (_errors, _notice, _toProblems, _overtaken) = (new FieldErrors(refusals), null, true, refusals.Any(refusal => refusal.Kind == RefusalKind.NotNow));

    /// <summary>The form as the draft has it, or the latest version.</summary>
    private void TakeTheirs() => (_draft, _errors, _notice, _overtaken) = (PolicyDraft.Of(_kept?.Policy ?? _before!), FieldErrors.None, null, false);

    private async Task ShowAsync()
    {
        var versions = await policies.VersionsAsync(_plan, _left);
        await policies.RefreshAsync(_left);
        (_now, _kept, _plans) = (clock.Now(), await drafts.FindAsync(_plan, _left), await drafts.PlansAsync(_left));
        _seen = versions.Count > 0 ? versions[0].Policy.Version : 0;
        var current = policies.Catalogue.InForce(_plan, _now);
        _inForce = current.Name == _plan ? current : null;
        _before = versions.Count > 0 ? versions[0].Policy : current;
        _coming = [.. versions.Select(version => version.Policy).Where(policy => policy.EffectiveFrom > _now).GroupBy(policy => policy.EffectiveFrom).Select(same => same.MaxBy(policy => policy.Version)!).OrderBy(policy => policy.EffectiveFrom)];
        _calendars = [.. policies.Catalogue.Calendars.Keys.Order(StringComparer.CurrentCulture)];
        var names = await people.FindAsync(versions.Select(version => version.By).Append(_kept?.SavedBy).OfType<string>(), _left);
        _savedBy = _kept is { } kept ? names.GetValueOrDefault(kept.SavedBy)?.Name ?? "an unknown person" : null;
        _versions = PolicyVersion.Of(versions, _inForce, names, _zone, _now);
    }

    private string Since(SlaPolicy policy) => policy.EffectiveFrom > Instant.FromUnixTimeTicks(0) ? $", since {Say(policy.EffectiveFrom)}" : "";

    private string Say(Instant at) => WhenWords.Say(at, _zone, _now);
}
