using System.Diagnostics;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Bench.Host;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Bench.Load;

/// <summary>B15: what the page of compliance shows, of a million clocks, while tickets go on changing.</summary>
internal static class ComplianceCost
{
    /// <summary>So many requests have a million clocks.</summary>
    public const int Requests = 450_000;

    private const int Readings = 60;
    private static readonly Actor Manager = new("bench-manager", Role.Manager);

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        var data = (await Store.PastAsync(published, Requests)).Copy();
        try
        {
            await using var floors = await Floors.OpenAsync(data);
            await floors.Of<ProjectionUpgrade>().RunAsync();
            var queries = floors.Of<ComplianceQueries>();
            var watch = Stopwatch.GetTimestamp();
            var all = await queries.ClocksAsync(Manager, Whole(), null, 1);
            report.Add("B15", $"reading {all.Clocks:N0} counted clocks in, once after a start", "ms", null, false, [Stopwatch.GetElapsedTime(watch).TotalMilliseconds]);

            await People.AddAsync(floors, data);
            var pasts = await TicketPasts.OfAsync(floors);
            var (pages, tables, lists) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round <= settings.Rounds; round++)
            {
                var (page, table, list) = (new List<double>(), new List<double>(), new List<double>());
                for (var i = 0; i < Readings; i++)
                {
                    await floors.Of<TicketSeeder>().WriteAsync([pasts.Quiet((round * Readings) + i)], CancellationToken.None); // So that each reading has something to catch up with.
                    page.Add(await TimeAsync(() => queries.FiguresAsync(Manager, Filter(i), (PeriodUnit)(i % 3))));
                    table.Add(await TimeAsync(() => queries.TableAsync(Manager, Filter(i), [ComplianceDimension.Metric, ComplianceDimension.Severity, ComplianceDimension.Month])));
                    list.Add(await TimeAsync(() => queries.ClocksAsync(Manager, Filter(i), null, 50)));
                }

                if (round == 0) continue; // Warm: the JIT is not what is measured.
                pages.Add(Statistics.Percentile(page, 95));
                tables.Add(Statistics.Percentile(table, 95));
                lists.Add(Statistics.Percentile(list, 95));
            }

            report.Add("B15", $"compliance page data, {all.Clocks:N0} clocks: p95", "ms", 100, false, pages);
            report.Add("B15", "attainment by metric, severity and month: p95", "ms", 100, false, tables);
            report.Add("B15", "first page of the clocks behind a figure: p95", "ms", 100, false, lists);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Every other one counts all clocks; the others are narrowed.</summary>
    private static ComplianceFilter Filter(int i) => (i % 8) switch
    {
        1 => Whole() with { Severity = (Severity)(1 + (i % 3)) },
        3 => Whole() with { Metric = SlaMetric.FirstResponse },
        5 => Whole() with { OrganisationId = 1 + (i % 5) },
        7 => Whole() with { Outcome = ComplianceOutcome.Breached, Hour = i },
        _ => Whole(),
    };

    private static ComplianceFilter Whole() => new() { Period = new CompliancePeriod(Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2034, 1, 1, 0, 0), DateTimeZoneProviders.Tzdb["Europe/Berlin"]) };

    private static async Task<double> TimeAsync<T>(Func<Task<T>> read)
    {
        var watch = Stopwatch.GetTimestamp();
        await read();
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }
}
