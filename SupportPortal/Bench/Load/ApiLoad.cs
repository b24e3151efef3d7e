using System.Diagnostics;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>B1, B3 and B4: eight clients, each with one call under way at a time.</summary>
internal static class ApiLoad
{
    private const int Clients = 8;
    private const int Requests = 32;

    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        var token = $"Bearer {portal.StaffToken}";
        if (settings.Runs("B3"))
        {
            await LoadAsync("B3", "read one ticket, API", 4_000, null, i => HttpConnection.Request("GET", $"/api/v1/tickets/{Portal.TicketNumber(i)}", token));
            await LoadAsync("B3", "customer's page, prerendered", 800, null, _ => HttpConnection.Request("GET", $"/requests/{portal.CustomerTicket}", cookie: portal.CustomerCookie));
        }

        if (settings.Runs("B4"))
            await LoadAsync("B4", "queue's first page, API", 750, null, _ => Queue(portal));
        if (settings.Runs("B1"))
        {
            await LoadAsync("B1", "create a ticket, API, durable", 1_500, 15, i => HttpConnection.Request("POST", "/api/v1/tickets", $"Bearer {portal.CustomerToken}",
                json: $$"""{"subject":"Export stops at 99 % (case {{i}})","description":"Since this morning the nightly export stops just before it is done. We see no error.","impact":"majorFeatureDegraded","workaround":"shortTerm"}"""));
        }

        async Task LoadAsync(string budget, string what, double perSecond, double? p95, Func<int, byte[]> request)
        {
            await RoundAsync(portal.Port, TimeSpan.FromSeconds(settings.Seconds), request); // Warm: the JIT is not what is measured.
            var (rates, tails) = (new List<double>(), new List<double>());
            for (var round = 0; round < settings.Rounds; round++)
            {
                var (rate, latencies) = await RoundAsync(portal.Port, TimeSpan.FromSeconds(settings.Seconds), request);
                rates.Add(rate);
                tails.Add(Statistics.Percentile(latencies, 95));
            }

            report.Add(budget, what, "/s", perSecond, true, rates);
            report.Add(budget, $"{what}: p95", "ms", p95, false, tails);
        }
    }

    /// <summary>One round of reading the queue's first page; answers how many were read a second.</summary>
    public static async Task<double> QueueAsync(Portal portal, int seconds) =>
        (await RoundAsync(portal.Port, TimeSpan.FromSeconds(seconds), _ => Queue(portal))).PerSecond;

    private static byte[] Queue(Portal portal) => HttpConnection.Request("GET", "/api/v1/tickets?limit=50", $"Bearer {portal.StaffToken}");

    private static async Task<(double PerSecond, IReadOnlyList<double> Milliseconds)> RoundAsync(int port, TimeSpan length, Func<int, byte[]> request)
    {
        var began = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => ClientAsync(port, length, [.. Enumerable.Range(client * Requests, Requests).Select(request)]))));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double[] latencies = [.. all.SelectMany(l => l)];
        return (latencies.Length / seconds, latencies);
    }

    private static async Task<List<double>> ClientAsync(int port, TimeSpan length, byte[][] requests)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        var latencies = new List<double>();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < length;)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await connection.SendAsync(requests[latencies.Count % Requests]);
            if (status is not (200 or 201)) throw new InvalidOperationException($"The portal answered {status}.");
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return latencies;
    }
}
