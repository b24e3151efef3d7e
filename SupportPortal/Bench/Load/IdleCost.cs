using SupportPortal.Bench.Host;

namespace SupportPortal.Bench.Load;

/// <summary>B7: what the portal spends while nothing is due, at growing numbers of open tickets whose clocks run. All wait out the same minutes.</summary>
internal static class IdleCost
{
    private const int Warm = 3; // Idle waits before the first that counts: what runs once a second is compiled anew only after half a minute and more.

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        var portals = new List<Portal>();
        try
        {
            foreach (var size in settings.Ladder) portals.Add(await Portal.StartedOnAsync(await Store.QuietAsync(published, size)));
            await Task.Delay(TimeSpan.FromSeconds(Warm * settings.Idle));
            var spent = portals.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < settings.Rounds; round++)
            {
                ProcessorUse[] uses = [.. portals.Select(p => new ProcessorUse(p.ProcessId))];
                await Task.Delay(TimeSpan.FromSeconds(settings.Idle));
                for (var p = 0; p < portals.Count; p++) spent[p].Add(uses[p].Percent);
            }

            for (var p = 0; p < portals.Count; p++)
                report.Add("B7", $"processor time in {settings.Idle} s, {settings.Ladder[p]:N0} open, none due", "% of a core", 0.1, false, spent[p]);
        }
        finally
        {
            foreach (var portal in portals) await portal.DisposeAsync();
        }
    }
}
