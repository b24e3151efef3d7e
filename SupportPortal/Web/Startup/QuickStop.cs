namespace SupportPortal.Web.Startup;

/// <summary>
/// A stop with open browsers takes moments: their sockets are closed when the stop begins, but they reconnect before Kestrel has
/// unbound its listeners, and such a new socket would hold the stop for the whole shutdown time-out (dotnet/aspnetcore#58947).
/// </summary>
internal static class QuickStop
{
    public static void UseQuickStop(this WebApplication app) => app.Use((context, next) =>
    {
        if (!app.Lifetime.ApplicationStopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    });
}
