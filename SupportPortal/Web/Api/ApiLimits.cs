using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.Api;

/// <summary>
/// How many calls a token may make in a minute. A limiter for each token that calls, instead of ASP.NET's middleware: that one looks
/// for idle limiters ten times a second, though nobody calls (budget B7).
/// </summary>
internal sealed class ApiLimits(IOptions<PortalOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<FixedWindowRateLimiter>> _perToken = [];

    /// <summary>Counts a call; answers how long to wait when it is one too many.</summary>
    public TimeSpan? Refuse(string tokenId)
    {
        var most = options.Value.Api.RequestsPerMinute;
        if (most == 0) return null;
        using var lease = _perToken.GetOrAdd(tokenId, _ => new(() => new FixedWindowRateLimiter(new() { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }))).Value.AttemptAcquire();
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in _perToken.Values) limiter.Value.Dispose();
    }
}

/// <summary>Marks endpoints whose calls are counted.</summary>
internal sealed record LimitedPerToken;

internal static class ApiLimiting
{
    /// <summary>Refuses what is too much, before anything of the call is read. After authorisation: it wants to know the token.</summary>
    public static void UseApiLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        var limited = context.GetEndpoint()?.Metadata.GetMetadata<LimitedPerToken>() is not null;
        if (limited && context.RequestServices.GetRequiredService<ApiLimits>().Refuse(context.User.ToTokenId() ?? "") is { } left)
        {
            var wait = Math.Max(1, Math.Ceiling(left.TotalSeconds));
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Results.Problem($"This token made too many calls. Go on in {wait} s.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
            return;
        }

        await next(context);
    });
}
