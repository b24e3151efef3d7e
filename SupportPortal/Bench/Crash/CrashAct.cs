namespace SupportPortal.Bench.Crash;

/// <summary>What a client asks, under one key however often it has to ask, and the mark by which its event is found.</summary>
/// <param name="Ticket">The ticket acted on; null when it reports one.</param>
/// <param name="Act">The call's last word; empty when it reports a ticket.</param>
/// <param name="Json">What it says; the mark stands in one text of it.</param>
/// <param name="Mark">Occurs nowhere else.</param>
internal sealed record CrashAct(CrashTicket? Ticket, string Act, string Json, string Mark)
{
    public string Key { get; } = Guid.NewGuid().ToString();

    public string Path => Ticket is null ? "/api/v1/tickets" : $"/api/v1/tickets/{Ticket.Number}/{Act}";

    /// <summary>Sent before, and no answer came: whether it was done is for the portal to know.</summary>
    public bool IsUnanswered { get; set; }
}

/// <summary>A ticket of one client, who alone acts on it.</summary>
internal sealed class CrashTicket(string number)
{
    private readonly List<string> _marks = [];

    public string Number { get; } = number;

    public int Severity { get; set; } = 3;

    public bool IsResolved { get; set; }

    /// <summary>The acts that were acknowledged, in order.</summary>
    public IReadOnlyList<string> Marks => _marks;

    /// <summary>Acted on since its events were last looked at.</summary>
    public bool IsTouched { get; set; }

    public void Acknowledge(string mark)
    {
        _marks.Add(mark);
        IsTouched = true;
    }
}
