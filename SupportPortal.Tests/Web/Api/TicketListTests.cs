using System.Net;

namespace SupportPortal.Tests.Web.Api;

public sealed class TicketListTests(ApiPortal portal)
{
    [Fact]
    public async Task A_list_shows_what_its_reader_may_see_and_no_descriptions()
    {
        var (mine, theirs) = (await portal.CustomerAsync("Listed Ltd"), await portal.CustomerAsync());
        var colleague = await portal.CustomerAsync("Listed Ltd");
        string[] ours = [await mine.OpenAsync("one"), await colleague.OpenAsync("two")];
        await theirs.OpenAsync("three");

        var list = await mine.GetAsync("?sort=oldest");
        Assert.Equal(ours, Numbers(list));
        Assert.DoesNotContain("description", list.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(Numbers(await mine.GetAsync($"?organisation={theirs.OrganisationId}")));
    }

    [Fact]
    public async Task Filters_narrow_it_and_statuses_add_up()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        string[] all = [await customer.OpenAsync("alpha"), await customer.OpenAsync("beta 100%"), await customer.OpenAsync("gamma"), await customer.OpenAsync("delta")];
        await agent.PostAsync($"{all[1]}/severity", """{"severity": 1, "reason": "x"}""");
        await agent.PostAsync($"{all[2]}/work", "{}");
        await agent.PostAsync($"{all[3]}/resolution", """{"kind": "fix", "summary": "x"}""");

        var scope = $"organisation={customer.OrganisationId}&sort=oldest";
        Assert.Equal([all[0], all[1]], await FilterAsync("status=new"));
        Assert.Equal([all[0], all[1], all[2]], await FilterAsync("status=new,inProgress"));
        Assert.Equal([all[2], all[3]], await FilterAsync("status=inProgress&status=resolved"));
        Assert.Equal([all[0], all[1], all[2]], await FilterAsync("status=open"));
        Assert.Equal([all[1]], await FilterAsync("severity=1"));
        Assert.Equal([all[2]], await FilterAsync("assignee=me"));
        Assert.Equal([all[2]], await FilterAsync($"assignee={agent.Id}"));
        Assert.Equal([all[2]], await FilterAsync($"assignee={agent.Email}"));
        Assert.Equal([all[0], all[1], all[3]], await FilterAsync("assignee=none"));
        Assert.Equal([all[1]], await FilterAsync("q=100%25"));
        Assert.Empty(await FilterAsync("q=%00"));
        Assert.Empty(await FilterAsync($"q={new string('a', 2_000)}"));
        Assert.Equal([all[2]], await FilterAsync("q=GAMM"));
        Assert.Equal([all[3]], await FilterAsync($"q={all[3]}"));
        Assert.Equal([all[1]], await FilterAsync("due_before=2030-01-07T12:00:00Z"));
        Assert.Equal([all[1], all[0], all[2], all[3]], Numbers(await agent.GetAsync($"?organisation={customer.OrganisationId}")));
        Assert.Equal([all[3], all[2], all[1], all[0]], Numbers(await agent.GetAsync($"?organisation={customer.OrganisationId}&sort=newest")));

        async Task<string[]> FilterAsync(string filter) => Numbers(await agent.GetAsync($"?{scope}&{filter}"));
    }

    [Theory]
    [InlineData("due")]
    [InlineData("newest")]
    [InlineData("oldest")]
    public async Task Pages_show_every_ticket_once_though_others_come_in_between(string order)
    {
        var customer = await portal.CustomerAsync();
        var all = new List<string>();
        for (var i = 0; i < 7; i++) all.Add(await customer.OpenAsync());
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await customer.GetAsync($"?sort={order}&limit=3{(after is null ? "" : $"&after={after}")}");
            seen.AddRange(Numbers(page));
            after = page["next"] is { Length: > 0 } next ? next : null;
            if (after is not null) await customer.OpenAsync("in between");
        }
        while (after is not null);

        Assert.Equal(all, seen.Where(all.Contains).Order());
        Assert.Equal(seen.Distinct(), seen);
    }

    [Theory]
    [InlineData("status=broken", "status: “broken” is no status: use new, inProgress, waitingOnCustomer, resolutionProposed, resolved, closed, or open.")]
    [InlineData("status=", "status: “” is no status: use new, inProgress, waitingOnCustomer, resolutionProposed, resolved, closed, or open.")]
    [InlineData("severity=4", "severity: “4” is no severity: use 1, 2 or 3.")]
    [InlineData("assignee=ghost", "assignee: There is nobody “ghost”: use an id, me or none.")]
    [InlineData("organisation=Acme", "organisation: There is no organisation “Acme”: use its id.")]
    [InlineData("organisation=99999", "organisation: There is no organisation “99999”: use its id.")]
    [InlineData("due_before=tomorrow", "due_before: “tomorrow” is no instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("sort=loudest", "sort: “loudest” is no order: use due, newest, oldest.")]
    [InlineData("limit=0", "limit: The limit is 1 to 200.")]
    [InlineData("limit=201", "limit: The limit is 1 to 200.")]
    [InlineData("limit=many", "limit: The limit is 1 to 200.")]
    [InlineData("after=nonsense", "after: This cursor is none of this list's: send the last page's next as it was.")]
    [InlineData("after=OTIyMzM3MjAzNjg1NDc3NTgwNy4x", "after: This cursor is none of this list's: send the last page's next as it was.")]
    public async Task A_filter_that_means_nothing_is_named(string filter, string error)
    {
        var answer = await (await portal.AgentAsync()).GetAsync($"?{filter}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, Assert.Single(answer.Errors)));
    }

    private static string[] Numbers(Answer list) => [.. list.Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("number").GetString()!)];
}
