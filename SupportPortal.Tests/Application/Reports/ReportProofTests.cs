using System.Text;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;
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
}
