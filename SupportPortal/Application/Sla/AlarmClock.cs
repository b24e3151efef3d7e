using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain;

namespace SupportPortal.Application.Sla;

/// <summary>
/// Sleeps until the next alarm and raises what is due. What it does grows with what is due, never with what is open. After a start it
/// raises what fell due meanwhile; two servers on one database share the work.
/// </summary>
public sealed class AlarmClock(AlarmRaiser raiser, OnCallHandover handover, NextAlarm next, OpenTickets tickets, TimeProvider clock, ILogger<AlarmClock> log) : BackgroundService
{
    // One indexed look: at an alarm that another process wrote, and after the machine slept or its clock was set.
    private static readonly Duration LongestSleep = Duration.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileHeld = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What fell due while the portal was down may be thousands: the first pages come first, but not for long.
        await Task.WhenAny(tickets.Loaded, Task.Delay(LongestStart, stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                next.SleepTo(Instant.MaxValue);
                while (await raiser.RaiseDueAsync(stoppingToken))
                {
                    // There may be more.
                }

                if (await handover.HandOverAsync(stoppingToken)) continue;
                await SleepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Alarms could not be raised; trying again");
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Wall-clock pacing, not domain time.
            }
        }
    }

    private async Task SleepAsync(CancellationToken cancellation)
    {
        var (now, alarm) = (clock.Now(), await raiser.NextAsync(cancellation));
        var wait = Duration.Min(LongestSleep, (alarm ?? Instant.MaxValue) - now);
        next.SleepTo(now + wait);
        if (wait <= Duration.Zero) await Task.Delay(WhileHeld, cancellation); // Another server holds it; wall-clock pacing, not domain time.
        else await next.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock, cancellation);
    }
}
