using System.Net;
using System.Text.Json;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Api;

public sealed class ReferenceTests(ApiPortal portal)
{
    [Fact]
    public async Task The_document_names_every_call_with_the_token_it_needs()
    {
        using var client = portal.Server.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var root = document.RootElement;
        var calls = root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name}")).ToHashSet();
        string[] wanted =
        [
            "post /api/v1/tickets", "get /api/v1/tickets", "get /api/v1/tickets/{number}", "get /api/v1/tickets/{number}/events", "get /api/v1/sla/policy", "post /api/v1/sla/preview",
            .. new[] { "replies", "severity", "assignee", "work", "waiting", "status-requests", "workaround", "patch", "resolution", "acceptance", "reopening", "rating" }
                .Select(act => $"post /api/v1/tickets/{{number}}/{act}"),
        ];
        Assert.Empty(wanted.Except(calls));
        Assert.All(calls, call => Assert.StartsWith("/api/v1/", call.Split(' ')[1], StringComparison.Ordinal));
        Assert.Equal(("http", "bearer"), (
            root.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("type").GetString(),
            root.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString()));
        Assert.Equal(["application/json"], root.GetProperty("paths").GetProperty("/api/v1/tickets").GetProperty("post").GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(c => c.Name));
        Assert.All(root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()), call =>
            Assert.NotEmpty(call.Value.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task The_page_brings_its_scripts_along()
    {
        using var client = portal.Server.CreateClient();
        var page = await client.GetStringAsync(new Uri("/api/docs/", UriKind.Relative));
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        using var script = await client.GetAsync(new Uri("/api/docs/scalar.js", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }

    [Fact]
    public async Task A_token_that_calls_too_often_is_told_when_to_go_on_and_others_are_not_held_up()
    {
        await using var server = new PortalServer().With("Portal:Api:RequestsPerMinute", "3");
        var person = await server.AddPersonAsync(Role.Customer);
        using var eager = await server.TokenClientAsync(person);
        using var calm = await server.TokenClientAsync(person);
        var path = new Uri("/api/v1/sla/policy", UriKind.Relative);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync(path)).StatusCode);

        using var refused = await eager.GetAsync(path);
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await calm.GetAsync(path)).StatusCode);
    }
}
