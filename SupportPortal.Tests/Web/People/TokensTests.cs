using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;

namespace SupportPortal.Tests.Web.People;

public sealed partial class TokensTests(PrivatePostgres postgres)
{
    [Fact]
    public async Task A_token_is_made_shown_once_and_revoked_on_the_page()
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(Role.Agent);
        using var client = await server.SignedInClientAsync(person.Email!);

        using var made = await client.PostFormAsync("/account/tokens", "make", ("Form.Name", "Nightly <b>"), ("Form.Days", "30"));
        var secret = Secret().Match(await made.Content.ReadAsStringAsync()).Value;
        Assert.NotNull(await server.Get<ApiTokens>().AuthenticateAsync(secret, CancellationToken.None));

        var page = await client.GetStringAsync(new Uri("/account/tokens", UriKind.Relative));
        Assert.Contains("Nightly &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, page, StringComparison.Ordinal);

        using var revoked = await client.PostFormAsync("/account/tokens", "revoke-1");
        Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        Assert.Null(await server.Get<ApiTokens>().AuthenticateAsync(secret, CancellationToken.None));
    }

    [Fact]
    public async Task Someone_elses_token_cannot_be_revoked()
    {
        await using var server = new PortalServer();
        var owner = await server.AddPersonAsync(Role.Agent);
        using var theirs = await server.TokenClientAsync(owner);
        using var client = await server.SignedInClientAsync((await server.AddPersonAsync(Role.Customer)).Email!);
        using var refused = await client.PostFormAsync("/account/tokens", "revoke-1");
        Assert.Single(await server.Get<ApiTokens>().ListAsync(owner.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("Basic dXNlcjpwYXNz", HttpStatusCode.Unauthorized)]
    [InlineData("TOKEN", HttpStatusCode.OK)]
    public async Task A_call_without_a_good_token_is_told_so_as_a_problem(string? header, HttpStatusCode status)
    {
        await using var database = await TestDatabase.MakeAsync(SupportPortal.Application.Storage.DatabaseProvider.Sqlite, postgres);
        var owner = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("a@test.example", Role.Manager, "Ada"))).Added!;
        var secret = (await database.Get<ApiTokens>().MakeAsync(owner.Id, "t", null, CancellationToken.None)).Made!.Secret;
        await using var app = await CallsAsync(database);
        using var client = app.GetTestClient();
        if (header is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header.Replace("TOKEN", "bearer " + secret, StringComparison.Ordinal));

        using var answer = await client.GetAsync(new Uri("/api/whoami", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        if (status is HttpStatusCode.OK)
        {
            Assert.Equal("Manager", await answer.Content.ReadAsStringAsync());
            return;
        }

        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(401, (await answer.Content.ReadFromJsonAsync<ProblemDetails>())?.Status);
    }

    private static async Task<WebApplication> CallsAsync(TestDatabase database)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting().AddProblemDetails().AddLogging();
        builder.Services.AddSingleton(database.Get<ApiTokens>());
        builder.Services.AddAuthentication().AddScheme<TokenAuthenticationOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(TokenAuthentication.Policy, policy =>
            policy.AddAuthenticationSchemes(TokenAuthentication.Scheme).RequireAuthenticatedUser());
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/api/whoami", (HttpContext context) => context.User.RequireActor().Role.ToString()).RequireAuthorization(TokenAuthentication.Policy);
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex("spt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
