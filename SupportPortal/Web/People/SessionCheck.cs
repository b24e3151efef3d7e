using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>
/// Ends open pages whose person changed password or role, may not sign in any more, or signed out of that browser, within a minute. Cookies are checked as often.
/// Not ASP.NET's RevalidatingServerAuthenticationStateProvider, which knows no clock but the wall's.
/// </summary>
internal sealed partial class SessionCheck : ServerAuthenticationStateProvider, IDisposable
{
    /// <summary>The longest that an open page outlives its person's right to it.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>How often a circuit asks, and how long a cookie is believed: what is found may be as old as a stamp may be.</summary>
    public static readonly TimeSpan Between = Every - SecurityStamps.Freshness;

    // A page may be opened with a cookie that is believed still. Not at once: most scopes are those of a request, over by then.
    private static readonly TimeSpan _first = SecurityStamps.Freshness / 2;

    private static readonly AuthenticationState _nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly ILogger<SessionCheck> _log;
    private readonly SecurityStamps _stamps;
    private readonly Devices _devices;
    private readonly string _stampClaim;
    private readonly TimeProvider _clock;
    private CancellationTokenSource _watching = new();

    public SessionCheck(ILogger<SessionCheck> log, SecurityStamps stamps, Devices devices, IOptions<IdentityOptions> identity, TimeProvider clock)
    {
        (_log, _stamps, _devices, _stampClaim, _clock) = (log, stamps, devices, identity.Value.ClaimsIdentity.SecurityStampClaimType, clock);
        AuthenticationStateChanged += Watch; // The circuit says who is there when it starts.
    }

    public void Dispose()
    {
        _watching.Cancel();
        _watching.Dispose();
    }

    private void Watch(Task<AuthenticationState> changed)
    {
        _watching.Cancel();
        _watching.Dispose();
        _watching = new CancellationTokenSource();
        _ = WatchAsync(changed, _watching.Token);
    }

    private async Task WatchAsync(Task<AuthenticationState> changed, CancellationToken leaving)
    {
        try
        {
            var state = await changed;
            if (state.User.Identity?.IsAuthenticated is not true) return;
            await Task.Delay(_first, _clock, leaving);
            while (await IsStillThereAsync(state.User)) await Task.Delay(Between, _clock, leaving);
            if (leaving.IsCancellationRequested) return;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return; // The circuit has gone.
        }
        catch (Exception failure)
        {
            LogFailure(failure); // Who cannot be asked about is not shown anything more.
        }

        SetAuthenticationState(Task.FromResult(_nobody));
    }

    private async Task<bool> IsStillThereAsync(ClaimsPrincipal person)
    {
        if (person.FindFirstValue(_stampClaim) is not { } stamp || person.ToActor() is not { } actor) return false;
        var device = person.ToDeviceId();
        if (!Holds(await _stamps.FindAsync(actor.Id)) && !Holds(await _stamps.FindAnewAsync(actor.Id))) return false;
        if (device is not null) await _devices.NoteSeenAsync(device);
        return true;

        bool Holds(Standing? standing) => standing is not null && standing.Stamp == stamp && (device is null || standing.Devices.Contains(device));
    }

    [LoggerMessage(LogLevel.Error, "A session could not be checked, and is ended")]
    private partial void LogFailure(Exception failure);
}
