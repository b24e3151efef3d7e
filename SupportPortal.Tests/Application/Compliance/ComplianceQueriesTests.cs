using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Compliance;

/// <summary>Figures that are read from the store: never older than the question.</summary>
public sealed class ComplianceQueriesTests(PrivatePostgres postgres)
{
    private static readonly Actor Bob = new("bob", Role.Agent);
    private static readonly Actor Mia = new("mia", Role.Manager);
    private static readonly ComplianceFilter January = new() { Period = CompliancePeriod.Of(new(2030, 1, 1), new(2030, 1, 31), DateTimeZone.Utc) };

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Every_act_counts_in_the_next_answer_whatever_process_did_it(DatabaseProvider provider)
    {
        await using var desk = await MakeAsync(provider, postgres);
        await using var beside = await desk.OpenAgainAsync();
        Assert.Empty(await RowsAsync(desk));

        var ticket = await desk.GradeAsync(Ada, await desk.OpenAsync(), Severity.Critical);
        ticket = await desk.ActAsync(Ada, ticket, t => t.Assign(Ada, "ada"));
        Assert.Empty(await RowsAsync(desk)); // Not yet due.

        desk.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await RowsAsync(desk)); // Due now, and not yet late.
        desk.Database.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["FirstResponse Critical ada 0/1"], await RowsAsync(desk)); // Time alone breached it.
        Assert.Equal(["FirstResponse Critical ada 0/1"], await RowsAsync(beside));

        ticket = await beside.ActAsync(Bob, ticket, t => t.Take(Bob));
        ticket = await beside.ReplyAsync(Bob, ticket, "Here.");
        Assert.Equal(["FirstResponse Critical ada 0/1"], await RowsAsync(desk)); // It was hers when it fell due.

        desk.Database.Clock.Advance(TimeSpan.FromMinutes(100));
        Assert.Equal(["FirstResponse Critical ada 0/1", "PeriodicUpdate Critical bob 0/3"], await RowsAsync(desk)); // Silence grows by itself.
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["FirstResponse Critical ada 0/1", "PeriodicUpdate Critical bob 0/4"], await RowsAsync(desk));

        await desk.ReplyAsync(Ada, ticket, "Still here.");
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["FirstResponse Critical ada 0/1", "PeriodicUpdate Critical bob 0/4"], await RowsAsync(desk));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_exception_tells_figures_with_and_without_its_breach(DatabaseProvider provider)
    {
        await using var desk = await MakeAsync(provider, postgres);
        await using var beside = await desk.OpenAgainAsync();
        var ticket = await desk.OpenAsync();
        desk.Database.Clock.Advance(TimeSpan.FromHours(25));
        ticket = await desk.ReplyAsync(Ada, ticket, "Sorry.");
        var started = ticket.Ticket.ReportedAt;
        Assert.Equal("0/1 – 0 excused, 0 %", await TotalAsync(desk));

        ticket = SomeDesk.Done(await desk.Desk.ActAsync(Max, ticket.Ticket.Id, (t, _, clocks) => t.ProposeException(Max, clocks(), SlaMetric.FirstResponse, started, TicketDesk.Seal("The office was flooded."))));
        var proposal = ticket.Ticket.Version;
        Assert.Equal("0/1 – 0 excused, 0 %", await TotalAsync(desk)); // A proposal alone changes nothing.
        Assert.Single((await desk.Database.Get<ComplianceQueries>().ExceptionsAsync(Max, ExceptionState.Proposed, 10)).Items);

        await beside.ActAsync(Mia, ticket, t => t.ApproveException(Mia, proposal));
        Assert.Equal("0/1 – 1 excused, –", await TotalAsync(desk)); // What happened stays; without it, nothing fell due.
        Assert.Equal("0/1 – 1 excused, –", await TotalAsync(beside));
        Assert.Equal(ExceptionState.Approved, Assert.Single((await desk.Database.Get<ComplianceQueries>().ExceptionsAsync(Max, ExceptionState.Approved, 10)).Items).Exception);
        Assert.Empty(await desk.DifferencesAsync());

        ticket = await desk.ActAsync(Ada, ticket, t => t.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Mended."))); // Nothing that follows touches it.
        ticket = await desk.ActAsync(Ada, ticket, t => t.Reopen(Ada, TicketDesk.Seal("Not mended.")));
        Assert.Equal("1 excused", $"{(await FiguresAsync(desk)).Total.Excused} excused");
        await desk.ActAsync(Mia, ticket, t => t.WithdrawException(Mia, proposal, null));
        Assert.Equal(0, (await FiguresAsync(desk)).Total.Excused);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Fact]
    public async Task Only_managers_ask()
    {
        await using var desk = await MakeAsync(DatabaseProvider.Sqlite, postgres);
        foreach (var actor in new[] { Ada, Casey })
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Database.Get<ComplianceQueries>().FiguresAsync(actor, January, PeriodUnit.Day));
    }

    private static async Task<string> TotalAsync(SomeDesk desk)
    {
        var total = (await FiguresAsync(desk)).Total;
        return $"{total.Met}/{total.Breached} – {total.Excused} excused, {total.WithoutExcused}";
    }

    private static async Task<ComplianceFigures> FiguresAsync(SomeDesk desk)
    {
        await desk.Database.Get<ProjectionUpgrade>().RunAsync();
        return await desk.Database.Get<ComplianceQueries>().FiguresAsync(Max, January, PeriodUnit.Day);
    }

    private static async Task<IEnumerable<string>> RowsAsync(SomeDesk desk)
    {
        await desk.Database.Get<ProjectionUpgrade>().RunAsync();
        var (rows, _) = await desk.Database.Get<ComplianceQueries>().TableAsync(Max, January, [ComplianceDimension.Metric, ComplianceDimension.Severity, ComplianceDimension.Agent]);
        return rows.Select(r => $"{r.Metric} {r.Severity} {r.AssigneeId ?? "nobody"} {r.Tally.Met}/{r.Tally.Breached}");
    }
}
