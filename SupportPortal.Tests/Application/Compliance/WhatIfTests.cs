using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Compliance;

/// <summary>A period under another commitment.</summary>
public sealed class WhatIfTests(PrivatePostgres postgres)
{
    private static readonly CompliancePeriod January = CompliancePeriod.Of(new(2030, 1, 1), new(2030, 1, 31), DateTimeZone.Utc);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task It_tells_what_would_have_been_broken_and_on_which_requests(DatabaseProvider provider)
    {
        await using var desk = await MakeAsync(provider, postgres);
        var (quick, slow) = (await desk.OpenAsync("Quick"), await desk.OpenAsync("Slow"));
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(30));
        await desk.ReplyAsync(Ada, quick, "Here.");
        desk.Database.Clock.Advance(TimeSpan.FromHours(2));
        await desk.ReplyAsync(Ada, slow, "Here, late.");

        var result = await RunAsync(desk, "PT1H");
        Assert.Equal((2, 1, 0), (result.Requests, result.Worse, result.Better));
        Assert.Equal([new WhatIfLine(Severity.Normal, SlaMetric.FirstResponse, new Attainment(2, 0), new Attainment(1, 1))], result.Lines);
        Assert.Equal([new WhatIfRequest(slow.Ticket.Id, new Attainment(1, 0), new Attainment(0, 1))], result.Changed);
        Assert.Equal((new Attainment(2, 0), new Attainment(1, 1)), (result.Was, result.Would));
        Assert.Empty(await desk.DifferencesAsync()); // Nothing was written.

        Assert.Equal(0, (await RunAsync(desk, "PT1H", CompliancePeriod.Of(new(2030, 1, 8), new(2030, 1, 31), DateTimeZone.Utc))).Requests); // Reported before.
        Assert.Equal(0, (await RunAsync(desk, "PT1H", plan: "Gold")).Requests); // Of another plan.
    }

    [Fact]
    public async Task Under_the_commitment_in_force_it_is_what_the_figures_say()
    {
        await using var desk = await MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.Database.Get<TicketSeeder>().AddAsync(new SeedPlan(300, 40, 5, 7), null, CancellationToken.None);
        var (catalogue, all) = (desk.Database.Get<PolicyStore>().Catalogue, new CompliancePeriod(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0), DateTimeZone.Utc));
        var result = await desk.Database.Get<WhatIf>().RunAsync(Max, all, catalogue.InForce(SlaPolicy.StandardPlan, all.End), catalogue.Calendars.Values);
        await desk.Database.Get<ProjectionUpgrade>().RunAsync();
        var (rows, _) = await desk.Database.Get<ComplianceQueries>().TableAsync(Max, new() { Period = all }, [ComplianceDimension.Severity, ComplianceDimension.Metric]);
        Assert.True(rows.Count > 5);
        Assert.Equal(rows.OrderBy(r => (r.Severity, r.Metric)).Select(r => (r.Severity!.Value, r.Metric!.Value, r.Tally.Attainment, r.Tally.Attainment)), result.Lines.Select(l => (l.Severity, l.Metric, l.Was, l.Would)));
        Assert.Empty(result.Changed);
    }

    [Fact]
    public async Task It_tells_how_far_it_is_and_ends_when_told()
    {
        await using var desk = await MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.Database.Get<TicketSeeder>().AddAsync(new SeedPlan(1200, 10, 5, 7), null, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var told = new List<Progress>();
        var year = new CompliancePeriod(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0), DateTimeZone.Utc);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(desk, "PT1H", year, progress: new Telling(now =>
        {
            lock (told) told.Add(now);
            if (now.Done > 0) stop.Cancel();
        }), cancellation: stop.Token));
        Assert.Equal(new Progress(0, 1200), told[0]);
    }

    [Fact]
    public async Task Only_managers_ask()
    {
        await using var desk = await MakeAsync(DatabaseProvider.Sqlite, postgres);
        var catalogue = desk.Database.Get<PolicyStore>().Catalogue;
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Database.Get<WhatIf>().RunAsync(Ada, January, catalogue.InForce(SlaPolicy.StandardPlan, January.End), []));
    }

    private static Task<WhatIfResult> RunAsync(
        SomeDesk desk, string firstResponse, CompliancePeriod? period = null, string plan = SlaPolicy.StandardPlan, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        Assert.True(TargetLength.TryParse(firstResponse, out var length));
        var catalogue = desk.Database.Get<PolicyStore>().Catalogue;
        var inForce = catalogue.InForce(SlaPolicy.StandardPlan, January.End);
        var policy = inForce with
        {
            Name = plan,
            Severities = [.. inForce.Severities.Select(level => level with { Targets = [.. level.Targets.Select(t => t.Metric == SlaMetric.FirstResponse ? t with { Target = length } : t)] })],
        };
        return desk.Database.Get<WhatIf>().RunAsync(Max, period ?? January, policy, catalogue.Calendars.Values, progress, cancellation);
    }

    private sealed class Telling(Action<Progress> tell) : IProgress<Progress>
    {
        public void Report(Progress value) => tell(value);
    }
}
