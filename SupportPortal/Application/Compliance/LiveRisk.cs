using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Compliance;

/// <summary>Forecasts from the open tickets in memory: no query for a change. Computed once for all who look, and at most every <see cref="Freshness"/>.</summary>
public sealed class LiveRisk(OpenTickets tickets, ComplianceStore store, TimeProvider clock) : IDisposable
{
    /// <summary>How long a forecast is believed.</summary>
    public static readonly Duration Freshness = Duration.FromSeconds(2);

    private static readonly Duration PaceFreshness = Duration.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (Instant At, IReadOnlyDictionary<string, int> Stopped)? _pace;
    private Risk? _last;

    /// <summary>The forecast now, for managers.</summary>
    public async Task<Risk> NowAsync(Actor actor, CancellationToken cancellation = default)
    {
        if (!actor.MayManage()) throw new UnauthorizedAccessException("Forecasts are managers'.");
        await tickets.Loaded.WaitAsync(cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            var now = clock.Now();
            if (_last is { } known && now >= known.At && now - known.At < Freshness) return known;
            if (_pace is not var (paced, _) || now < paced || now - paced >= PaceFreshness) _pace = (now, await store.ReadAsync((facts, _) => RiskForecast.StoppedBy(facts, now), cancellation));
            return _last = RiskForecast.Of(tickets.Snapshot.All.Select(OpenWork.Of), _pace.Value.Stopped, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
