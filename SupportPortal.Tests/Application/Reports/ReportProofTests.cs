using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reports;

/// <summary>Reports held against the store: genuine ones agree, whatever happens later; what was edited, cut or does not follow is named.</summary>
public sealed class ReportProofTests(PrivatePostgres postgres)
{
    public static TheoryData<DatabaseProvider, ReportKind, ReportFormat> Every { get; } = [.. from provider in Enum.GetValues<DatabaseProvider>()
                                                                                              from kind in Enum.GetValues<ReportKind>()
                                                                                              from format in Enum.GetValues<ReportFormat>()
                                                                                              select (provider, kind, format)];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task What_the_portal_made_agrees_with_its_events_now_and_later(DatabaseProvider provider, ReportKind kind, ReportFormat format)
    {
        await using var report = await SomeReport.MakeAsync(provider, postgres);
        var file = await report.WriteAsync(SomeReport.Scope(kind), format);
        Assert.Equal([], await report.DifferencesAsync(file));

        report.Desk.Database.Clock.Advance(TimeSpan.FromDays(3)); // What happens afterwards is not the report's.
        var ticket = await report.Desk.OpenAsync("Later");
        await report.Desk.ReplyAsync(Ada, ticket, "Here.");
        await report.Desk.ReplyAsync(Ada, (await report.Desk.Desk.FindAsync(Ada, 10001))!, "Still here.");
        Assert.Equal([], await report.DifferencesAsync(file));
    }

    public static TheoryData<ReportFormat, string, string, string> Edits { get; } = new()
    {
        { ReportFormat.Json, "\"kept\":2", "\"kept\":3", "Summary: Kept is 3, and follows from the events as 2." },
        { ReportFormat.Json, "\"promise\":\"firstResponse\",\"kept\":1", "\"promise\":\"firstResponse\",\"kept\":9", "Promises, 2 firstResponse: Kept is 9, and follows from the events as 1." },
        { ReportFormat.Json, "\"version\":3", "\"version\":2", "Proof, SUP-10004: Version is 2, and follows from the events as 3." },
        { ReportFormat.Json, "\"ticket\":\"SUP-10002\"", "\"ticket\":\"SUP-10009\"", "Proof: SUP-10002 is missing." },
        { ReportFormat.Json, "\"severity\":2,\"promise\"", "\"severity\":1,\"promise\"", "Promises: 1 firstResponse follows from no event, or does not count here." },
        { ReportFormat.Json, "\"unit\":\"week\"", "\"unit\":\"day\"", "Trend: 2029-12-31 follows from no event, or does not count here." },
        { ReportFormat.Json, "\"number\":\"1\"", "\"number\":\"7\"", "This portal made no report 7." },
        { ReportFormat.Json, "\"sections\":{", "\"sections\":{\"more\":[{\"a\":1}],", "The part “more” is no part of such a report." },
        { ReportFormat.Json, "\"from\":\"2029-12-31T23:00:00Z\"", "\"from\":\"-9998-01-01T00:00:00Z\"", "The file cannot be read as a report. Its period is absurd." },
        { ReportFormat.Csv, "2,firstResponse,1,", "2,firstResponse,4,", "Promises, 2 firstResponse: Kept is 4, and follows from the events as 1." },
        { ReportFormat.Csv, "# SUP-10003,", "# SUP-10033,", "Proof: SUP-10033 follows from no event, or does not count here." },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task What_was_edited_is_named(ReportFormat format, string was, string became, string difference)
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = Encoding.UTF8.GetString(await report.WriteAsync(SomeReport.Scope(ReportKind.Figures), format));
        Assert.Contains(was, file, StringComparison.Ordinal);
        var edited = Encoding.UTF8.GetBytes(Once(file, was, became));
        var lines = await report.DifferencesAsync(edited);
        Assert.StartsWith("The file was edited: it ends with the digest ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains(difference, StringComparison.Ordinal));

        // Whoever edits it and seals it anew is found out by the register.
        var length = edited.Length - ReportSeal.Length(format);
        var again = await report.DifferencesAsync([.. edited[..length], .. ReportSeal.Of(format, Convert.ToHexStringLower(SHA256.HashData(edited.AsSpan(0, length))))]);
        Assert.DoesNotContain(again, line => line.StartsWith("The file was edited", StringComparison.Ordinal));
        Assert.Contains(again, line => line.StartsWith("This is not report 1 as this portal made it", StringComparison.Ordinal) || line is "This portal made no report 7." or "The file cannot be read as a report. Its period is absurd.");
        Assert.Contains(again, line => line.Contains(difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_of_a_workbook_that_was_changed_is_named()
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Clocks), ReportFormat.Xlsx);
        using var edited = new MemoryStream();
        await edited.WriteAsync(file);
        using (var archive = new ZipArchive(edited, ZipArchiveMode.Update, leaveOpen: true))
        {
            var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!;
            string xml;
            using (var reader = new StreamReader(sheet.Open())) xml = await reader.ReadToEndAsync();
            sheet.Delete();
            await using var writer = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml").Open());
            await writer.WriteAsync(Once(xml, "breached", "met"));
        }

        var lines = await report.DifferencesAsync(edited.ToArray());
        Assert.Contains("Clocks, SUP-10002 1: Outcome is met, and follows from the events as breached.", lines);
        Assert.Equal(2, lines.Count); // And that it is not the file that was made.
    }

    [Fact]
    public async Task A_page_that_was_painted_over_is_not_the_one_that_was_made()
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Organisation), ReportFormat.Pdf);
        file[^200] ^= 1;
        Assert.StartsWith("The file was edited", (await report.DifferencesAsync(file))[0], StringComparison.Ordinal);
    }

    public static TheoryData<ReportFormat> Formats { get; } = [.. Enum.GetValues<ReportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_that_was_cut_is_refused_wherever_it_was_cut(ReportFormat format)
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Clocks), format);
        foreach (var length in new[] { file.Length - 1, file.Length - 60, file.Length - 200, file.Length / 2, 300, 40, 4 })
        {
            var lines = await report.DifferencesAsync(file[..length]);
            Assert.StartsWith("The file is cut, or was written by something else", lines[0], StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string> Others { get; } = new()
    {
        { "", "This is no report" },
        { "\u0001\u0002\u0003", "This is no report" },
        { "%PDF-1.7 and nothing more", "The file cannot be read as a report. It cannot be read as a PDF." },
        { "PK\u0003\u0004 and nothing more", "The file cannot be read as a report." },
        { "{}", "The file cannot be read as a report. It is JSON, and no report." },
        { "{\"report\": {\"format\": \"support-portal-report-9\"}, \"sections\": {}}", "It is not of the format support-portal-report-1." },
        { "{\"report\": 4", "The file cannot be read as a report." },
        { "name,age\r\nAda,36\r\n", "The file cannot be read as a report. It does not say what it is about." },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_is_no_report_is_refused(string content, string refusal)
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        Assert.Contains(await report.DifferencesAsync(Encoding.UTF8.GetBytes(content)), line => line.Contains(refusal, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Tampering { get; } = new()
    {
        { "UPDATE \"Events\" SET \"At\" = \"At\" - 100000000000 WHERE \"TicketId\" = 10002 AND \"Version\" = 2", "SUP-10002: event 2 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"Data\" = replace(\"Data\", '\"to\":2', '\"to\":1') WHERE \"TicketId\" = 10003 AND \"Version\" = 2", "SUP-10003: event 2 was changed: its hash is" },
        { "DELETE FROM \"Events\" WHERE \"TicketId\" = 10004 AND \"Version\" = 3", "Proof, SUP-10004: Version is 3, and follows from the events as 2." },
        { "DELETE FROM \"Events\" WHERE \"TicketId\" = 10001", "Proof: SUP-10001 follows from no event, or does not count here." },
        { "UPDATE \"Events\" SET \"Data\" = '{{' WHERE \"TicketId\" = 10001 AND \"Version\" = 2", "SUP-10001: its events cannot be read." },
        { "UPDATE \"Events\" SET \"TicketId\" = 9000000000000000 WHERE \"TicketId\" = 10003 AND \"Version\" = 2", "SUP-10003: event 2 is missing." },
        { "UPDATE \"Events\" SET \"Data\" = replace(\"Data\", '\"to\":2', '\"to\":0') WHERE \"TicketId\" = 10003 AND \"Version\" = 2", "SUP-10003: event 2 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"Data\" = replace(\"Data\", '\"organisationId\":1', '\"organisationId\":-1') WHERE \"TicketId\" = 10001", "SUP-10001: event 1 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"Data\" = replace(\"Data\", '\"startedAt\":\"2030', '\"startedAt\":\"never') WHERE \"TicketId\" = 10002", "SUP-10002: its events cannot be read." },
        { "DELETE FROM \"Reports\"", "This portal made no report 1." },
        { "UPDATE \"Reports\" SET \"Digest\" = NULL", "Report 1 was never written to its end." },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task An_event_that_was_changed_past_the_store_is_found_through_a_report(string tampering, string difference)
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Figures), ReportFormat.Json);
        await report.Desk.TamperAsync(tampering);
        Assert.Contains(await report.DifferencesAsync(file), line => line.Contains(difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_the_report_leaves_out_is_named()
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var file = Encoding.UTF8.GetString(await report.WriteAsync(SomeReport.Scope(ReportKind.Clocks), ReportFormat.Csv));
        var without = string.Concat(file.Split("\r\n").Where(line => !line.StartsWith("SUP-10002", StringComparison.Ordinal) && !line.StartsWith("# SUP-10002", StringComparison.Ordinal)).Select(line => line + "\r\n"))[..^2];
        var lines = await report.DifferencesAsync(Encoding.UTF8.GetBytes(without));
        Assert.Contains("Clocks: SUP-10002 1 is missing.", lines);
        Assert.Contains("Proof: SUP-10002 is missing.", lines);
    }

    [Fact]
    public async Task A_customer_whose_plan_promises_no_first_response_has_a_report_all_the_same()
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var policies = report.Desk.Database.Get<PolicyStore>();
        var without = policies.Current with { Severities = [.. policies.Current.Severities.Select(s => s with { Targets = [.. s.Targets.Where(t => t.Metric != SlaMetric.FirstResponse)] })] };
        Assert.Empty((await policies.PublishAsync(new Actor("root", Role.Administrator), without)).Refusals);
        report.Desk.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var ticket = await report.Desk.OpenAsync("Promised nothing");
        var file = await report.WriteAsync(SomeReport.Scope(ReportKind.Organisation), ReportFormat.Csv);
        Assert.Contains($"{ticket.Ticket.Id},Promised nothing,3,new,2030-01-08T15:01:00Z,,,,0,0,,", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal([], await report.DifferencesAsync(file));
    }

    /// <summary>On PostgreSQL another server's events may have earlier places, and be committed later.</summary>
    [Fact]
    public async Task Events_that_it_did_not_know_are_left_out_though_they_stand_before_others()
    {
        await using var report = await SomeReport.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var before = Encoding.UTF8.GetString(await report.WriteAsync(SomeReport.Scope(ReportKind.Figures), ReportFormat.Json));
        await report.Desk.ReplyAsync(Ada, (await report.Desk.Desk.FindAsync(Ada, 10001))!, "Committed late.");
        var last = int.Parse(Regex.Match(before, "\"upTo\":\"(\\d+)\"").Groups[1].Value, CultureInfo.InvariantCulture);
        var known = Once(before, $"\"upTo\":\"{last}\"", $"\"upTo\":\"{last + 1}\",\"missing\":\"{last + 1}-{last + 1}\"");
        Assert.Single(await report.DifferencesAsync(Encoding.UTF8.GetBytes(known))); // Edited, as it was; nothing else differs.
        var unknown = Once(before, $"\"upTo\":\"{last}\"", $"\"upTo\":\"{last + 1}\"");
        Assert.Contains("Proof, SUP-10001: Version is 4, and follows from the events as 5.", await report.DifferencesAsync(Encoding.UTF8.GetBytes(unknown)));
    }

    private static string Once(string text, string was, string became)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return text[..at] + became + text[(at + was.Length)..];
    }
}
