using System.Net;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Security;

/// <summary>Limits by network address, and whom the portal believes about addresses.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("127.0.0.0/8", false)]
    [InlineData("127.0.0.1", false)]
    public async Task Only_a_trusted_proxy_says_where_a_request_came_from(string? proxy, bool oneAddress)
    {
        await using var portal = new PortalServer().With("Portal:SignIn:TriesPerMinute", "1");
        if (proxy is not null) portal.With("Portal:TrustedProxies:0", proxy);
        using var client = new HttpClient { BaseAddress = portal.StartOnKestrel() };
        var person = await portal.AddPersonAsync(Role.Customer);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("203.0.113.5", PortalServer.Password));
        Assert.Equal(oneAddress ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK, await TryAsync("203.0.113.6", "wrong"));

        await using var db = await portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.Equal(oneAddress ? "127.0.0.1" : "203.0.113.5", (await db.Set<AuditEntry>().FirstAsync(e => e.Act == AuditAct.SignedIn && e.PersonId == person.Id)).Address);

        async Task<HttpStatusCode> TryAsync(string from, string password)
        {
            var page = await client.GetStringAsync(new Uri("/account/forgot-password", UriKind.Relative));
            using var call = new HttpRequestMessage(HttpMethod.Post, "/account/login") { Content = Forms.Content(page, "sign-in", ("Form.Email", person.Email!), ("Form.Password", password)) };
            call.Headers.Add("X-Forwarded-For", from);
            using var answer = await client.SendAsync(call);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Whoever_guesses_tokens_waits_and_a_good_token_of_the_same_network_does_not()
    {
        await using var portal = new PortalServer().With("Portal:Api:RefusedPerMinute", "2");
        using var good = await portal.TokenClientAsync(await portal.AddPersonAsync(Role.Customer));
        using var guesser = portal.CreateClient();
        guesser.DefaultRequestHeaders.Add("Authorization", "Bearer spt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        var path = new Uri("/api/v1/sla/policy", UriKind.Relative);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.GetAsync(path)).StatusCode);

        using var refused = await guesser.GetAsync(path);
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync(path)).StatusCode);
    }
}
