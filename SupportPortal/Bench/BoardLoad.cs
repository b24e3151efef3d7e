using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SupportPortal.Bench;

/// <summary>B4's board, B9 and B12: real circuits on the triage board of a full store.</summary>
internal static class BoardLoad
{
    /// <summary>As many people to assign to, so that each change puts a name on the boards that is not there yet.</summary>
    public const int Markers = 24;

    private const string Board = "/desk";
    private const string Card = "article"; // A card's element: its name stands in the render that shows the first cards.

    public static string Email(int marker) => $"marker{marker}@bench.example";

    public static string Name(int marker) => string.Create(CultureInfo.InvariantCulture, $"Zq{marker:00} Marker");

    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        if (settings.Runs("B4")) await MeasureFirstRenderAsync(portal, report);
        if (!settings.Runs("B9") && !settings.Runs("B12")) return;

        var circuits = new List<Circuit>();
        try
        {
            var wanted = settings.Runs("B9") ? settings.Circuits : 1;
            Console.Error.WriteLine($"Opening {wanted} circuits");
            while (circuits.Count < wanted)
                circuits.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(8, wanted - circuits.Count)).Select(_ => OpenAsync(portal))));
            if (settings.Runs("B9")) await MeasureChangesAsync(portal, settings, circuits, report);
            if (settings.Runs("B12")) await MeasureIdleAsync(circuits[0], report);
        }
        finally
        {
            foreach (var circuit in circuits) await circuit.DisposeAsync();
        }
    }

    private static Task<Circuit> OpenAsync(Portal portal) => Circuit.OpenAsync(portal.Address, Board, portal.StaffCookie, Card);

    private static async Task MeasureFirstRenderAsync(Portal portal, Report report)
    {
        var times = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var circuit = await OpenAsync(portal);
            if (i >= 5) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        report.Add("B4", "board's first render, page to cards: p95", "ms", 150, false, Statistics.Percentile(times, 95));
    }

    /// <summary>From sending a change to its name standing in the render of each circuit: commit, feed, render and wire.</summary>
    private static async Task MeasureChangesAsync(Portal portal, Settings settings, List<Circuit> circuits, Report report)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {portal.StaffToken}");
        var first = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/tickets?status=open&severity=1&sort=due&limit=20", UriKind.Relative));
        string[] tickets = [.. first.GetProperty("items").EnumerateArray().Where(t => t.GetProperty("assessed").GetBoolean()).Select(t => t.GetProperty("number").GetString()!)];
        var names = Enumerable.Range(0, Markers).Select(m => Encoding.UTF8.GetBytes(Name(m))).ToArray();

        var rounds = new List<(double P50, double P99, double Reached)>();
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var sent = new long[Markers];
            var latencies = circuits.Select(_ => new List<double>()).ToArray();
            for (var c = 0; c < circuits.Count; c++)
            {
                var (mine, seen) = (latencies[c], new long[Markers]);
                circuits[c].Rendered = (batch, at) =>
                {
                    for (var m = 0; m < Markers; m++)
                    {
                        var began = Volatile.Read(ref sent[m]);
                        if (began == 0 || seen[m] == began || batch.IndexOf(names[m]) < 0) continue;
                        seen[m] = began;
                        mine.Add(Stopwatch.GetElapsedTime(began, at).TotalMilliseconds);
                    }
                };
            }

            var changes = settings.Rate * settings.Seconds;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < changes; i++)
            {
                var change = round * changes + i; // On through the rounds: giving a ticket to whoever has it changes nothing.
                var wait = TimeSpan.FromSeconds((double)i / settings.Rate) - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.Zero) await Task.Delay(wait);
                Volatile.Write(ref sent[change % Markers], Stopwatch.GetTimestamp());
                using var answer = await http.PostAsJsonAsync(new Uri($"/api/v1/tickets/{tickets[change % tickets.Length]}/assignee", UriKind.Relative), new { assignee = Email(change % Markers) });
                answer.EnsureSuccessStatusCode();
            }

            await Task.Delay(TimeSpan.FromSeconds(2)); // What has not come by then counts as never come.
            if (round == 0) continue; // Warm: the JIT is not what is measured.
            double[] all = [.. latencies.SelectMany(l => l)];
            rounds.Add((Statistics.Percentile(all, 50), Statistics.Percentile(all, 99), 100.0 * all.Length / ((double)changes * circuits.Count)));
        }

        foreach (var circuit in circuits) circuit.Rendered = null;
        var what = string.Create(CultureInfo.InvariantCulture, $"change to render, {circuits.Count} circuits, {settings.Rate}/s");
        report.Add("B9", $"{what}: p50", "ms", 50, false, [.. rounds.Select(r => r.P50)]);
        report.Add("B9", $"{what}: p99", "ms", 200, false, [.. rounds.Select(r => r.P99)]);
        report.Add("B9", "changes that reached a circuit's render", "%", 99.9, true, [.. rounds.Select(r => r.Reached)]);
    }

    private static async Task MeasureIdleAsync(Circuit circuit, Report report)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        circuit.Messages = 0;
        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(15));
            await circuit.PingAsync();
        }

        report.Add("B12", "messages in 60 s of idle countdowns on the board", "", 0, false, circuit.Messages);
    }
}
