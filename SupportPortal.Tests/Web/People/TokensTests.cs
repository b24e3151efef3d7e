using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

public sealed partial class TokensTests
{
    [Fact]
    public async Task A_token_is_made_shown_once_and_revoked_on_the_page()
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(Role.Agent);
        using var client = await server.SignedInClientAsync(person.Email!);

        using var made = await client.PostFormAsync("/account/tokens", "make", ("Form.Name", "Nightly <b>"), ("Form.Days", "30"), ("Form.Present", PortalServer.Password));
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
        await using var server = new PortalServer();
        var secret = (await server.Get<ApiTokens>().MakeAsync((await server.AddPersonAsync(Role.Manager)).Id, "t", null, CancellationToken.None)).Made!.Secret;
        using var client = server.CreateClient();
        if (header is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header.Replace("TOKEN", "bearer " + secret, StringComparison.Ordinal));

        using var answer = await client.GetAsync(new Uri("/api/v1/tickets", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        if (status is HttpStatusCode.OK) return;

        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(401, (await answer.Content.ReadFromJsonAsync<ProblemDetails>())?.Status);
    }

    [GeneratedRegex("spt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
