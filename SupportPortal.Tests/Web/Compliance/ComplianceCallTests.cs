using System.Net;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Tests.Web.Api;

namespace SupportPortal.Tests.Web.Compliance;

/// <summary><c>GET /api/v1/compliance</c>.</summary>
public sealed class ComplianceCallTests(ApiPortal portal)
{
    [Fact]
    public async Task It_counts_what_fell_due_by_whatever_it_is_asked()
    {
        var (manager, agent, customer) = (await portal.CallerAsync(Role.Manager), await portal.AgentAsync(), await portal.CustomerAsync());
        string[] all = [await customer.OpenAsync(), await customer.OpenAsync(), await customer.OpenAsync()];
        await agent.PostAsync($"{all[0]}/work", "{}");
        await agent.PostAsync($"{all[0]}/replies", """{"body": "Mended soon."}""");
        await agent.PostAsync($"{all[1]}/severity", """{"severity": 2, "reason": "x"}""");
        await agent.PostAsync($"{all[1]}/replies", """{"body": "Mended soon."}""");

        // The first two are kept; the third is not yet due, and nobody has been silent. The clock stands still: at the instant of the answer the grading was not yet in force.
        var scope = $"organisation={customer.OrganisationId}";
        Assert.Equal(["firstResponse 3: 2/0 1"], Rows(await GetAsync(scope), "metric", "severity"));
        Assert.Equal(["3: 1/0 1"], Rows(await GetAsync($"{scope}&by=severity&agent={agent.Email}"), "severity")); // Who starts work has it.
        Assert.Equal(["2030-01: 2/0 1"], Rows(await GetAsync($"{scope}&by=month"), "month"));
        Assert.Equal(["firstResponse api 2030-01: 2/0 1"], Rows(await GetAsync($"{scope}&by=month,channel,metric"), "metric", "channel", "month"));
        Assert.Equal(["3: 1/0 1"], Rows(await GetAsync($"{scope}&by=severity&from=2030-01-07&to=2030-01-07"), "severity")); // The other falls due tomorrow.
        Assert.Equal(["3: 1/0 1"], Rows(await GetAsync($"{scope}&by=severity&from=2030-01-07T15:00:00.000001Z&to=2030-01-08T09:00:00.000001Z"), "severity"));
        Assert.Empty(Rows(await GetAsync($"{scope}&by=severity&from=2030-01-07T15:00:00.000001Z&to=2030-01-08T09:00:00Z"), "severity")); // The end is left out.
        Assert.Empty(Rows(await GetAsync($"{scope}&outcome=breached"), "metric"));

        var whose = (await GetAsync($"{scope}&by=organisation,agent")).Json.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal([null, agent.Id], whose.Select(row => row.TryGetProperty("agent", out var who) ? who.GetProperty("id").GetString() : null));
        Assert.All(whose, row => Assert.Equal(customer.OrganisationId, row.GetProperty("organisation").GetProperty("id").GetInt32()));

        Task<Answer> GetAsync(string query) => manager.GetAsync($"/api/v1/compliance?{query}");
    }

    [Fact]
    public async Task It_tells_teams_apart_and_narrows_to_one()
    {
        await using var own = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var (ada, bob) = (await own.AddPersonAsync(Role.Agent, "ada@test.example", team: "First line"), await own.AddPersonAsync(Role.Agent, "bob@test.example"));
        var manager = await CallerAsync(await own.AddPersonAsync(Role.Manager));
        var customer = await CallerAsync(await own.AddPersonAsync(Role.Customer, organisation: "Northwind Traders"));
        foreach (var agent in new[] { ada, bob, bob }) await (await CallerAsync(agent)).PostAsync($"{await customer.OpenAsync()}/replies", """{"body": "Mended soon."}""");
        await customer.OpenAsync(); // Not yet due.

        // Whoever answers has not taken it: these are nobody's.
        Assert.Equal([": 3/0 1"], Rows(await manager.GetAsync("/api/v1/compliance?by=team"), "team"));
        foreach (var agent in new[] { ada, bob, bob })
        {
            var number = await customer.OpenAsync();
            await (await CallerAsync(agent)).PostAsync($"{number}/work", "{}");
            await (await CallerAsync(agent)).PostAsync($"{number}/replies", """{"body": "Mended soon."}""");
        }

        Assert.Equal([": 5/0 1", "First line: 1/0 1"], Rows(await manager.GetAsync("/api/v1/compliance?by=team"), "team"));
        Assert.Equal(["firstResponse : 5/0 1", "firstResponse First line: 1/0 1"], Rows(await manager.GetAsync("/api/v1/compliance?by=team,metric"), "metric", "team"));
        Assert.Equal(["3: 1/0 1"], Rows(await manager.GetAsync("/api/v1/compliance?by=severity&team=FIRST%20line"), "severity"));
        Assert.Equal(["3: 2/0 1"], Rows(await manager.GetAsync("/api/v1/compliance?by=severity&team=none"), "severity")); // Bob's, and not nobody's.

        async Task<Caller> CallerAsync(PortalUser person) => new(await own.TokenClientAsync(person), person.Id, person.Email!, person.OrganisationId);
    }

    [Theory]
    [InlineData("to=2030-01-01&from=2030-02-01", "to: The period ends before it begins.")]
    [InlineData("from=1990-01-01&to=2030-01-01", "from: A period has at most 20 years.")]
    [InlineData("from=0000-00-00", "from: “0000-00-00” is no date such as 2026-11-22, nor an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("to=9999-12-31", "to: “9999-12-31” is no date such as 2026-11-22, nor an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("zone=Mars%2FOlympus", "zone: “Mars/Olympus” is no time zone such as Europe/Berlin.")]
    [InlineData("severity=4", "severity: “4” is no severity: use 1, 2 or 3.")]
    [InlineData("metric=speed", "metric: “speed” is none of firstResponse, periodicUpdate, statusRequest, emergencyPatch, nextResponse, resolution.")]
    [InlineData("by=metric,colour", "by: “colour” is none of metric, severity, month, organisation, agent, service, channel, team.")]
    [InlineData("agent=robin", "agent: There is nobody “robin”: use an id, an e-mail address or none.")]
    [InlineData("team=third", "team: There is no team “third”: use none.")]
    [InlineData("organisation=999999", "organisation: There is no organisation “999999”: use its id, or none.")]
    [InlineData("hour=168", "hour: “168” is no hour of the week: 0, Monday from midnight, to 167.")]
    [InlineData("severity=1&severity=2", "severity: “severity” is given more than once.")]
    [InlineData("colour=red", "colour: There is no filter “colour” here: use from, to, zone, metric, severity, organisation, service, team, agent, channel, outcome, exception, cause, hour, late, lateAtMost, by.")]
    public async Task What_it_cannot_follow_it_refuses_by_its_name(string query, string refusal)
    {
        var answer = await (await portal.CallerAsync(Role.Manager)).GetAsync($"/api/v1/compliance?{query}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, refusal), (answer.Status, Assert.Single(answer.Errors)));
    }

    [Fact]
    public async Task A_period_may_begin_and_end_in_any_zone()
    {
        var answer = await (await portal.CallerAsync(Role.Manager)).GetAsync("/api/v1/compliance?from=2026-03-01&to=2026-03-31&zone=Europe/Berlin");
        Assert.Equal(("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", "Europe/Berlin"), (answer["from"], answer["to"], answer["zone"]));
    }

    private static IEnumerable<string> Rows(Answer answer, params string[] by) => answer.Json.GetProperty("rows").EnumerateArray()
        .Select(row => $"{string.Join(' ', by.Select(name => row.TryGetProperty(name, out var part) ? part.ToString() : ""))}: {row.GetProperty("met")}/{row.GetProperty("breached")} {row.GetProperty("attainment")}");
}
