using System.Diagnostics;
using SupportPortal.Bench.Host;

namespace SupportPortal.Bench.Load;

/// <summary>B18: from the start of the process to the first page it serves, and until the board has every open ticket.</summary>
internal static class StartUp
{
    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        if (!settings.Runs("B18"))
        {
            await portal.StartAsync();
            await portal.ReadyAsync();
            await portal.SignInAsync();
            await portal.CatchUpAsync();
            await portal.SettleAsync();
            return;
        }

        var (pages, boards) = (new List<double>(), new List<double>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            await portal.StopAsync();
            var began = Stopwatch.GetTimestamp();
            await portal.StartAsync();
            pages.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await portal.ReadyAsync();
            boards.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        await portal.SignInAsync();
        await portal.CatchUpAsync();
        await portal.SettleAsync();
        report.Add("B18", "start to first page", "s", 3, false, pages);
        report.Add("B18", "start to every open ticket on the board", "s", null, false, boards);
    }
}
