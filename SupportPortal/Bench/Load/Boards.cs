using System.Diagnostics;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>Opens triage boards, each a circuit of its own.</summary>
internal static class Boards
{
    private const int AtATime = 8;
    private const int FilesASide = 3; // A circuit's socket, and calls beside it.
    private const string Board = "/desk";
    private const string Card = "article"; // A card's element: its name stands in the render that shows the first cards.

    public static Task<Circuit> OpenAsync(Portal portal) => OpenAsync(portal, portal.StaffCookie);

    /// <summary>Opens boards until there are so many, those of fifty agents in turn.</summary>
    public static async Task OpenAsync(Portal portal, List<Circuit> open, int wanted)
    {
        foreach (var side in new[] { portal.ProcessId, Environment.ProcessId })
        {
            if (ProcessFigures.MostFiles(side) < FilesASide * (long)wanted)
                throw new InvalidOperationException($"{wanted:N0} circuits want more open files than the {ProcessFigures.MostFiles(side):N0} that this machine lets a process have: raise ulimit -n.");
        }

        Console.Error.WriteLine($"Opening {wanted - open.Count:N0} boards");
        var agents = await portal.AgentCookiesAsync(wanted);
        while (open.Count < wanted)
            open.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtATime, wanted - open.Count)).Select(i => OpenAsync(portal, agents[(open.Count + i) % agents.Count]))));
    }

    private static Task<Circuit> OpenAsync(Portal portal, string cookie) => Circuit.OpenAsync(portal.Address, Board, cookie, Card);

    public static async Task CloseAsync(List<Circuit> open)
    {
        foreach (var few in open.Chunk(AtATime)) await Task.WhenAll(few.Select(c => c.DisposeAsync().AsTask()));
        open.Clear();
    }

    /// <summary>Opens boards one after the other; answers how many milliseconds each took from the page to its cards.</summary>
    public static async Task<IReadOnlyList<double>> FirstRendersAsync(Portal portal, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var circuit = await OpenAsync(portal);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }
}
