using System.Diagnostics;

namespace SupportPortal.Bench;

/// <summary>B18: from the start of the process to the first page it serves.</summary>
internal static class StartUp
{
    public static async Task MeasureAsync(Portal portal, Settings settings, Report report)
    {
        if (!settings.Runs("B18"))
        {
            await portal.StartAsync();
            await portal.SignInAsync();
            return;
        }

        var rounds = new List<double>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            await portal.StopAsync();
            var began = Stopwatch.GetTimestamp();
            await portal.StartAsync();
            rounds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        await portal.SignInAsync();
        report.Add("B18", "start to first page", "s", 3, false, rounds);
    }
}
