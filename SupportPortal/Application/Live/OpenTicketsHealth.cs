using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SupportPortal.Application.Live;

/// <summary>Whether every open ticket is in memory: until then the board waits.</summary>
public sealed class OpenTicketsHealth(OpenTickets tickets) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(tickets.Loaded.IsCompletedSuccessfully ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The open tickets are still being read."));
}
