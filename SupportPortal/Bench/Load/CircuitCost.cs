using System.Diagnostics;
using System.Globalization;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>B10 and B11: what an open board costs in memory, and how the most of them live together.</summary>
internal static class CircuitCost
{
    private const int Rate = 5;
    private const int Warm = 8;

    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        if (!settings.RunsAny("B10", "B11")) return;
        await portal.StopAsync(); // A process that has been under load has memory to reuse: it would look as if circuits cost none.
        await portal.StartAsync();
        await portal.ReadyAsync();
        var circuits = new List<Circuit>();
        try
        {
            await Boards.OpenAsync(portal, circuits, Warm);
            await Boards.CloseAsync(circuits);
            await MeasureMemoryAsync(portal, settings, circuits, report);
            if (settings.Runs("B11")) await MeasureTogetherAsync(portal, settings, circuits, report);
        }
        finally
        {
            await Boards.CloseAsync(circuits);
        }
    }

    private static async Task MeasureMemoryAsync(Portal portal, Settings settings, List<Circuit> circuits, Report report)
    {
        var none = await MemoryAsync(portal);
        if (settings.Runs("B10")) report.Add("B10", $"managed heap without circuits, {settings.Tickets:N0} open", "MiB", null, false, none.Heap / 1024);
        foreach (var step in settings.Steps)
        {
            var (before, began) = (circuits.Count, Stopwatch.GetTimestamp());
            await Boards.OpenAsync(portal, circuits, step);
            var rate = (step - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (!settings.Runs("B10")) continue;

            var held = await MemoryAsync(portal);
            var what = string.Create(CultureInfo.InvariantCulture, $"{step:N0} boards open");
            report.Add("B10", $"managed heap a circuit, {what}", "KiB", 600, false, (held.Heap - none.Heap) / step);
            report.Add("B10", $"resident memory a circuit, {what}", "KiB", null, false, (held.Resident - none.Resident) / step);
            report.Add("B10", $"boards opened a second, up to {step:N0}", "/s", null, true, rate);
        }
    }

    private static async Task MeasureTogetherAsync(Portal portal, Settings settings, List<Circuit> circuits, Report report)
    {
        var (_, rounds) = await new ChangeLoad(portal, circuits, Rate, settings.Seconds).RunAsync(settings.Rounds);
        var what = string.Create(CultureInfo.InvariantCulture, $"change to render, {circuits.Count:N0} circuits, {Rate}/s");
        report.Add("B11", $"{what}: p50", "ms", null, false, [.. rounds.Select(r => Statistics.Percentile(r.Renders, 50))]);
        report.Add("B11", $"{what}: p99", "ms", 500, false, [.. rounds.Select(r => Statistics.Percentile(r.Renders, 99))]);
        report.Add("B11", "changes that reached a circuit's render", "%", 99.9, true, [.. rounds.Select(r => r.Reached)]);
        report.Add("B11", "portal's processor time meanwhile", "% of a core", null, false, [.. rounds.Select(r => r.Processor)]);
        report.Add("B11", "circuits held to the end", "", settings.Held, true, circuits.Count(c => c.IsOpen));
    }

    private static async Task<(double Heap, double Resident)> MemoryAsync(Portal portal)
    {
        await portal.SettleAsync();
        var heap = await ManagedHeap.CollectAsync(portal.ProcessId);
        return (heap, ProcessFigures.ResidentKiB(portal.ProcessId));
    }
}
