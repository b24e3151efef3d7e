using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>The policy in force as a form, what publishing it would change, and every version before.</summary>
public sealed partial class PolicyPage(PolicyStore policies, PeopleDirectory people, ViewerZone viewer, TimeProvider clock)
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<string> _calendars = [];
    private IReadOnlyList<Version> _versions = [];
    private FieldErrors _errors = FieldErrors.None;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ElementReference _problems;
    private SlaPolicy? _inForce;
    private SlaPolicy? _reviewed;
    private PolicyDraft? _draft;
    private Actor? _me;
    private string? _notice;
    private CancellationToken _left;
    private bool _publishing;
    private bool _toProblems;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token; // Taken once: the source throws after its disposal.
        _me = (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
        await ShowAsync();
        _draft = PolicyDraft.Of(_inForce!);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toProblems) return;
        _toProblems = false;
        await _problems.FocusAsync();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task ReviewAsync()
    {
        await ShowAsync();
        var (policy, refusals) = _draft!.Read(policies.Catalogue.Calendars, clock.Now());
        (_errors, _notice, _reviewed) = (new FieldErrors(refusals), null, null);
        if (policy is null) _toProblems = true;
        else if (PolicyChanges.Between(_inForce!, policy).Count == 0) _notice = "Nothing has changed: there is nothing to publish.";
        else _reviewed = policy;
    }

    private async Task PublishAsync()
    {
        if (_publishing || _reviewed is not { } reviewed) return;
        _publishing = true;
        try
        {
            var (published, refusals) = await policies.PublishAsync(_me!, reviewed, _inForce!.Version, cancellation: _left);
            (_errors, _reviewed, _toProblems) = (new FieldErrors(refusals), null, published is null);
            await ShowAsync();
            if (published is null) return;
            _draft = PolicyDraft.Of(published);
            _notice = $"Version {published.Version} is in force.";
        }
        finally
        {
            _publishing = false;
        }
    }

    private void Close() => _reviewed = null;

    private async Task ShowAsync()
    {
        var versions = await policies.VersionsAsync(SlaPolicy.StandardPlan, _left);
        await policies.RefreshAsync(_left);
        _inForce = policies.Current;
        _calendars = [.. policies.Catalogue.Calendars.Keys.Order(StringComparer.CurrentCulture)];
        var names = await people.FindAsync(versions.Select(version => version.By).OfType<string>(), _left);
        var before = versions.Skip(1).Select(version => version.Policy).Append(null);
        _versions = [.. versions.Zip(before, (version, previous) => new Version(
            version.Policy.Version,
            WhenWords.Say(version.At, _zone, clock.Now()),
            version.By is null ? PeopleDirectory.SystemName : names.GetValueOrDefault(version.By)?.Name ?? "Unknown person",
            previous is null ? [] : PolicyChanges.Between(previous, version.Policy)))];
    }

    private string Since(SlaPolicy policy) => policy.EffectiveFrom > Instant.FromUnixTimeTicks(0) ? $", since {WhenWords.Say(policy.EffectiveFrom, _zone, clock.Now())}" : "";

    private sealed record Version(int Number, string Since, string By, IReadOnlyList<string> Changes);
}
