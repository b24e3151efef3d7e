using System.Collections.Immutable;

namespace SupportPortal.Application.Live;

/// <summary>What somebody types at a ticket.</summary>
public enum Writing
{
    /// <summary>A reply to the customer.</summary>
    Reply,

    /// <summary>An internal note.</summary>
    Note,
}

/// <summary>A member of staff who has a ticket open.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Writing">What they type; null while they only look.</param>
public sealed record Onlooker(string PersonId, Writing? Writing = null);

/// <summary>
/// Which members of staff have which ticket open, and who of them types: in memory, and gone when they are. One person with two
/// tabs is one onlooker. It knows the circuits of this server only: of several servers, each shows its own people. That no
/// reply crosses another is not its business but the ticket's (<c>Ticket.Reply</c>), and holds on all of them.
/// </summary>
public sealed class Presence(TimeProvider clock)
{
    /// <summary>How long somebody counts as typing after the last sign of it; a browser gives one every three seconds.</summary>
    public static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<(long TicketId, string PersonId), Attendance> _here = [];
    private ImmutableDictionary<long, ImmutableArray<Onlooker>> _snapshot = ImmutableDictionary<long, ImmutableArray<Onlooker>>.Empty;
    private ImmutableHashSet<PresenceWatch> _watches = [];

    /// <summary>The onlookers of every ticket that has any, in the order in which they came. Immutable: read without locks.</summary>
    public ImmutableDictionary<long, ImmutableArray<Onlooker>> Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>How many watch.</summary>
    public int Watches => _watches.Count;

    /// <summary>Everybody but this person who has the ticket open.</summary>
    public IReadOnlyList<Onlooker> OthersAt(long ticketId, string personId) =>
        Snapshot.TryGetValue(ticketId, out var onlookers) ? [.. onlookers.Where(onlooker => onlooker.PersonId != personId)] : [];

    /// <summary>A tab of this person shows the ticket, until the visit is disposed.</summary>
    public Visit Enter(long ticketId, string personId)
    {
        var visit = new Visit(this, ticketId, personId);
        visit.Return();
        return visit;
    }

    /// <summary>Begins to watch. What <see cref="Snapshot"/> shows after that lacks nothing of which the watch does not tell.</summary>
    /// <param name="concerns">Whether the watcher wants to hear of a change. Asked for each change under the lock of everybody: quick, and without touching what a circuit changes.</param>
    public PresenceWatch Watch(Func<PresenceChange, bool> concerns)
    {
        var watch = new PresenceWatch(concerns, Leave);
        lock (_lock) _watches = _watches.Add(watch);
        return watch;
    }

    /// <summary>Changes how the visit's person attends the ticket, and tells whoever sees a difference.</summary>
    internal void Change(Visit visit, Action<Attendance> change)
    {
        var key = (visit.TicketId, visit.PersonId);
        lock (_lock)
        {
            var attendance = _here.GetValueOrDefault(key) ?? new Attendance(visit.PersonId, clock, typing => Change(typing.Tab, here => here.End(typing)));
            var before = attendance.Seen;
            change(attendance);
            var now = attendance.Seen;
            if (now is null) _here.Remove(key);
            else _here[key] = attendance;
            if (now != before) Show(visit.TicketId, before, now);
        }
    }

    private void Show(long ticketId, Onlooker? before, Onlooker? now)
    {
        var onlookers = _snapshot.GetValueOrDefault(ticketId, []);
        onlookers = before is null ? onlookers.Add(now!) : now is null ? onlookers.Remove(before) : onlookers.Replace(before, now);
        _snapshot = onlookers.IsEmpty ? _snapshot.Remove(ticketId) : _snapshot.SetItem(ticketId, onlookers);
        var change = new PresenceChange(ticketId, (now ?? before)!.PersonId, CameOrLeft: now is null || before is null);
        foreach (var watch in _watches) watch.Offer(change);
    }

    private void Leave(PresenceWatch watch)
    {
        lock (_lock) _watches = _watches.Remove(watch);
    }
}
