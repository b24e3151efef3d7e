using System.Net;

namespace SupportPortal.Tests.Web.Api;

public sealed class IdempotencyTests(ApiPortal portal)
{
    private const string Lamp = """{"subject": "Lamp", "description": "Dark."}""";

    [Fact]
    public async Task The_same_key_and_body_open_one_ticket_and_are_answered_alike_though_it_changed_since()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var first = await customer.PostAsync("", Lamp, "Idempotency-Key: lamp");
        await agent.PostAsync($"{first.Number}/severity", """{"severity": 1, "reason": "x"}""");
        var again = await customer.PostAsync("", Lamp, "Idempotency-Key: lamp");

        Assert.Equal((HttpStatusCode.Created, first.Headers.Location, first.Json.GetRawText()), (again.Status, again.Headers.Location, again.Json.GetRawText()));
        Assert.Single((await customer.GetAsync("")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Twenty_equal_calls_at_once_have_one_effect()
    {
        var customer = await portal.CustomerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => customer.PostAsync("", Lamp, "Idempotency-Key: at once")));
        Assert.Equal([(HttpStatusCode.Created, answers[0].Json.GetRawText())], answers.Select(a => (a.Status, a.Json.GetRawText())).Distinct());
        Assert.Single((await customer.GetAsync("")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_act_is_done_once_even_where_it_changed_nothing_then_and_would_now()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var number = await customer.OpenAsync();
        var reply = await agent.PostAsync($"{number}/replies", """{"body": "Once."}""", "Idempotency-Key: once");
        Assert.Equal(reply.Json.GetRawText(), (await agent.PostAsync($"{number}/replies", """{"body": "Once."}""", "Idempotency-Key: once")).Json.GetRawText());

        var nobody = await agent.PostAsync($"{number}/assignee", """{"assignee": null}""", "Idempotency-Key: nobody");
        await agent.PostAsync($"{number}/work", "{}");
        var again = await agent.PostAsync($"{number}/assignee", """{"assignee": null}""", "Idempotency-Key: nobody");
        Assert.Equal(nobody.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal(("4", agent.Id), ((await agent.GetAsync(number))["version"], (await agent.GetAsync(number)).Json.GetProperty("assignee").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_on_another_ticket_is_refused()
    {
        var customer = await portal.CustomerAsync();
        var (one, other) = (await customer.OpenAsync(), await customer.OpenAsync());
        await customer.PostAsync($"{one}/replies", """{"body": "a"}""", "Idempotency-Key: k");
        Answer[] reused = [await customer.PostAsync($"{one}/replies", """{"body": "b"}""", "Idempotency-Key: k"), await customer.PostAsync($"{other}/replies", """{"body": "a"}""", "Idempotency-Key: k")];
        Assert.All(reused, answer => Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "Idempotency-Key: This key was used for another call. Use a new one."), (answer.Status, Assert.Single(answer.Errors))));
    }

    [Fact]
    public async Task A_preview_keeps_its_key_too()
    {
        var customer = await portal.CustomerAsync();
        Task<Answer> PreviewAsync(int hour) => customer.PostAsync(
            "/api/v1/sla/preview", $$"""{"events": [{"type": "reported", "at": "2026-03-02T10:00:00Z"}], "now": "2026-03-02T{{hour:00}}:00:00Z"}""", "Idempotency-Key: p");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PreviewAsync(9)).Status); // Before the report: refused, and the key is free.
        var first = await PreviewAsync(12);
        Assert.Equal((HttpStatusCode.OK, first.Json.GetRawText()), ((await PreviewAsync(12)).Status, (await PreviewAsync(12)).Json.GetRawText()));
        Assert.Equal("Idempotency-Key: This key was used for another call. Use a new one.", Assert.Single((await PreviewAsync(13)).Errors));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await customer.PostAsync("", Lamp, "Idempotency-Key: p")).Status);
    }

    [Fact]
    public async Task A_key_is_its_owners_and_another_callers_equal_key_is_another()
    {
        var (one, other) = (await portal.CustomerAsync(), await portal.CustomerAsync());
        Assert.NotEqual((await one.PostAsync("", Lamp, "Idempotency-Key: shared")).Number, (await other.PostAsync("", Lamp, "Idempotency-Key: shared")).Number);
    }

    [Fact]
    public async Task A_key_of_256_characters_is_too_long()
    {
        var answer = await (await portal.CustomerAsync()).PostAsync("", Lamp, $"Idempotency-Key: {new string('k', 256)}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Idempotency-Key: A key has 1 to 255 characters."), (answer.Status, Assert.Single(answer.Errors)));
    }
}
