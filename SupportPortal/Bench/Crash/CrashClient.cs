using System.Text.Json;

namespace SupportPortal.Bench.Crash;

/// <summary>
/// Reports, replies, regrades and resolves, one act after the other, until no answer comes. The act that was not answered is sent
/// again first, with its key, when the portal is back.
/// </summary>
internal sealed class CrashClient(int number, HttpClient http, string staffToken, string customerToken, Random chance)
{
    private const int MostOpen = 5;
    private const int MostActs = 30;
    private const int LongestPause = 25; // Milliseconds.

    private readonly List<CrashTicket> _tickets = [];
    private CrashAct? _waiting;
    private int _acts;

    /// <summary>Every ticket that it reported.</summary>
    public IReadOnlyList<CrashTicket> Tickets => _tickets;

    public int Acknowledged { get; private set; }

    /// <summary>Acts that were not answered before a kill, and were sent again.</summary>
    public int Resent { get; private set; }

    /// <summary>Acts that were refused: they were lawful, so the portal has forgotten or doubled something.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Acts until no answer comes.</summary>
    public async Task RunAsync()
    {
        while (await DoAsync(_waiting ?? Next())) await Task.Delay(chance.Next(LongestPause));
    }

    /// <summary>Gets the answer that it still waits for.</summary>
    public async Task SettleAsync()
    {
        if (_waiting is not { } act) return;
        Resent++;
        if (!await DoAsync(act)) throw new InvalidOperationException("The portal runs and does not answer.");
    }

    private async Task<bool> DoAsync(CrashAct act)
    {
        _waiting = act;
        string answer;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(act.Path, UriKind.Relative)) { Content = new StringContent(act.Json, null, "application/json") };
            request.Headers.Add("Authorization", $"Bearer {(act.Ticket is null ? customerToken : staffToken)}");
            request.Headers.Add("Idempotency-Key", act.Key);
            using var answered = await http.SendAsync(request);
            answer = await answered.Content.ReadAsStringAsync();
            if (!answered.IsSuccessStatusCode)
            {
                Refused.Add($"{act.Path} {act.Mark}{(act.IsUnanswered ? ", sent again" : "")}: {(int)answered.StatusCode} {answer}");
                _waiting = null;
                return true;
            }
        }
        catch (HttpRequestException)
        {
            act.IsUnanswered = true;
            return false;
        }

        Acknowledge(act, answer);
        return true;
    }

    private void Acknowledge(CrashAct act, string answer)
    {
        _waiting = null;
        Acknowledged++;
        var ticket = act.Ticket;
        if (ticket is null)
        {
            using var told = JsonDocument.Parse(answer);
            _tickets.Add(ticket = new CrashTicket(told.RootElement.GetProperty("number").GetString()!));
        }

        ticket.Acknowledge(act.Mark);
    }

    private CrashAct Next()
    {
        var mark = $"mark-{number}-{++_acts}.";
        CrashTicket[] open = [.. _tickets.Where(t => !t.IsResolved)];
        if (open.Length == 0 || (open.Length < MostOpen && chance.Next(4) == 0))
            return new CrashAct(null, "", $$"""{"subject":"The nightly export stops","description":"Since this morning it stops at 99 %. {{mark}}","impact":"majorFeatureDegraded"}""", mark);

        var ticket = open[chance.Next(open.Length)];
        switch (ticket.Marks.Count >= MostActs ? 9 : chance.Next(10))
        {
            case < 6:
                return new CrashAct(ticket, "replies", $$"""{"body":"We see it too and are on it. {{mark}}"}""", mark);
            case < 9:
                ticket.Severity = 1 + (ticket.Severity + chance.Next(2)) % 3;
                return new CrashAct(ticket, "severity", $$"""{"severity":{{ticket.Severity}},"reason":"More is known now. {{mark}}"}""", mark);
            default:
                ticket.IsResolved = true;
                return new CrashAct(ticket, "resolution", $$"""{"kind":"fix","summary":"The export runs to its end again. {{mark}}"}""", mark);
        }
    }
}
