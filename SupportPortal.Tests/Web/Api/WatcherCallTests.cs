using System.Net;
using System.Text.Json;

namespace SupportPortal.Tests.Web.Api;

/// <summary>Following a ticket by the API.</summary>
public sealed class WatcherCallTests(ApiPortal portal)
{
    [Fact]
    public async Task A_colleague_watches_by_address_and_is_told_by_name()
    {
        var organisation = $"Watchers {Guid.NewGuid():N}";
        var (customer, colleague, agent) = (await portal.CustomerAsync(organisation), await portal.CustomerAsync(organisation), await portal.AgentAsync());
        var number = await customer.OpenAsync();
        var added = await customer.PostAsync($"{number}/watchers", $$"""{"email": "{{colleague.Email}}"}""");
        Assert.Equal((HttpStatusCode.OK, $$"""[{"id":"{{colleague.Id}}","name":"Some Customer"}]"""), (added.Status, Watchers(added)));
        Assert.Equal(added.Json.GetRawText(), (await agent.GetAsync(number)).Json.GetRawText());
        Assert.Equal(["email: Whoever has this address watches this request already."], (await customer.PostAsync($"{number}/watchers", $$"""{"email": "{{colleague.Email}}"}""")).Errors);

        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsync($"{number}/watchers", "{}")).Status);
        Assert.Equal(2, JsonDocument.Parse(Watchers(await agent.GetAsync(number))!).RootElement.GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsync($"{number}/watchers/removal", "{}")).Status);
        Assert.Null(Watchers(await customer.PostAsync($"{number}/watchers/removal", $$"""{"email": "{{colleague.Email}}"}""")));
    }

    [Fact]
    public async Task A_customer_learns_of_no_account_elsewhere()
    {
        var (customer, stranger) = (await portal.CustomerAsync(), await portal.CustomerAsync());
        var number = await customer.OpenAsync();
        var known = await customer.PostAsync($"{number}/watchers", $$"""{"email": "{{stranger.Email}}"}""");
        var unknown = await customer.PostAsync($"{number}/watchers", """{"email": "nobody@elsewhere.example"}""");
        Assert.Equal((HttpStatusCode.OK, null, null), (known.Status, Watchers(known), Watchers(unknown)));
        Assert.Equal(known.Json.GetRawText().Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal), unknown.Json.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(number)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{number}/watchers", "{}")).Status);
        var events = (await customer.GetAsync($"{number}/events")).Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString());
        Assert.Equal(["reported", "copyAdded", "copyAdded"], events);

        Assert.Equal(HttpStatusCode.OK, (await customer.PostAsync($"{number}/watchers/removal", """{"email": "NOBODY@elsewhere.example"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await customer.PostAsync($"{number}/watchers/removal", """{"email": "never@elsewhere.example"}""")).Status);
        Assert.Equal(["email: This is not one e-mail address. Write it alone, such as you@example.com."], (await customer.PostAsync($"{number}/watchers", """{"email": "a@b.example\r\nBcc: c@d.example"}""")).Errors);
    }

    private static string? Watchers(Answer answer) => answer.Json.TryGetProperty("watchers", out var watchers) ? watchers.GetRawText() : null;
}
