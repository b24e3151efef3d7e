using System.Globalization;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>B4's board, B9 and B12: real circuits on the triage board.</summary>
internal static class BoardLoad
{
    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        if (settings.Runs("B4"))
        {
            var times = await Boards.FirstRendersAsync(portal, 30);
            report.Add("B4", "board's first render, page to cards: p95", "ms", 150, false, Statistics.Percentile(times.Skip(5), 95));
        }

        if (!settings.Runs("B9")) return;
        var circuits = new List<Circuit>();
        try
        {
            await Boards.OpenAsync(portal, circuits, settings.Circuits);
            await MeasureChangesAsync(portal, settings, circuits, report);
        }
        finally
        {
            await Boards.CloseAsync(circuits);
        }
    }

    private static async Task MeasureChangesAsync(Portal portal, Settings settings, List<Circuit> circuits, Report report)
    {
        var (warm, rounds) = await new ChangeLoad(portal, circuits, settings.Rate, settings.Seconds).RunAsync(settings.Rounds);
        var what = string.Create(CultureInfo.InvariantCulture, $"change to render, {circuits.Count:N0} circuits, {settings.Rate}/s");
        report.Add("B9", $"{what}: p50", "ms", 50, false, [.. rounds.Select(r => Statistics.Percentile(r.Renders, 50))]);
        report.Add("B9", $"{what}, just started: p50 of each round", "ms", null, false, [.. warm.Select(r => Statistics.Percentile(r.Renders, 50))]);
        report.Add("B9", $"{what}, just started: p99 of each round", "ms", null, false, [.. warm.Select(r => Statistics.Percentile(r.Renders, 99))]);
        report.Add("B9", $"{what}: p95", "ms", null, false, [.. rounds.Select(r => Statistics.Percentile(r.Renders, 95))]);
        report.Add("B9", $"{what}: p99", "ms", 200, false, [.. rounds.Select(r => Statistics.Percentile(r.Renders, 99))]);
        report.Add("B9", "changes that reached a circuit's render", "%", 99.9, true, [.. rounds.Select(r => r.Reached)]);
        report.Add("B9", "until the change is durable and answered: p50", "ms", null, false, [.. rounds.Select(r => Statistics.Percentile(r.Answers, 50))]);
        report.Add("B9", "until the first circuit's render: p50", "ms", null, false, [.. rounds.Select(r => Statistics.Percentile(r.First, 50))]);
        report.Add("B9", "until the last circuit's render: p50", "ms", null, false, [.. rounds.Select(r => Statistics.Percentile(r.Last, 50))]);
        report.Add("B9", "payload a change and circuit", "bytes", null, false, [.. rounds.Select(r => r.Bytes)]);
        report.Add("B9", "portal's processor time meanwhile", "% of a core", null, false, [.. rounds.Select(r => r.Processor)]);
    }

    /// <summary>B12: what a board whose countdowns tick says in a minute in which nothing falls due.</summary>
    public static async Task MeasureIdleAsync(Portal portal, Report report)
    {
        await portal.ReadyAsync();
        await using var circuit = await Boards.OpenAsync(portal);
        await Task.Delay(TimeSpan.FromSeconds(2));
        circuit.Messages = 0;
        await Task.Delay(TimeSpan.FromSeconds(60));
        report.Add("B12", "messages in 60 s of idle countdowns on the board", "", 0, false, circuit.Messages);
    }
}
