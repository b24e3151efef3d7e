using System.Net;
using System.Text.Json;

namespace SupportPortal.Tests.Web.Api;

public sealed class TicketCallTests(ApiPortal portal)
{
    [Fact]
    public async Task A_new_ticket_is_answered_whole_with_its_place_and_version()
    {
        var customer = await portal.CustomerAsync();
        var opened = await customer.PostAsync("", """
            {"subject": "  Export stops  ", "description": "At page 40.", "service": "Billing", "impact": "productionStopped", "workaround": "none", "tags": ["export"]}
            """);

        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal($"/api/v1/tickets/{opened.Number}", opened.Headers.Location?.ToString());
        Assert.Equal("\"1\"", opened.Headers.ETag?.ToString());
        var organisation = opened.Json.GetProperty("organisation").GetProperty("name").GetString();
        Assert.Equal(
            $$"""
            {"number":"{{opened.Number}}","subject":"Export stops","description":"At page 40.","status":"new","severity":3,"claimedSeverity":1,"assessed":false,
            "reportedAt":"2030-01-07T09:00:00Z","requester":{"id":"{{customer.Id}}","name":"Some Customer"},
            "organisation":{"id":{{customer.OrganisationId}},"name":"{{organisation}}"},"assignee":null,"service":"Billing","channel":"api","tags":["export"],
            "clocks":[{"metric":"firstResponse","startedAt":"2030-01-07T09:00:00Z","dueAt":"2030-01-08T09:00:00Z","stoppedAt":null,"state":"running","lateBySeconds":null,"missed":null}],
            "version":1}
            """.ReplaceLineEndings(""),
            opened.Json.GetRawText());

        var read = await customer.GetAsync(opened.Number);
        Assert.Equal((HttpStatusCode.OK, "\"1\"", opened.Json.GetRawText()), (read.Status, read.Headers.ETag?.ToString(), read.Json.GetRawText()));
    }

    [Theory]
    [InlineData("sup-{0}")]
    [InlineData("{0}")]
    public async Task A_ticket_is_found_by_its_number_however_it_is_written(string written)
    {
        var customer = await portal.CustomerAsync();
        var number = await customer.OpenAsync();
        Assert.Equal(number, (await customer.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, written, number["SUP-".Length..]))).Number);
    }

    [Fact]
    public async Task Staff_take_it_through_its_life_and_the_customer_closes_it()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var number = await customer.OpenAsync();
        var told = new List<string>();
        await StepAsync(agent, "severity", """{"severity": 2, "reason": "Half the floor."}""");
        await StepAsync(agent, "work", "{}");
        await StepAsync(agent, "replies", """{"body": "On it."}""");
        await StepAsync(agent, "replies", """{"body": "Bring water.", "internal": true}""");
        await StepAsync(agent, "waiting", "");
        await StepAsync(customer, "replies", """{"body": "Still burning."}""");
        await StepAsync(customer, "status-requests", "{}");
        await StepAsync(agent, "workaround", """{"description": "Use the other one."}""");
        await StepAsync(agent, "patch", """{"description": "New drum.", "reference": "build 7"}""");
        await StepAsync(agent, "assignee", """{"assignee": null}""");
        await StepAsync(agent, "assignee", $$"""{"assignee": "{{agent.Email}}"}""");
        await StepAsync(agent, "resolution", """{"kind": "agreed", "summary": "A new printer on Friday."}""");
        await StepAsync(customer, "acceptance", """{"accepted": false, "comment": "Too late."}""");
        await StepAsync(agent, "resolution", """{"kind": "fix", "summary": "Put out."}""");
        await StepAsync(customer, "reopening", """{"reason": "Burns again."}""");
        await StepAsync(agent, "resolution", """{"kind": "restoration", "summary": "Out for good."}""");
        await StepAsync(customer, "acceptance", """{"accepted": true}""");
        await StepAsync(customer, "rating", """{"stars": 4, "comment": "Warm."}""");

        Assert.Equal(
            [
                "severity 2: new", "work 4: inProgress", "replies 5: inProgress", "replies 6: inProgress", "waiting 7: waitingOnCustomer", "replies 8: inProgress",
                "status-requests 9: inProgress", "workaround 10: inProgress", "patch 11: inProgress", "assignee 12: inProgress", "assignee 13: inProgress",
                "resolution 14: resolutionProposed", "acceptance 15: inProgress", "resolution 16: resolved", "reopening 17: new", "resolution 18: resolved",
                "acceptance 19: closed", "rating 20: closed",
            ],
            told);

        async Task StepAsync(Caller by, string act, string body)
        {
            var answer = await by.PostAsync($"{number}/{act}", body);
            Assert.Equal((HttpStatusCode.OK, $"\"{answer["version"]}\""), (answer.Status, answer.Headers.ETag?.ToString()));
            told.Add($"{act} {answer["version"]}: {answer["status"]}");
        }
    }

    [Fact]
    public async Task Severity_3_on_a_new_ticket_confirms_it_without_a_reason()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var confirmed = await agent.PostAsync($"{await customer.OpenAsync()}/severity", """{"severity": 3}""");
        Assert.Equal((HttpStatusCode.OK, "3", "True"), (confirmed.Status, confirmed["severity"], confirmed["assessed"]));
    }

    [Fact]
    public async Task An_act_on_the_version_that_was_seen_is_done_and_one_on_an_older_is_a_conflict()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var number = await customer.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsync($"{number}/replies", """{"body": "First."}""", "If-Match: \"1\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsync($"{number}/replies", """{"body": "Any."}""", "If-Match: *")).Status);

        var late = await agent.PostAsync($"{number}/replies", """{"body": "Late."}""", "If-Match: \"1\"");
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json", "3"), (late.Status, late.ContentType, late["version"]));
        Assert.Equal("3", (await agent.GetAsync(number))["version"]);
    }

    [Fact]
    public async Task A_customer_sees_the_public_events_only_and_staff_all_of_them_page_by_page()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var number = await customer.OpenAsync("Broken lamp");
        await agent.PostAsync($"{number}/replies", """{"body": "Which one?", "internal": true}""");
        await agent.PostAsync($"{number}/replies", """{"body": "Which lamp?"}""");

        var all = await agent.GetAsync($"{number}/events?limit=2");
        var rest = await agent.GetAsync($"{number}/events?limit=2&after={all["next"]}");
        var events = all.Json.GetProperty("items").EnumerateArray().Concat(rest.Json.GetProperty("items").EnumerateArray()).ToArray();
        Assert.Equal(["1 reported customer", "2 internalNote agent", "3 staffReply agent"],
            events.Select(e => $"{e.GetProperty("version")} {e.GetProperty("type")} {e.GetProperty("actor").GetProperty("role")}"));
        Assert.Equal(JsonValueKind.Null, rest.Json.GetProperty("next").ValueKind);
        Assert.Equal(events[1].GetProperty("hash").GetString(), events[2].GetProperty("previousHash").GetString());
        Assert.Equal("""{"body":"Which lamp?"}""", events[2].GetProperty("data").GetRawText());
        Assert.Equal(("Broken lamp", "2030-01-07T09:00:00Z"), (events[0].GetProperty("data").GetProperty("subject").GetString(), events[0].GetProperty("at").GetString()));
        Assert.True(events[0].GetProperty("seq").GetInt64() < events[1].GetProperty("seq").GetInt64());

        var seen = await customer.GetAsync($"{number}/events");
        Assert.Equal(["reported", "staffReply"], seen.Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString()));
    }
}
