using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Reminders;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Reminders.OnCall;

/// <summary>Who is on call now and in the next weeks; for managers, the rota behind it.</summary>
public sealed partial class OnCallPage(OnCallStore store, PeopleDirectory people, ViewerZone viewer, TimeProvider clock)
{
    private const int MostRows = 40;

    private static readonly Duration Ahead = Duration.FromDays(8 * 7);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<string, string> _names = [];
    private CancellationTokenSource? _sleep;
    private CancellationToken _left;
    private IReadOnlyList<OnCallDuty> _duties = [];
    private IReadOnlyList<Person> _staff = [];
    private FieldErrors _errors = FieldErrors.None;
    private Actor? _me;
    private KeptRota? _kept;
    private OnCallNow? _onCall;
    private RotaDraft? _draft;
    private Instant _now;
    private Instant _end;
    private string? _notice;
    private string? _said;
    private bool _saving;
    private bool _overtaken;
    private bool _follows;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token; // Taken once: the source throws after its disposal.
        var me = (await SignedIn).User.RequireActor();
        await ShowAsync();
        if (me.MayManage())
        {
            _staff = await people.StaffAsync(_left);
            await DraftAsync();
        }

        _me = me;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (_follows || _me is null) return;
        _follows = true;
        _ = FollowAsync();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <summary>Wakes the page when somebody else takes over, and at least once a day.</summary>
    private async Task FollowAsync()
    {
        try
        {
            while (!_left.IsCancellationRequested)
            {
                using (_sleep = CancellationTokenSource.CreateLinkedTokenSource(_left))
                    await Task.Delay(UntilHandover(), clock, _sleep.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                _sleep = null;
                if (_left.IsCancellationRequested) return;
                await ShowAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private TimeSpan UntilHandover()
    {
        if (_onCall?.Until is not { } until) return LongestWait;
        var left = (until - clock.Now()).ToTimeSpan() + TimeSpan.FromMilliseconds(1); // Timers have whole milliseconds, and may be early.
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;
    }

    private async Task SaveAsync()
    {
        if (_saving || _draft is not { } draft) return;
        (_saving, _notice, _overtaken) = (true, null, false);
        try
        {
            var (kept, refusals) = await store.SaveAsync(_me!, draft.ToSpec(), _kept?.Version ?? 0, _left);
            if (kept is null) await RefusedAsync(refusals);
            else await SavedAsync();
        }
        finally
        {
            _saving = false;
        }
    }

    private async Task SavedAsync()
    {
        await ShowAsync();
        await DraftAsync();
        _sleep?.Cancel(); // The next handover may be another.
        (_errors, _said) = (FieldErrors.None, "The rota was saved.");
        _notice = _said;
    }

    /// <summary>What was typed stays as it is.</summary>
    private async Task RefusedAsync(IReadOnlyList<Refusal> refusals)
    {
        (_errors, _overtaken) = (new FieldErrors(refusals), refusals.Any(refusal => refusal.Kind is RefusalKind.NotNow));
        if (_overtaken) await ShowAsync();
    }

    private async Task TakeTheirsAsync()
    {
        await DraftAsync();
        (_errors, _overtaken, _notice) = (FieldErrors.None, false, null);
    }

    private async Task DraftAsync() =>
        _draft = _kept is { } kept ? RotaDraft.Of(kept.Rota.Spec) : RotaDraft.Usual(await viewer.FindAsync(), clock.Now());

    private async Task ShowAsync()
    {
        _now = clock.Now();
        _end = _now + Ahead;
        _kept = await store.FindAsync(_left);
        if (_kept is not { Rota: var rota } kept) return;
        _onCall = rota.Now(_now);
        _duties = [.. rota.Duties(_now, _end).Take(MostRows)];
        string?[] ids = [.. _duties.Select(duty => duty.Person), _onCall.Person, _onCall.Next, kept.ChangedBy];
        foreach (var (id, person) in await people.FindAsync(ids.OfType<string>(), _left)) _names[id] = person.Name;
    }

    private string Name(string id) => _names.GetValueOrDefault(id, "Unknown person");

    private string Say(Instant instant) => WhenWords.Say(instant, _kept!.Rota.Zone, _now);
}
