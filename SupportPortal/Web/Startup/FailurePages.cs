using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace SupportPortal.Web.Startup;

/// <summary>Failures are told in words and with a reference number: pages get a page, the API gets problem details.</summary>
internal static class FailurePages
{
    public static void AddFailureAnswers(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Status >= StatusCodes.Status500InternalServerError)
                context.ProblemDetails.Extensions["reference"] = FailureReference.Of(context.HttpContext);
        });
        services.AddExceptionHandler<ApiFailures>();
    }

    public static void UseFailurePages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true });
        app.UseStatusCodePagesWithReExecute("/not-found", "?status={0}", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            var isApi = IsApi(context.Request.Path);
            if (isApi && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            if (IsTelling(context)) Reread(context);
            await next(context);
            if (isApi && !context.Response.HasStarted && NoCall(context.Response.StatusCode) is { } answer) await answer.ExecuteAsync(context);
        });

        if (!app.Environment.IsDevelopment()) app.UseHsts();
    }

    // What no endpoint of the API answered: told as a problem, never as a page.
    private static IResult? NoCall(int status) => status switch
    {
        StatusCodes.Status404NotFound => Results.Problem("There is no such call; see /api/docs.", statusCode: status),
        StatusCodes.Status405MethodNotAllowed => Results.Problem("This call has another method, named in Allow; see /api/docs.", statusCode: status),
        _ => null,
    };

    private static bool IsTelling(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null;

    // A page that tells of a failed post is read, not posted to: the refused form would be refused again, and nothing be told.
    private static void Reread(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IAntiforgeryValidationFeature>(null);
    }

    private static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal);

    private sealed class ApiFailures(IProblemDetailsService problems, ILogger<ApiFailures> logger) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
            logger.LogError(exception, "Failure {Reference} at {Method} {Path}", FailureReference.Of(httpContext), httpContext.Request.Method, path);
            if (!IsApi(path)) return false;

            var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            httpContext.Response.StatusCode = status;
            return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = { Status = status } });
        }
    }
}

/// <summary>The number under which a failure stands in the log, short enough to read out on the telephone.</summary>
public static class FailureReference
{
    /// <summary>The request's own number.</summary>
    public static string Of(HttpContext context) =>
        Activity.Current is { } activity ? Shorten(activity.TraceId) : context.TraceIdentifier;

    /// <summary>A number for a failure outside of any request, such as in an open page.</summary>
    public static string Next() => Shorten(ActivityTraceId.CreateRandom());

    private static string Shorten(ActivityTraceId id) => id.ToHexString()[..8].ToUpperInvariant();
}
