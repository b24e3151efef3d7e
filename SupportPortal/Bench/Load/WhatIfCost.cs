using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Bench.Host;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Bench.Load;

/// <summary>B16: the last 100,000 requests of a store under half the time for every promise.</summary>
internal static class WhatIfCost
{
    private const int Requests = 100_000;
    private static readonly Actor Manager = new("bench-manager", Role.Manager);

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        var data = (await Store.PastAsync(published, ComplianceCost.Requests)).Copy();
        try
        {
            await using var floors = await Floors.OpenAsync(data);
            var period = await PeriodAsync(floors);
            var catalogue = floors.Of<PolicyStore>().Catalogue;
            var policy = Halved(catalogue.InForce(SlaPolicy.StandardPlan, period.End));
            var (rounds, requests) = (new List<double>(), 0);
            for (var round = 0; round <= settings.Rounds; round++)
            {
                var watch = Stopwatch.GetTimestamp();
                requests = (await floors.Of<WhatIf>().RunAsync(Manager, period, policy, catalogue.Calendars.Values)).Requests;
                if (round > 0) rounds.Add(Stopwatch.GetElapsedTime(watch).TotalSeconds); // The first one warms: the JIT is not what is measured.
            }

            report.Add("B16", $"what-if over {requests:N0} requests", "s", 10, false, rounds);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<CompliancePeriod> PeriodAsync(Floors floors)
    {
        await using var db = await floors.Of<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var newest = db.Set<TicketRow>().OrderByDescending(t => t.ReportedAt);
        return new CompliancePeriod(await newest.Skip(Requests - 1).Select(t => t.ReportedAt).FirstAsync(), await newest.Select(t => t.ReportedAt).FirstAsync() + Duration.FromSeconds(1), DateTimeZone.Utc);
    }

    private static SlaPolicy Halved(SlaPolicy policy) => policy with
    {
        Version = policy.Version + 1,
        Severities = [.. policy.Severities.Select(level => level with { Targets = [.. level.Targets.Select(target => target with { Target = new TargetLength(0, target.Target.In(Duration.FromHours(8)) / 2) })] })],
    };
}
