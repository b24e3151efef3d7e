using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Security;

/// <summary>The log tells no secret, however much it tells.</summary>
public sealed class SecretTests(SingleSignOnPortal scene) : IClassFixture<SingleSignOnPortal>
{
    private const string MailPassword = "a-secret-of-the-mail-server-7c20";
    private const string WrongPassword = "a-wrong-password-nevertheless-3b";

    [Fact]
    public async Task Neither_passwords_nor_secrets_nor_tokens_nor_sessions_are_logged()
    {
        using var log = new EveryLine();
        await using var settings = new PortalServer().WithProvider(scene.Provider)
            .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{Programs.FreePort()}").With("Portal:Mail:From", "support@portal.example")
            .With("Portal:Mail:UserName", "portal").With("Portal:Mail:Password", MailPassword).With("Portal:PublicUrl", "http://localhost")
            .With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft.AspNetCore", "Trace").With("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace");
        await using var portal = settings.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log)));
        using var client = portal.CreateClient(new() { AllowAutoRedirect = false });
        await portal.Services.GetRequiredService<PeopleDesk>().AddAsync(new NewPerson("ann@test.example", Role.Agent, "Ann", null, PortalServer.Password));

        // A wrong password, a good one, a token, the provider's word, a mail that finds no server.
        (await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", "ann@test.example"), ("Form.Password", WrongPassword))).Dispose();
        using var signedIn = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", "ann@test.example"), ("Form.Password", PortalServer.Password));
        var session = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.Contains("Identity", StringComparison.Ordinal)).Split(';')[0].Split('=')[1];
        var owner = (await portal.Services.GetRequiredService<PeopleDesk>().FindByEmailAsync("ann@test.example"))!;
        var (token, _) = await portal.Services.GetRequiredService<ApiTokens>().MakeAsync(owner.Id, "test", null, CancellationToken.None);
        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sla/policy");
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token!.Secret);
        Assert.True((await client.SendAsync(call)).IsSuccessStatusCode);

        scene.Says("logged", ("groups", "agents"));
        using var stranger = portal.CreateClient(new() { AllowAutoRedirect = false });
        using var back = await stranger.GetAsync(await SingleSignOnPortal.AtProviderAsync(await SingleSignOnPortal.LeaveAsync(stranger), "logged"));
        Assert.EndsWith("/desk", back.Headers.Location?.ToString(), StringComparison.Ordinal);
        (await stranger.PostFormAsync("/account/forgot-password", "forgot-password", ("Form.Email", "ann@test.example"))).Dispose();
        await portal.Services.GetRequiredService<MailDispatcher>().SendDueAsync(CancellationToken.None);

        Assert.NotEmpty(log.Lines);
        Assert.All(new[] { MailPassword, WrongPassword, PortalServer.Password, IdentityProvider.ClientSecret, token.Secret, session },
            secret => Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>All that is logged.</summary>
    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
