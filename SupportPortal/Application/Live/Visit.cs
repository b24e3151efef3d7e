namespace SupportPortal.Application.Live;

/// <summary>One tab's stay at a ticket. Dispose it to leave.</summary>
public sealed class Visit : IDisposable
{
    private readonly Presence _presence;

    internal Visit(Presence presence, long ticketId, string personId) => (_presence, TicketId, PersonId) = (presence, ticketId, personId);

    /// <summary>The ticket.</summary>
    public long TicketId { get; }

    /// <summary>The person whose tab it is.</summary>
    public string PersonId { get; }

    /// <summary>Whether it has ended for good.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether the person sees a change: somebody else's, at this ticket.</summary>
    public bool Sees(PresenceChange change) => change.TicketId == TicketId && change.PersonId != PersonId;

    /// <summary>A sign that the person types here; it counts for <see cref="Presence.TypingLasts"/>.</summary>
    public void Types(Writing what) => _presence.Change(this, attendance => attendance.Begin(this, what));

    /// <summary>The person has sent it, or thrown it away.</summary>
    public void Stops(Writing what) => _presence.Change(this, attendance => attendance.End(this, what));

    /// <summary>The connection to the tab dropped: for others it is gone.</summary>
    public void Drop() => _presence.Change(this, attendance => attendance.Remove(this));

    /// <summary>The connection is back.</summary>
    public void Return() => _presence.Change(this, attendance => attendance.Add(this));

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        HasLeft = true;
        Drop();
    }
}
