using System.Text.Json;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reports;

/// <summary>Reports of some thousand requests: what a page counts is what the file has, batch after batch, and the events prove it.</summary>
public sealed class ReportVolumeTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_file_has_the_very_clocks_and_requests_that_the_pages_count(DatabaseProvider provider)
    {
        await using var report = await MakeAsync(provider, 1500);
        var queries = report.Desk.Database.Get<ComplianceQueries>();
        var whole = Whole(report.Desk);
        var someone = (await queries.ChoicesAsync(Max)).People[0];
        foreach (var filter in new[]
        {
            whole, whole with { OrganisationId = 3 }, whole with { OrganisationId = 0 }, whole with { Severity = Severity.Critical, Outcome = ComplianceOutcome.Breached }, whole with { AssigneeId = someone },
            whole with { Team = new("Someone’s", [someone]) }, whole with { Team = new(Team.Nowhere, [someone]) },
            whole with { AssigneeId = "" }, whole with { Cause = BreachCause.Unassigned }, whole with { Metric = SlaMetric.PeriodicUpdate, LateOver = Duration.FromHours(1) }, whole with { Hour = 30 }, whole with { Channel = Channel.Email },
        })
        {
            var page = await queries.ClocksAsync(Max, filter, null, 100_000);
            var file = await report.WriteAsync(new ReportScope(ReportKind.Clocks, filter), ReportFormat.Json);
            Assert.Equal(
                page.Items.OrderBy(c => c.TicketId).ThenBy(c => c.Ordinal).Select(c => $"{new TicketNumber(c.TicketId)} {c.Ordinal + 1} {c.Breaches} {c.AssigneeId}"),
                Rows(file, "clocks").Select(row => $"{row.GetProperty("ticket")} {row.GetProperty("clock")} {row.GetProperty("breaches")} {row.GetProperty("agent")}"));
            Assert.Equal([], await report.DifferencesAsync(file));
        }

        foreach (var which in Enum.GetValues<RequestSelection>())
        {
            var (page, _) = await queries.RequestsAsync(Max, whole, new RequestQuestion(which), null, 100_000);
            var file = await report.WriteAsync(new ReportScope(ReportKind.Requests, whole, Requests: new RequestQuestion(which)), ReportFormat.Json);
            Assert.Equal(page.Items.Order().Select(id => new TicketNumber(id).ToString()), Rows(file, "requests").Select(row => row.GetProperty("ticket").GetString()));
            Assert.Equal([], await report.DifferencesAsync(file));
        }

        var figures = await queries.FiguresAsync(Max, whole, PeriodUnit.Month);
        var of = await report.WriteAsync(new ReportScope(ReportKind.Figures, whole), ReportFormat.Xlsx);
        Assert.Equal([], await report.DifferencesAsync(of));
        var summary = Assert.Single(Rows(await report.WriteAsync(new ReportScope(ReportKind.Figures, whole), ReportFormat.Json), "summary"));
        Assert.Equal((figures.Total.Met, figures.Total.Breached), (summary.GetProperty("kept").GetInt64(), summary.GetProperty("broken").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_file_of_what_is_at_risk_has_what_the_page_shows(DatabaseProvider provider)
    {
        await using var report = await MakeAsync(provider, 1500);
        var tickets = report.Desk.Database.Get<OpenTickets>();
        await tickets.StartAsync(CancellationToken.None);
        await tickets.Loaded;
        using var live = new LiveRisk(tickets, report.Desk.Database.Get<ComplianceStore>(), report.Desk.Database.Clock);
        var page = await live.NowAsync(Max);
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Risk), ReportFormat.Json);
        Assert.Contains(page.Lanes, lane => lane.Open > 5);
        Assert.Equal(page.Lanes.Select(lane => $"{Words.Of(lane.Lane)} {lane.Open} {Work(lane.Workload)}"), Rows(file, "lanes").Select(row => $"{row.GetProperty("lane")} {row.GetProperty("open")} {Said(row)}"));
        Assert.Equal(page.Agents.Select(agent => $"{agent.AssigneeId ?? "none"} {agent.Open} {Work(agent.Workload)}"), Rows(file, "agents").Select(row => $"{row.GetProperty("agent")} {row.GetProperty("open")} {Said(row)}"));
        Assert.Equal([], await report.DifferencesAsync(file));
        await tickets.StopAsync(CancellationToken.None);

        static string Work(Workload workload) => $"{workload.Overdue} {string.Join(' ', workload.Due.Zip(workload.Breaking, (due, breaking) => $"{due}/{breaking}"))}";
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_file_of_what_would_have_been_has_what_the_page_shows_and_every_request_that_changes(DatabaseProvider provider)
    {
        await using var report = await MakeAsync(provider, 1500);
        var scope = new ReportScope(ReportKind.WhatIf, Whole(report.Desk), Trial: SomeReport.Quick);
        var page = await report.Desk.Database.Get<WhatIf>().RunAsync(Max, scope.Filter.Period, SomeReport.Quick.Policy, SomeReport.Quick.Calendars);
        var file = await report.WriteAsync(scope, ReportFormat.Json);
        var summary = Assert.Single(Rows(file, "summary"));
        Assert.Equal((page.Requests, page.Worse, page.Better, page.Was.Breached, page.Would.Breached),
            (summary.GetProperty("requests").GetInt32(), summary.GetProperty("worse").GetInt32(), summary.GetProperty("better").GetInt32(), summary.GetProperty("broken").GetInt64(), summary.GetProperty("wouldBeBroken").GetInt64()));
        Assert.Equal(page.Lines.Select(l => $"{l.Severity.Level} {Words.Of(l.Metric)} {l.Was.Met} {l.Would.Met}"),
            Rows(file, "promises").Select(row => $"{row.GetProperty("severity")} {row.GetProperty("promise")} {row.GetProperty("kept")} {row.GetProperty("wouldBeKept")}"));
        Assert.Equal(page.Worse + page.Better, Rows(file, "requests").Count);
        Assert.True(page.Changed.All(request => Rows(file, "requests").Any(row => row.GetProperty("ticket").GetString() == new TicketNumber(request.TicketId).ToString() && row.GetProperty("more").GetInt64() == request.More)));
        Assert.Equal([], await report.DifferencesAsync(file));
    }

    [Fact]
    public async Task A_pdf_that_nobody_would_read_is_refused_and_the_other_formats_are_not()
    {
        await using var report = await MakeAsync(DatabaseProvider.Sqlite, 3000);
        var scope = new ReportScope(ReportKind.Clocks, Whole(report.Desk));
        var (file, refused) = await report.Desk.Database.Get<ReportDesk>().MakeAsync(Max, scope, ReportFormat.Pdf);
        Assert.Null(file);
        Assert.StartsWith("A PDF has at most 5,000 lines, and this would have ", refused!.Message, StringComparison.Ordinal);
        Assert.Empty(await report.Desk.Database.Get<ReportDesk>().LatestAsync(Max, 10)); // What was not made is not registered.
        Assert.Equal([], await report.DifferencesAsync(await report.WriteAsync(scope, ReportFormat.Csv)));
    }

    [Fact]
    public async Task Only_managers_have_them_made()
    {
        await using var report = await MakeAsync(DatabaseProvider.Sqlite, 1);
        foreach (var actor in new[] { Ada, Casey })
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => report.Desk.Database.Get<ReportDesk>().MakeAsync(actor, SomeReport.Scope(ReportKind.Figures), ReportFormat.Csv));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => report.Desk.Database.Get<ReportDesk>().LatestAsync(actor, 10));
        }
    }

    private async Task<SomeReport> MakeAsync(DatabaseProvider provider, int tickets)
    {
        var report = await SomeReport.MakeAsync(provider, postgres);
        await report.Desk.Database.Get<TicketSeeder>().AddAsync(new SeedPlan(tickets, tickets / 20, 5, 7), null, CancellationToken.None);
        return report;
    }

    private static ComplianceFilter Whole(SomeDesk desk)
    {
        var today = desk.Database.Clock.GetUtcNow().Year;
        return new() { Period = CompliancePeriod.Of(new(today - 12, 1, 1), new(today + 1, 12, 31), DateTimeZoneProviders.Tzdb["Europe/Berlin"]) };
    }

    private static string Said(JsonElement row) => $"{row.GetProperty("overdue")} {string.Join(' ', new[] { 1, 4, 24 }.Select(hours => $"{row.GetProperty($"due{hours}")}/{row.GetProperty($"breaking{hours}")}"))}";

    private static IReadOnlyList<JsonElement> Rows(byte[] file, string section) => [.. JsonDocument.Parse(file).RootElement.GetProperty("sections").GetProperty(section).EnumerateArray()];
}
