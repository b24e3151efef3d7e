using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Web.People;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance.Risks;

/// <summary>What will break soon, followed live: after a change within two seconds, and as time passes.</summary>
public sealed partial class RiskPage(LiveRisk live, PeopleDirectory people, ViewerZone viewer, TimeProvider clock)
{
    private static readonly TimeSpan AsTimePasses = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<string> _windows = [.. Forecast.Windows.Select(window => string.Create(CultureInfo.InvariantCulture, $"{window.TotalHours:0} h"))];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ITimer? _timer;
    private Actor? _me;
    private Risk? _risk;
    private bool _isLate;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _me = (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
        await LoadAsync();
        _timer = clock.CreateTimer(_ => _ = InvokeAsync(ShowAsync), null, AsTimePasses, AsTimePasses);
    }

    /// <summary>The first of a burst is shown at once, the rest of it together when the forecast may be made anew.</summary>
    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        if (_isLate || _risk is null) return false;
        var before = _risk;
        await LoadAsync();
        if (!ReferenceEquals(before, _risk)) return true;
        _isLate = true;
        _timer?.Change(LiveRisk.Freshness.ToTimeSpan(), AsTimePasses);
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _timer?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ShowAsync()
    {
        try
        {
            Leaving.ThrowIfCancellationRequested();
            _isLate = false;
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task LoadAsync()
    {
        var risk = await live.NowAsync(_me!, Leaving);
        var names = await people.FindAsync(risk.Agents.Select(agent => agent.AssigneeId).OfType<string>(), Leaving);
        (_risk, _names) = (risk, names.ToDictionary(person => person.Key, person => person.Value.Name));
    }

    private static string Pace(double anHour) => anHour switch
    {
        <= 0 => "none",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{anHour * 24:0} a day"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{anHour:0.#} an hour"),
    };
}
