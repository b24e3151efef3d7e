using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Reports;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Application.Reports;
using SupportPortal.Tests.Support;
using SupportPortal.Tests.Web.Api;

namespace SupportPortal.Tests.Web.Compliance;

/// <summary>Any view of compliance as a file, over the API and from the pages' links.</summary>
public sealed class ReportCallTests(ApiPortal portal)
{
    [Theory]
    [InlineData("figures.json", "from=2030-02-01&to=2030-01-01", "to: The period ends before it begins.")]
    [InlineData("figures.json", "outcome=met", "outcome: There is no filter “outcome” here: use from, to, zone, metric, severity, organisation, service, team, agent, channel, unit.")]
    [InlineData("clocks.csv", "hour=168", "hour: “168” is no hour of the week: 0, Monday from midnight, to 167.")]
    [InlineData("requests.csv", "", "which: Say which requests: reported, resolved, reopened, ended, rated, open.")]
    [InlineData("organisation.pdf", "", "organisation: Choose the organisation that the report is for.")]
    [InlineData("organisation.pdf", "organisation=none&agent=none", "agent: There is no filter “agent” here: use from, to, zone, organisation.")]
    [InlineData("figures.csv", "unit=year", "unit: “year” is none of day, week, month.")]
    [InlineData("figures.csv", "service=%00", "service: A service's name has no control characters.")]
    [InlineData("risk.pdf", "severity=1", "severity: There is no filter “severity” here: use zone.")]
    [InlineData("whatIf.pdf", "", "kind: What if is had on its page: a commitment is too long for an address.")]
    [InlineData("magic.pdf", "", "kind: “magic” is none of figures, clocks, requests, organisation, risk, whatIf.")]
    [InlineData("figures.docx", "", "format: “docx” is none of pdf, xlsx, csv, json.")]
    public async Task What_it_cannot_follow_it_refuses_by_its_name(string file, string query, string refusal)
    {
        var answer = await (await portal.CallerAsync(Role.Manager)).GetAsync($"/api/v1/compliance/reports/{file}?{query}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, refusal), (answer.Status, Assert.Single(answer.Errors)));
    }

    [Theory]
    [InlineData("json", "from=2030-02-01&to=2030-01-01", null, "to: The period ends before it begins.")]
    [InlineData("json", "colour=red", null, "colour: There is no filter “colour” here: use from, to, zone.")]
    [InlineData("docx", "", null, "format: “docx” is none of pdf, xlsx, csv, json.")]
    [InlineData("json", "", "{", "policy: This is no JSON.")]
    [InlineData("json", "", "null", "policy: Name a policy.")]
    [InlineData("json", "", """{"name": "Gold", "severities": [{"severity": 3, "targets": [{"metric": "firstResponse", "target": "PT4H", "clock": "Moon"}]}]}""", "policy.severities[0].targets[0].clock: There is no calendar named “Moon”.")]
    [InlineData("json", "from=2198-01-01&to=2199-12-31", """{"name": "Gold", "severities": [{"severity": 9, "targets": []}]}""", "policy.severities[0].severity: The severity is 1, 2 or 3.")]
    public async Task What_cannot_be_tried_is_refused_by_its_name(string format, string query, string? policy, string refusal)
    {
        using var pages = await portal.Server.SignedInClientAsync((await portal.CallerAsync(Role.Manager)).Email);
        var token = Forms.TokenOf(await pages.GetStringAsync(new Uri("/account", UriKind.Relative)));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("policy", policy ?? SomeReport.Quick.PolicyJson()), new("calendars", "[]")]);
        using var answer = await pages.PostAsync(new Uri($"/compliance/reports/whatIf.{format}?{query}", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors")[0];
        Assert.Equal(refusal, $"{problem.GetProperty("field")}: {problem.GetProperty("message")}");
    }

    [Fact]
    public async Task The_list_that_a_page_shows_is_the_file_that_it_exports()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var own = new PortalServer(clock);
        var max = await own.AddPersonAsync(Role.Manager, "max@test.example", "Max Manager");
        var casey = await own.AddPersonAsync(Role.Customer, "casey@test.example", "Casey Customer", "Northwind Traders");
        var customer = new Caller(await own.TokenClientAsync(casey), casey.Id, casey.Email!, casey.OrganisationId);
        await customer.OpenAsync("=HYPERLINK(\"http://evil.example\")");
        clock.Advance(TimeSpan.FromHours(30));
        using var pages = await own.SignedInClientAsync(max.Email!);

        using var clocks = await pages.GetAsync(new Uri("/compliance/reports/clocks.csv?from=2030-01-01&to=2030-01-31&zone=UTC&outcome=breached", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/csv", "report-1.csv"), (clocks.StatusCode, clocks.Content.Headers.ContentType?.MediaType, clocks.Content.Headers.ContentDisposition?.FileName));
        var lines = (await clocks.Content.ReadAsStringAsync()).TrimStart('\ufeff').Split("\r\n");
        Assert.Equal("ticket,clock,severity,promise,organisation,organisationName,service,channel,agent,agentName,startedAt,dueAt,stoppedAt,outcome,breaches,lateBySeconds,cause,exception", lines[0]);
        Assert.Equal($"SUP-10001,1,3,firstResponse,{casey.OrganisationId},Northwind Traders,,api,,,2030-01-07T09:00:00Z,2030-01-08T09:00:00Z,,breached,1,21600,unassigned,", lines[1]);
        Assert.StartsWith("# section summary", lines[2], StringComparison.Ordinal);

        var requests = await pages.GetStringAsync(new Uri("/compliance/reports/requests.csv?from=2030-01-01&to=2030-01-31&zone=UTC&which=open", UriKind.Relative));
        Assert.Contains("SUP-10001,\"'=HYPERLINK(\"\"http://evil.example\"\")\",3,new,", requests, StringComparison.Ordinal); // No formula.

        var json = await pages.GetByteArrayAsync(new Uri("/compliance/reports/figures.json?from=2030-01-01&to=2030-01-31&zone=UTC", UriKind.Relative));
        Assert.Contains("\"summary\":[{\"kept\":0,\"broken\":1,\"excused\":0,\"attainment\":0,\"withoutExcused\":0,\"reported\":1,\"resolved\":0,\"reopened\":0}]", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        using var file = new MemoryStream(json);
        Assert.Empty(await own.Get<ReportVerifier>().DifferencesAsync(file, null, CancellationToken.None).ToListAsync());

        var made = await own.Get<ReportDesk>().LatestAsync(max.ToActor(), 10);
        Assert.Equal(["3 Figures Json 1", "2 Requests Csv 1", "1 Clocks Csv 1"], made.Select(r => $"{r.Id} {r.Kind} {r.Format} {r.Tickets}"));
        Assert.All(made, r => Assert.Equal((max.Id, 64), (r.ById, r.Digest?.Length)));
    }
}
