using System.Net;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Live;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Shell;

public sealed class HostTests : IAsyncDisposable
{
    private readonly PortalServer _server = new(new FakeTimeProvider(TestDatabase.Monday));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/severity")]
    [InlineData("/account/login")]
    [InlineData("/nothing-here")]
    [InlineData("/tokens.css")]
    [InlineData("/health/live")]
    public async Task Every_answer_tells_the_browser_what_to_refuse(string path)
    {
        using var answer = await _server.CreateClient().GetAsync(path);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_told_in_words()
    {
        using var answer = await _server.CreateClient().GetAsync("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>Page not found</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_call_is_told_as_a_problem()
    {
        using var answer = await _server.CreateClient().GetAsync("/api/v1/nothing-here");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_visitor_who_opens_the_desk_is_asked_to_sign_in_and_comes_back_to_it()
    {
        using var answer = await _server.CreateClient(new() { AllowAutoRedirect = false }).GetAsync("/desk");
        Assert.Equal((HttpStatusCode.Found, "/account/login?returnUrl=%2Fdesk"), (answer.StatusCode, answer.Headers.Location?.PathAndQuery));
    }

    [Fact]
    public async Task A_customer_who_opens_the_desk_is_told_that_it_is_not_for_them()
    {
        var customer = await _server.AddPersonAsync(Role.Customer);
        using var client = await _server.SignedInClientAsync(customer.Email!);
        using var answer = await client.GetAsync("/desk");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("This page is not for your account", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark", "data-theme=\"dark\"")]
    [InlineData("light", "data-theme=\"light\"")]
    [InlineData("\"><script>", "<html lang=\"en\">")]
    [InlineData(null, "<html lang=\"en\">")]
    public async Task The_first_byte_has_the_visitors_theme(string? chosen, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (chosen is not null) request.Headers.Add("Cookie", $"theme={Uri.EscapeDataString(chosen)}");
        using var answer = await _server.CreateClient().SendAsync(request);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_the_live_check_tell_the_servers_time()
    {
        var client = _server.CreateClient();
        Assert.Contains("<meta name=\"server-time\" content=\"2030-01-07T09:00:00.0000000Z\"", await client.GetStringAsync("/"), StringComparison.Ordinal);
        using var answer = await client.SendAsync(new(HttpMethod.Head, "/health/live"));
        Assert.Equal("2030-01-07T09:00:00.0000000Z", Assert.Single(answer.Headers.GetValues("Server-Time")));
    }

    [Fact]
    public async Task It_is_ready_when_its_database_answers_and_the_board_is_in_memory()
    {
        await _server.Get<OpenTickets>().Loaded;
        Assert.Equal("Healthy", await _server.CreateClient().GetStringAsync("/health/ready"));
    }
}
