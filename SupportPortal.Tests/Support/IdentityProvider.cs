using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SupportPortal.Tests.Support;

/// <summary>
/// A real OpenID Connect server (OpenIddict, on Kestrel at a loopback port): authorization code with PKCE, signed ID tokens. Its people sign
/// in by choosing who they are.
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "support-portal";
    public const string ClientSecret = "a-secret-of-the-provider-59d1";

    private readonly ConcurrentDictionary<string, Person> _people = [];
    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What it says of a person: in the ID token, and when asked for the user's information.</summary>
    private sealed record Person(IReadOnlyDictionary<string, object> Claims, IReadOnlyDictionary<string, object> UserInfo);

    /// <summary>Adds a person, or changes what is said of them. A claim is a string, a boolean, a list of strings or JSON.</summary>
    public void Add(string subject, IReadOnlyDictionary<string, object> claims, IReadOnlyDictionary<string, object>? userInfo = null) =>
        _people[subject] = new Person(claims, userInfo ?? new Dictionary<string, object>());

    public static async Task<IdentityProvider> StartAsync()
    {
        var port = Programs.FreePort();
        var authority = new Uri($"http://127.0.0.1:{port}/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, authority));
        var app = builder.Build();
        var provider = new IdentityProvider(app) { Authority = authority };
        app.UseAuthentication();
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", (Delegate)provider.ExchangeAsync);
        app.MapGet("/userinfo", (Delegate)provider.TellAsync);
        await app.StartAsync();

        // Its keys are made at the first question: not while a portal waits for the answer.
        using var first = new HttpClient();
        foreach (var document in new[] { ".well-known/openid-configuration", ".well-known/jwks" }) await first.GetStringAsync(new Uri(authority, document));
        return provider;
    }

    private static void Configure(OpenIddictServerBuilder server, Uri authority)
    {
        server.SetIssuer(authority).EnableDegradedMode();
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Email, Scopes.Profile);

        // Keys that are made in no time: an RSA pair takes long on a machine with other work.
        server.AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
        server.UseAspNetCore().DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
        {
            if (request.ClientId != ClientId) request.Reject(Errors.InvalidClient, "Unknown client.");
            else if (!new Uri(request.RedirectUri!).AbsolutePath.EndsWith("/callback", StringComparison.Ordinal)) request.Reject(Errors.InvalidRequest, "Unknown address.");
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(request =>
        {
            if (request.ClientId != ClientId || request.ClientSecret != ClientSecret) request.Reject(Errors.InvalidClient, "Unknown client.");
            return ValueTask.CompletedTask;
        }));
    }

    // The page on which a person says who they are: a link for each.
    private IResult Authorize(HttpContext context)
    {
        if (context.Request.Query["as"] is not [{ } subject])
        {
            return Results.Content($"<!doctype html><title>Provider</title><h1>Who are you?</h1>{string.Concat(_people.Keys.Select(
                known => $"<p><a href=\"{WebUtility.HtmlEncode($"{context.Request.Path}{context.Request.QueryString}&as={known}")}\">{known}</a>"))}", "text/html");
        }

        if (!_people.ContainsKey(subject)) return Results.Forbid(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        return SignIn(subject, context.GetOpenIddictServerRequest()!.GetScopes(), new Dictionary<string, object>());
    }

    private async Task<IResult> ExchangeAsync(HttpContext context)
    {
        var code = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var subject = code.Principal!.GetClaim(Claims.Subject)!;
        return SignIn(subject, code.Principal!.GetScopes(), _people[subject].Claims, code.Principal);
    }

    private async Task<IResult> TellAsync(HttpContext context)
    {
        var caller = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var subject = caller.Principal!.GetClaim(Claims.Subject)!;
        return Results.Json(new Dictionary<string, object>(_people[subject].UserInfo) { [Claims.Subject] = subject }, new JsonSerializerOptions { MaxDepth = 1_000 });
    }

    private static IResult SignIn(string subject, IEnumerable<string> scopes, IReadOnlyDictionary<string, object> claims, ClaimsPrincipal? code = null)
    {
        var identity = new ClaimsIdentity(code?.Claims ?? [], "provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        foreach (var (name, value) in claims)
        {
            _ = value switch
            {
                string text => identity.SetClaim(name, text),
                bool flag => identity.SetClaim(name, flag),
                JsonElement json => identity.SetClaim(name, json),
                IEnumerable<string> list => identity.SetClaims(name, [.. list]),
                _ => throw new ArgumentException($"{name} is no claim."),
            };
        }

        identity.SetScopes(scopes);
        identity.SetDestinations(claim => claims.ContainsKey(claim.Type) ? [Destinations.IdentityToken] : []);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
