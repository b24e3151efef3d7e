using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SupportPortal.Bench.Crash;

/// <summary>Compares what was acknowledged with the events that the portal shows.</summary>
internal sealed partial class CrashCheck(HttpClient http, string staffToken)
{
    private const int AtATime = 8;

    private readonly HashSet<string> _lost = []; // A ticket is looked at more than once; what is found is one thing.
    private readonly HashSet<string> _doubled = [];
    private readonly HashSet<string> _misplaced = [];

    public int Lost => _lost.Count;

    public int Doubled => _doubled.Count;

    public int Misplaced => _misplaced.Count;

    /// <summary>Each thing that is not as it should be, in words.</summary>
    public IEnumerable<string> Findings => [.. _lost, .. _doubled, .. _misplaced];

    /// <summary>Looks at tickets: each acknowledged act is there once, in its place.</summary>
    public async Task LookAsync(IEnumerable<CrashTicket> tickets)
    {
        foreach (var few in tickets.Chunk(AtATime))
        {
            var found = await Task.WhenAll(few.Select(t => MarksAsync(t.Number)));
            foreach (var (ticket, marks) in few.Zip(found)) Compare(ticket, marks);
        }
    }

    /// <summary>A report carried out twice would have taken a number that nobody was told.</summary>
    public async Task LookAtNumbersAsync(IReadOnlyCollection<CrashTicket> tickets, int firstNumber)
    {
        int[] numbers = [.. tickets.Select(t => int.Parse(t.Number.AsSpan("SUP-".Length), CultureInfo.InvariantCulture)).Order()];
        int[] wanted = [.. Enumerable.Range(firstNumber, numbers.Length)];
        foreach (var number in wanted.Except(numbers)) _doubled.Add($"SUP-{number} is nobody's report.");
        using var request = Request($"/api/v1/tickets/SUP-{firstNumber + numbers.Length}");
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.NotFound) _doubled.Add($"SUP-{firstNumber + numbers.Length} is nobody's report.");
    }

    private void Compare(CrashTicket ticket, IReadOnlyList<string> found)
    {
        ticket.IsTouched = false;
        foreach (var mark in ticket.Marks.Except(found)) _lost.Add($"{ticket.Number} has lost {mark}");
        foreach (var mark in found.GroupBy(m => m).Where(m => m.Count() > 1)) _doubled.Add($"{ticket.Number} has {mark.Key} {mark.Count()} times.");
        foreach (var mark in found.Except(ticket.Marks)) _misplaced.Add($"{ticket.Number} has {mark} of another ticket");
        if (ticket.Marks.Count == found.Count && !ticket.Marks.SequenceEqual(found)) _misplaced.Add($"{ticket.Number} has its acts in another order.");
    }

    private async Task<IReadOnlyList<string>> MarksAsync(string ticket)
    {
        using var request = Request($"/api/v1/tickets/{ticket}/events?limit=100");
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound) return [];
        var page = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return [.. page.GetProperty("items").EnumerateArray().SelectMany(e => Mark().Matches(e.GetProperty("data").GetRawText()).Select(m => m.Value))];
    }

    private HttpRequestMessage Request(string path) =>
        new(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Authorization", $"Bearer {staffToken}" } } };

    [GeneratedRegex(@"mark-\d+-\d+\.")]
    private static partial Regex Mark();
}
