using System.Net;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Tests.Web.Api;

namespace SupportPortal.Tests.Web.Compliance;

/// <summary>Exceptions over the API.</summary>
public sealed class ExceptionCallTests
{
    [Fact]
    public async Task Two_managers_excuse_a_breach_and_its_customer_is_not_told()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var portal = new PortalServer(clock);
        var (max, mia, ada, casey) = (await CallerAsync(Role.Manager), await CallerAsync(Role.Manager), await CallerAsync(Role.Agent), await CallerAsync(Role.Customer));
        var number = await casey.OpenAsync();
        clock.Advance(TimeSpan.FromHours(25));
        await ada.PostAsync($"{number}/replies", """{"body": "Sorry for the wait."}""");
        var breach = (await max.GetAsync(number)).Json.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("metric").GetString() == "firstResponse");
        var proposal = $$"""{"metric": "firstResponse", "startedAt": "{{breach.GetProperty("startedAt").GetString()}}", "reason": "The office was flooded."}""";

        Assert.Equal(["reason: Say why this promise is to be excused."], (await max.PostAsync($"{number}/exceptions", proposal.Replace("The office was flooded.", "", StringComparison.Ordinal))).Errors);
        Assert.Equal(["metric: Say one of firstResponse, periodicUpdate, statusRequest, emergencyPatch, nextResponse, resolution.", "startedAt: Say when the clock started, as the ticket's clocks tell it."], (await max.PostAsync($"{number}/exceptions", "{}")).Errors);
        var proposed = await max.PostAsync($"{number}/exceptions", proposal, "Idempotency-Key: once");
        Assert.Equal(proposed["version"], (await max.PostAsync($"{number}/exceptions", proposal, "Idempotency-Key: once"))["version"]); // Done once.
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Forbidden), ((await mia.PostAsync($"{number}/exceptions", proposal)).Status, (await max.PostAsync($"{number}/exceptions/approval", Named())).Status));
        Assert.Equal("0/1, 0 excused", await CountedAsync());
        Assert.Equal(HttpStatusCode.OK, (await mia.PostAsync($"{number}/exceptions/approval", Named())).Status);
        Assert.Equal("0/1, 1 excused", await CountedAsync());

        var told = (await casey.GetAsync($"{number}/events")).Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString());
        Assert.Equal(["reported", "staffReply"], told);
        Assert.Equal(["reported", "staffReply", "exceptionProposed", "exceptionApproved"], (await ada.GetAsync($"{number}/events")).Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString()));

        Assert.Equal(HttpStatusCode.OK, (await max.PostAsync($"{number}/exceptions/withdrawal", Named())).Status);
        Assert.Equal("0/1, 0 excused", await CountedAsync());

        string Named() => $$"""{"version": {{proposed["version"]}}}""";

        async Task<string> CountedAsync()
        {
            var row = Assert.Single((await max.GetAsync("/api/v1/compliance?by=metric")).Json.GetProperty("rows").EnumerateArray());
            return $"{row.GetProperty("met")}/{row.GetProperty("breached")}, {row.GetProperty("excused")} excused";
        }

        async Task<Caller> CallerAsync(Role role)
        {
            var person = await portal.AddPersonAsync(role, $"{Guid.NewGuid():N}@test.example", $"Some {role}", role == Role.Customer ? "Northwind" : null);
            return new Caller(await portal.TokenClientAsync(person), person.Id, person.Email!, person.OrganisationId);
        }
    }
}
