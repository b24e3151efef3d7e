using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SupportPortal.Web.Startup;

/// <summary>Whether the process is alive, and whether it can serve.</summary>
internal static class Health
{
    /// <summary>Checks with this tag decide whether the portal is ready.</summary>
    public const string Ready = "ready";

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = AnswerWithTimeAsync }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new()
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable }, // Still starting: other servers first.
        }).AllowAnonymous().DisableHttpMetrics();
    }

    // An open page sets its countdowns by this after a sleep. Kestrel's own Date has whole seconds only.
    private static Task AnswerWithTimeAsync(HttpContext context, HealthReport report)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        context.Response.Headers["Server-Time"] = clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return context.Response.WriteAsync(report.Status.ToString());
    }
}
