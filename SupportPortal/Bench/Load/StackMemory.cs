using SupportPortal.Bench.Host;

namespace SupportPortal.Bench.Load;

/// <summary>B19: the memory of the whole stack, which is one process: idle after a start, and idle after an hour's work.</summary>
internal static class StackMemory
{
    private const int MostRounds = 3; // Each takes two minutes.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        await using var portal = Portal.On(await Store.QuietAsync(published, settings.Tickets));
        var (started, worked) = (new List<double>(), new List<double>());
        for (var round = 0; round < Math.Min(settings.Rounds, MostRounds); round++)
        {
            await portal.StopAsync();
            await portal.StartAsync();
            await portal.ReadyAsync();
            await Task.Delay(Rest);
            started.Add(ProcessFigures.PssKiB(portal.ProcessId) / 1024);
            await portal.SignInAsync();
            await DeskHour.PassAsync(portal, TimeSpan.FromSeconds(6 * settings.Seconds));
            await Task.Delay(Rest);
            worked.Add(ProcessFigures.PssKiB(portal.ProcessId) / 1024);
        }

        report.Add("B19", $"PSS of the stack, idle 30 s after the start, {settings.Tickets:N0} open", "MiB", 400, false, started);
        report.Add("B19", $"the same, idle 30 s after an hour's work in {6 * settings.Seconds} s", "MiB", 400, false, worked);
    }
}
