using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Reports;

/// <summary>A desk with a past, and reports about it.</summary>
internal sealed class SomeReport(SomeDesk desk) : IAsyncDisposable
{
    public static readonly Actor Mia = new("mia", Role.Manager);

    public static ComplianceFilter January { get; } = new() { Period = CompliancePeriod.Of(new(2030, 1, 1), new(2030, 1, 31), DateTimeZoneProviders.Tzdb["Europe/Berlin"]) };

    public SomeDesk Desk => desk;

    /// <summary>An answer within an hour, whatever the severity.</summary>
    public static SlaTrial Quick { get; } = new(
        SlaPolicy.Commitment with { Severities = [.. SlaPolicy.Commitment.Severities.Select(s => s with { Targets = [.. s.Targets.Where(t => t.Metric == SlaMetric.FirstResponse).Select(t => t with { Target = TargetLength.Hours(1) })] })] }, []);

    /// <summary>A report of each kind.</summary>
    public static ReportScope Scope(ReportKind kind) => new(kind, January with { OrganisationId = kind == ReportKind.Organisation ? 1 : null }, PeriodUnit.Week,
        kind == ReportKind.Requests ? new RequestQuestion(RequestSelection.Reported) : null, kind == ReportKind.WhatIf ? Quick : null);

    /// <summary>Five requests: kept, broken and excused, silent, resolved and rated, and one that a spreadsheet would take for a formula.</summary>
    public static async Task<SomeReport> MakeAsync(DatabaseProvider provider, PrivatePostgres postgres)
    {
        var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.Database.Get<ProjectionUpgrade>().RunAsync();
        var (one, two, three, four) = (await desk.OpenAsync(), await desk.OpenAsync("Mail is late"), await desk.OpenAsync("Search, with \"quotes\""), await desk.OpenAsync("=SUM(A1:A9)", Stranger));
        three = await desk.GradeAsync(Ada, three, Severity.High);
        desk.Database.Clock.Advance(TimeSpan.FromHours(2));
        one = await desk.ActAsync(Ada, one, t => t.Take(Ada));
        await desk.ReplyAsync(Ada, one, "We look at it.");
        three = await desk.ReplyAsync(Ada, three, "The index is built anew.");
        await desk.ActAsync(Casey, three, t => t.RequestStatus(Casey));
        desk.Database.Clock.Advance(TimeSpan.FromHours(28));
        two = await desk.ReplyAsync(Ada, two, "Sorry.");
        two = SomeDesk.Done(await desk.Desk.ActAsync(Max, two.Ticket.Id, (t, _, clocks) => t.ProposeException(Max, clocks(), SlaMetric.FirstResponse, t.ReportedAt, TicketDesk.Seal("Flood."))));
        await desk.ActAsync(Mia, two, t => t.ApproveException(Mia, two.Ticket.Version));
        four = await desk.ActAsync(Ada, four, t => t.Resolve(Ada, ResolutionKind.Workaround, TicketDesk.Seal("Mended.")));
        await desk.ActAsync(Stranger, four, t => t.Rate(Stranger, 4, null));
        await desk.OpenAsync("Just now");
        return new SomeReport(desk);
    }

    /// <summary>A report's bytes.</summary>
    public async Task<byte[]> WriteAsync(ReportScope scope, ReportFormat format)
    {
        var (file, refused) = await desk.Database.Get<ReportDesk>().MakeAsync(Max, scope, format);
        Assert.Null(refused);
        using var to = new MemoryStream();
        await file!.WriteAsync(to);
        return to.ToArray();
    }

    /// <summary>What verification says of some bytes.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(byte[] file)
    {
        var lines = new List<string>();
        using var from = new MemoryStream(file);
        await foreach (var line in desk.Database.Get<ReportVerifier>().DifferencesAsync(from, null, CancellationToken.None)) lines.Add(line);
        return lines;
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
