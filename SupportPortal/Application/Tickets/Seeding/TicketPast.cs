using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>A ticket's past, told act by act under the desk's own rules, each at its instant. What would be later than now does not happen.</summary>
internal sealed class TicketPast
{
    private readonly List<TicketEvent> _events = [];
    private readonly Instant _end;
    private readonly int _catalogue;

    public TicketPast(Actor by, Reported report, Instant at, Instant end, int catalogue)
    {
        (_end, _catalogue, At) = (end, catalogue, at);
        Append(by, Ticket.Open(report));
    }

    /// <summary>The instant of the last act, or of the wait after it.</summary>
    public Instant At { get; private set; }

    /// <summary>Whether the story has reached now.</summary>
    public bool IsOver => At > _end;

    /// <summary>The ticket as it stands.</summary>
    public Ticket Ticket => Ticket.Fold(0, _events);

    /// <summary>What happened.</summary>
    public IReadOnlyList<TicketEvent> Events => _events;

    /// <summary>Lets time pass.</summary>
    public TicketPast Wait(Duration time)
    {
        At = Instant.FromUnixTimeTicks((At + time).ToUnixTimeTicks() / 10 * 10);
        return this;
    }

    /// <summary>Something is done.</summary>
    public TicketPast Then(Actor by, Func<Ticket, Decision> act)
    {
        if (!IsOver) Append(by, act(Ticket));
        return this;
    }

    private void Append(Actor by, Decision decision)
    {
        if (decision.Refusals is [var refusal, ..]) throw new InvalidOperationException($"The story does not hold: {refusal.Message}");
        foreach (var fact in decision.Facts) _events.Add(new TicketEvent(_events.Count + 1, At, EventAuthor.Of(by), _catalogue, fact));
    }
}
