using SupportPortal.Bench.Host;

namespace SupportPortal.Bench.Load;

/// <summary>
/// B5: the queue and the board at growing stores. All portals run at once and take turns in every round, so that what else the
/// machine does falls on each alike and their ratio can be read.
/// </summary>
internal static class Ladder
{
    private const int Openings = 25;

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        var portals = new List<Portal>();
        try
        {
            foreach (var size in settings.Ladder) portals.Add(await Portal.StartedOnAsync(await Store.QuietAsync(published, size)));
            var queues = portals.Select(_ => new List<double>()).ToArray();
            var boards = portals.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round <= settings.Rounds; round++)
            {
                for (var p = 0; p < portals.Count; p++)
                {
                    var queue = await ApiLoad.QueueAsync(portals[p], settings.Seconds);
                    var board = await Boards.FirstRendersAsync(portals[p], Openings);
                    if (round == 0) continue; // Warm: the JIT is not what is measured.
                    queues[p].Add(queue);
                    boards[p].Add(Statistics.Percentile(board, 95));
                }
            }

            for (var p = 0; p < portals.Count; p++)
            {
                report.Add("B5", $"queue's first page, API, {settings.Ladder[p]:N0} open", "/s", null, true, queues[p]);
                report.Add("B5", $"board's first render, {settings.Ladder[p]:N0} open: p95", "ms", null, false, boards[p]);
            }

            var against = $"{settings.Ladder[^1]:N0} open against {settings.Ladder[0]:N0}";
            report.Add("B5", $"queue, times slower, {against}", "×", 1.3, false, [.. queues[0].Zip(queues[^1], (small, large) => small / large)]);
            report.Add("B5", $"board, times slower, {against}", "×", 1.3, false, [.. boards[0].Zip(boards[^1], (small, large) => large / small)]);
        }
        finally
        {
            foreach (var portal in portals) await portal.DisposeAsync();
        }
    }
}
