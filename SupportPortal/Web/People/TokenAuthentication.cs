using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>No settings of its own.</summary>
public sealed class TokenAuthenticationOptions : AuthenticationSchemeOptions;

/// <summary>How often one network address may call without a valid token: whoever guesses tokens has to wait.</summary>
public sealed class RefusedCalls(IOptions<PortalOptions> options, TimeProvider clock)
{
    private readonly AddressCounter _calls = new(clock);

    /// <summary>Counts a refused call; says how many seconds to wait when it is one too many.</summary>
    public int? Count(HttpContext context) => _calls.Refuse(context, options.Value.Api.RefusedPerMinute);
}

/// <summary>Bearer tokens for the API. Cookies do not count there, so no other site's form can act through it.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<TokenAuthenticationOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    ApiTokens tokens,
    RefusedCalls refused,
    IProblemDetailsService problems) : AuthenticationHandler<TokenAuthenticationOptions>(options, logs, encoder)
{
    /// <summary>The authentication scheme's name.</summary>
    public new const string Scheme = "Token";

    /// <summary>The policy of every call that needs a token.</summary>
    public const string Policy = "Token";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return AuthenticateResult.NoResult();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("Not a bearer token.");

        var owner = await tokens.AuthenticateAsync(header[Bearer.Length..].Trim(), Context.RequestAborted);
        return owner is null
            ? AuthenticateResult.Fail("Malformed, unknown, expired or revoked token.")
            : AuthenticateResult.Success(new AuthenticationTicket(owner.ToPrincipal(Scheme), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (refused.Count(Context) is { } wait) return TellAsync(StatusCodes.Status429TooManyRequests, $"There were too many calls without a valid token from your network. Go on in {wait} s.");
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return TellAsync(StatusCodes.Status401Unauthorized, Request.Headers.Authorization.Count == 0
            ? "This call needs a token: send it as \"Authorization: Bearer …\". Make one at /account/tokens."
            : "The token is malformed, unknown, expired or revoked. Make a new one at /account/tokens.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        TellAsync(StatusCodes.Status403Forbidden, Allows(Context)
            ? "The token's owner may not do this."
            : "The scope of this token is read: it can read what its owner sees, and change nothing. Make one that may do everything at /account/tokens.");

    /// <summary>Whether the caller's token opens a call of this kind, whatever its owner may do.</summary>
    public static bool Allows(HttpContext call) =>
        call.User.ToTokenScope() is TokenScope.All || HttpMethods.IsGet(call.Request.Method) || HttpMethods.IsHead(call.Request.Method);

    private async Task TellAsync(int status, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new() { HttpContext = Context, ProblemDetails = { Status = status, Detail = detail } });
    }
}
