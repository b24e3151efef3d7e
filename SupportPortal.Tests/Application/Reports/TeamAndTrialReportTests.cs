using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reports;

/// <summary>Reports that carry what no event says: who was in a team, and what was tried.</summary>
public sealed class TeamAndTrialReportTests(PrivatePostgres postgres)
{
    private const string Odd = "Erste „Línea“, =1+1 \"x\"";

    public static TheoryData<DatabaseProvider, ReportFormat> Every { get; } =
        [.. from provider in Enum.GetValues<DatabaseProvider>() from format in Enum.GetValues<ReportFormat>() select (provider, format)];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_report_of_teams_agrees_after_an_agent_has_moved(DatabaseProvider provider, ReportFormat format)
    {
        await using var report = await MakeAsync(provider);
        var team = Assert.Single(await report.Desk.Database.Get<PeopleDirectory>().TeamsAsync(CancellationToken.None));
        Assert.Equal((Odd, "ada"), (team.Name, string.Join(' ', team.Members)));
        var all = await report.WriteAsync(SomeReport.Scope(ReportKind.Figures), format);
        var one = await report.WriteAsync(new ReportScope(ReportKind.Clocks, SomeReport.January with { Team = team }), format);
        var none = await report.WriteAsync(new ReportScope(ReportKind.Figures, SomeReport.January with { Team = team with { Name = Team.Nowhere } }), format);

        await using (var db = await report.Desk.Database.OpenAsync()) await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.Team, (string?)null));
        report.Desk.Database.Clock.Advance(TimeSpan.FromHours(1)); // Teams are believed for a minute.
        Assert.Empty(await report.Desk.Database.Get<PeopleDirectory>().TeamsAsync(CancellationToken.None));
        foreach (var file in new[] { all, one, none }) Assert.Equal([], await report.DifferencesAsync(file));
    }

    [Fact]
    public async Task Figures_say_what_each_team_kept_and_add_up()
    {
        await using var report = await MakeAsync(DatabaseProvider.Sqlite);
        var file = Encoding.UTF8.GetString(await report.WriteAsync(SomeReport.Scope(ReportKind.Figures), ReportFormat.Csv));
        var lines = file[file.IndexOf("# section teams", StringComparison.Ordinal)..].Split("\r\n");
        Assert.Equal("team,kept,broken,excused,attainment,withoutExcused", lines[1]);
        Assert.Equal(["\"Erste „Línea“, =1+1 \"\"x\"\"\",1,0,0,1,1", "nobody,1,5,1,0.166666,0.2"], lines[2..4]);
        Assert.Contains("\r\nnone,Nobody’s,1,5,1,0.166666,0.2\r\nada,Ada Agent,1,0,0,1,1\r\n", file, StringComparison.Ordinal); // By agent.
        Assert.Contains("\r\n\"# report teams {\"\"Erste „Línea“, =1+1 \\\"\"x\\\"\"\"\":[\"\"ada\"\"]}\"\r\n", file, StringComparison.Ordinal); // One cell: a spreadsheet finds no formula in it.
    }

    public static TheoryData<ReportKind, string, string, string> Edits { get; } = new()
    {
        { ReportKind.Figures, "\"teams\":[{\"team\":\"Erste", "\"teams\":[{\"team\":\"Zweite", "By team: Zweite" },
        { ReportKind.Figures, "[\\\"ada\\\"]", "[\\\"bob\\\"]", "By team: none is missing." },
        { ReportKind.Figures, "[\\\"ada\\\"]", "7", "The file cannot be read as a report. Its teams cannot be read." },
        { ReportKind.Risk, "\"lane\":\"triage\",\"open\":", "\"lane\":\"triage\",\"open\":1", "By lane, triage: Open is 1" },
        { ReportKind.Risk, "\"dealtWith\":1", "\"dealtWith\":7", "By agent, ada: Dealt with in 24\u00a0h is 7, and follows from the events as 1." },
        { ReportKind.Risk, "\"at\":\"2030", "\"at\":\"-9998", "The file cannot be read as a report. It was made at an absurd time." },
        { ReportKind.Risk, "\"at\":\"2030", "\"at\":\"8999", "The file cannot be read as a report. It was made at an absurd time." },
        { ReportKind.Risk, "\"at\":\"2030-01-08", "\"at\":\"2030-01-07", "The file cannot be read as a report. Its period is not the day before it was made." },
        { ReportKind.Risk, "\"zone\":\"Europe/Berlin\"", "\"zone\":\"Europe/Berlin\",\"agent\":\"\\u0000\"", "The file cannot be read as a report. Its “agent” has control characters." },
        { ReportKind.WhatIf, "\\\"target\\\":\\\"PT1H\\\"", "\\\"target\\\":\\\"PT2H\\\"", "What was tried, 1 firstResponse: Target is PT1H, and follows from the events as PT2H." },
        { ReportKind.WhatIf, "\\\"target\\\":\\\"PT1H\\\"", "\\\"target\\\":\\\"soon\\\"", "The file cannot be read as a report. What was tried cannot be read. Write a length" },
        { ReportKind.WhatIf, "\"worse\":", "\"worse\":9", "Summary: Worse on is 9" },
        { ReportKind.WhatIf, "\"calendars\":\"[]\"", "\"calendars\":\"[7]\"", "The file cannot be read as a report. What was tried cannot be read." },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task What_was_edited_is_named(ReportKind kind, string was, string became, string difference)
    {
        await using var report = await MakeAsync(DatabaseProvider.Sqlite);
        var file = Encoding.UTF8.GetString(await report.WriteAsync(SomeReport.Scope(kind), ReportFormat.Json));
        var at = file.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at > 0, file);
        var lines = await report.DifferencesAsync(Encoding.UTF8.GetBytes(file[..at] + became + file[(at + was.Length)..]));
        Assert.StartsWith("The file was edited", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Any(line => line.Contains(difference, StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [Theory]
    [InlineData("UPDATE \"Events\" SET \"At\" = 7900000000000000 WHERE \"TicketId\" = 10002 AND \"Version\" = 2", "SUP-10002: event 2 was changed")] // The year 2220.
    [InlineData("DELETE FROM \"Events\" WHERE \"TicketId\" = 10003", "Proof: SUP-10003 follows from no event, or does not count here.")]
    public async Task An_event_that_was_changed_past_the_store_is_found_through_what_was_tried(string tampering, string difference)
    {
        await using var report = await MakeAsync(DatabaseProvider.Sqlite);
        var file = await report.WriteAsync(new ReportScope(ReportKind.WhatIf, SomeReport.January, Trial: Daytime), ReportFormat.Json);
        Assert.Equal([], await report.DifferencesAsync(file));
        await report.Desk.TamperAsync(tampering);
        var lines = await report.DifferencesAsync(file);
        Assert.True(lines.Any(line => line.StartsWith(difference, StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task What_was_tried_on_other_hours_comes_back_from_its_file(DatabaseProvider provider, ReportFormat format)
    {
        await using var report = await MakeAsync(provider);
        Assert.Equal([], await report.DifferencesAsync(await report.WriteAsync(new ReportScope(ReportKind.WhatIf, SomeReport.January, Trial: Daytime), format)));
    }

    /// <summary>An answer within two hours of a day that begins at eight, with so many holidays that one cell of a workbook could not hold them.</summary>
    private static SlaTrial Daytime { get; } = new(
        SomeReport.Quick.Policy with { Severities = [.. SomeReport.Quick.Policy.Severities.Select(s => s with { Targets = [.. s.Targets.Select(t => t with { Target = TargetLength.Hours(2), Clock = "Early" })] })] },
        [BusinessCalendar.Create(new CalendarSpec
        {
            Name = "Early", TimeZone = "Europe/Berlin",
            Hours = new Dictionary<string, string[]> { ["monday"] = ["08:00-16:00"], ["tuesday"] = ["08:00-16:00"], ["wednesday"] = ["08:00-12:00"] },
            Holidays = [.. Enumerable.Range(0, 1200).Select(week => new HolidaySpec { Date = NodaTime.Text.LocalDatePattern.Iso.Format(new LocalDate(2031, 1, 6).PlusWeeks(week)) })],
        }).Calendar!]);

    /// <summary>Ada is the only one of a team with an odd name.</summary>
    private async Task<SomeReport> MakeAsync(DatabaseProvider provider)
    {
        var report = await SomeReport.MakeAsync(provider, postgres);
        await report.Desk.ActAsync(Ada, (await report.Desk.Desk.FindAsync(Ada, 10002))!, t => t.Take(Ada)); // Whose late answer is hers by that.
        await using var db = await report.Desk.Database.OpenAsync();
        db.Users.Add(new PortalUser { Id = "ada", UserName = "ada@test.example", NormalizedUserName = "ADA@TEST.EXAMPLE", Name = "Ada Agent", Role = Role.Agent, Team = Odd });
        await db.SaveChangesAsync();
        return report;
    }
}
