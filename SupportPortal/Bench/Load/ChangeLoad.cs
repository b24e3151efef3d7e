using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>What one round of changes showed; times in milliseconds from sending the change.</summary>
/// <param name="Renders">Until each circuit's render that shows it.</param>
/// <param name="Answers">Until the call was answered: the change is durable.</param>
/// <param name="First">Until the first circuit's render.</param>
/// <param name="Last">Until the last one's.</param>
/// <param name="Reached">How many of the renders that should have come did, in per cent.</param>
/// <param name="Bytes">Payload a change and circuit.</param>
/// <param name="Processor">The portal's processor time, in per cent of a core.</param>
internal sealed record ChangeRound(
    IReadOnlyList<double> Renders, IReadOnlyList<double> Answers, IReadOnlyList<double> First, IReadOnlyList<double> Last, double Reached, double Bytes, double Processor);

/// <summary>
/// Gives tickets at the top of the lanes to one person after another at a rate, and looks for each name in the renders of every
/// circuit: commit, feed, render and wire.
/// </summary>
internal sealed class ChangeLoad(Portal portal, IReadOnlyList<Circuit> circuits, int rate, int seconds)
{
    private const int MostWarm = 8;
    private const int Shown = 20; // At the top of each lane: so many cards are drawn.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2); // What has not come by then counts as never come.

    private readonly byte[][] _names = [.. Enumerable.Range(0, People.Markers).Select(m => Encoding.UTF8.GetBytes(People.MarkerName(m)))];
    private int _done; // On through the rounds: giving a ticket to whoever has it changes nothing.

    /// <summary>
    /// So many rounds, and those before them, in which the portal is still being compiled: until two in a row are no quicker than the one
    /// before by more than a tenth. The JIT is not what is measured.
    /// </summary>
    public async Task<(IReadOnlyList<ChangeRound> Warm, IReadOnlyList<ChangeRound> Rounds)> RunAsync(int rounds)
    {
        using var http = new HttpClient { BaseAddress = portal.Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {portal.StaffToken}" } } };
        var lanes = await Task.WhenAll(Enumerable.Range(1, 3).Select(severity =>
            http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/tickets?status=open&severity={severity}&sort=due&limit={Shown}", UriKind.Relative))));
        string[] tickets = [.. lanes.SelectMany(lane => lane.GetProperty("items").EnumerateArray()).Where(t => t.GetProperty("assessed").GetBoolean()).Select(t => t.GetProperty("number").GetString()!)];
        if (tickets.Length % People.Markers == 0) tickets = tickets[1..]; // Each would always go to the same person, which changes nothing.
        var (warm, all) = (new List<ChangeRound>(), new List<ChangeRound>());
        do warm.Add(await RoundAsync(http, tickets));
        while (warm.Count < MostWarm && !IsSteady(warm));
        for (var round = 0; round < rounds; round++) all.Add(await RoundAsync(http, tickets));
        foreach (var circuit in circuits) circuit.Rendered = null;
        return (warm, all);
    }

    private static bool IsSteady(List<ChangeRound> rounds) =>
        rounds.Count >= 3 && rounds.TakeLast(3).Select(round => Statistics.Percentile(round.Renders, 50)).ToArray() is [var first, var second, var third] && second > 0.9 * first && third > 0.9 * second;

    private async Task<ChangeRound> RoundAsync(HttpClient http, string[] tickets)
    {
        var changes = rate * seconds;
        var (sent, shows) = (new long[People.Markers], new int[People.Markers]); // By marker: since when, and by which change, it is to be seen.
        var renders = circuits.Select(_ => Enumerable.Repeat(double.NaN, changes).ToArray()).ToArray();
        for (var c = 0; c < circuits.Count; c++) circuits[c].Rendered = Look(sent, shows, renders[c]);

        var before = circuits.Sum(c => c.Received);
        var answers = new List<double>(changes);
        var use = new ProcessorUse(portal.ProcessId);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < changes; i++, _done++)
        {
            var wait = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            var began = Stopwatch.GetTimestamp();
            shows[_done % People.Markers] = i;
            Volatile.Write(ref sent[_done % People.Markers], began);
            using var answer = await http.PostAsJsonAsync(new Uri($"/api/v1/tickets/{tickets[_done % tickets.Length]}/assignee", UriKind.Relative), new { assignee = People.MarkerEmail(_done % People.Markers) });
            answer.EnsureSuccessStatusCode();
            answers.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var processor = use.Percent;
        await Task.Delay(Patience);
        var bytes = (double)(circuits.Sum(c => c.Received) - before) / changes / circuits.Count;
        double[] came = [.. renders.SelectMany(r => r).Where(r => !double.IsNaN(r))];
        double[][] byChange = [.. Enumerable.Range(0, changes).Select(i => renders.Select(r => r[i]).Where(r => !double.IsNaN(r)).ToArray()).Where(r => r.Length > 0)];
        return new ChangeRound(came, answers, [.. byChange.Select(r => r.Min())], [.. byChange.Select(r => r.Max())], 100.0 * came.Length / ((double)changes * circuits.Count), bytes, processor);
    }

    private Action<ReadOnlySpan<byte>, long> Look(long[] sent, int[] shows, double[] renders) => (batch, at) =>
    {
        for (var m = 0; m < _names.Length; m++)
        {
            var began = Volatile.Read(ref sent[m]);
            if (began == 0 || !double.IsNaN(renders[shows[m]]) || batch.IndexOf(_names[m]) < 0) continue;
            renders[shows[m]] = Stopwatch.GetElapsedTime(began, at).TotalMilliseconds;
        }
    };
}
