using System.Runtime.InteropServices;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>
/// Every clock that can count, in one array: the roll-up that all figures of compliance are read from. A copy of the store's rows, replaced
/// ticket by ticket as they change. Many read at once; whoever changes it does so alone.
/// </summary>
internal sealed class ComplianceFacts
{
    private readonly List<RollUpClock> _clocks = [];
    private readonly List<RollUpTicket> _tickets = [];
    private readonly Dictionary<int, ClockRow> _silent = [];
    private readonly HashSet<int> _organisations = [];

    public NameTable People { get; } = new();

    public NameTable Services { get; } = new();

    /// <summary>The organisations that any ticket is of.</summary>
    public IReadOnlyList<int> Organisations => [.. _organisations];

    /// <summary>The highest id of an organisation; 0 where none has a ticket.</summary>
    public int LastOrganisation { get; private set; }

    public ReadOnlySpan<RollUpClock> Clocks => CollectionsMarshal.AsSpan(_clocks);

    public ReadOnlySpan<RollUpTicket> Tickets => CollectionsMarshal.AsSpan(_tickets);

    /// <summary>The clocks of silence that still run, by their place: how often they count grows with time.</summary>
    public IReadOnlyDictionary<int, ClockRow> Silent => _silent;

    /// <summary>The last event, in the order of all, that was read in.</summary>
    public long UpTo { get; set; }

    /// <summary>Those before it that were not.</summary>
    public IReadOnlyList<PositionRange> Missing { get; set; } = [];

    /// <summary>The version of a ticket as it is known here; 0 when it is not.</summary>
    public int VersionOf(long id) => IsPlaced(id) && Place(id) is var place && place < _tickets.Count ? _tickets[place].Version : 0;

    /// <summary>Whether a number can have been given out: one that a tampered row names has no place here.</summary>
    public static bool IsPlaced(long id) => id is >= TicketNumber.First and < int.MaxValue;

    /// <summary>Replaces what is known of a ticket.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="clocks">Its clocks that can count.</param>
    /// <param name="silent">The clocks of silence that run, whole, by ticket and place.</param>
    public void Put(RollUpTicket ticket, ReadOnlySpan<ClockRead> clocks, IReadOnlyDictionary<(long, int), ClockRow> silent)
    {
        var place = Place(ticket.Id);
        if (place >= _tickets.Count) CollectionsMarshal.SetCount(_tickets, place + 1);
        ref var known = ref CollectionsMarshal.AsSpan(_tickets)[place];
        var (slot, last) = (known.Id == 0 ? -1 : known.FirstClock, -1);
        ticket.FirstClock = slot;
        foreach (ref readonly var clock in clocks)
        {
            if (slot < 0)
            {
                slot = _clocks.Count;
                _clocks.Add(new RollUpClock { Next = -1 });
                if (last < 0) ticket.FirstClock = slot;
                else CollectionsMarshal.AsSpan(_clocks)[last].Next = slot;
            }

            ref var fact = ref CollectionsMarshal.AsSpan(_clocks)[slot];
            Fill(ref fact, clock, place);
            if (silent.TryGetValue((clock.TicketId, clock.Ordinal), out var whole)) _silent[slot] = whole;
            else _silent.Remove(slot);
            (last, slot) = (slot, fact.Next);
        }

        for (; slot >= 0; slot = CollectionsMarshal.AsSpan(_clocks)[slot].Next)
        {
            CollectionsMarshal.AsSpan(_clocks)[slot].Metric = RollUpClock.Nothing;
            _silent.Remove(slot);
        }

        if (ticket.Organisation > 0) _organisations.Add(ticket.Organisation);
        LastOrganisation = Math.Max(LastOrganisation, ticket.Organisation);
        known = ticket;
    }

    private static int Place(long id) => checked((int)(id - TicketNumber.First));

    private void Fill(ref RollUpClock fact, in ClockRead clock, int ticket)
    {
        fact.DueAt = Microseconds(clock.DueAt!.Value);
        fact.StartedAt = Microseconds(clock.StartedAt);
        fact.StoppedAt = clock.StoppedAt is { } stopped ? Microseconds(stopped) : RollUpClock.Never;
        fact.Ticket = ticket;
        fact.Ordinal = (short)Math.Min(clock.Ordinal, short.MaxValue);
        fact.Metric = (byte)clock.Metric;
        fact.State = (byte)clock.State;
        fact.Breaches = clock.State == SlaClockState.Breached ? clock.Missed ?? 1 : 0;
        fact.Severity = (byte)(clock.DueSeverity ?? 0);
        fact.Assignee = People.Add(clock.DueAssigneeId);
        fact.Promised = (byte)(clock.Promised ?? 0);
        fact.Exception = clock.Exception is { } exception ? (byte)exception : RollUpClock.Nothing;
    }

    /// <summary>As the store keeps an instant.</summary>
    public static long Microseconds(Instant at) => at.ToUnixTimeTicks() / 10;

    /// <summary>A border: one between two microseconds leaves the first of them out.</summary>
    public static long Ceiling(Instant at)
    {
        var whole = Microseconds(at);
        return Instant(whole) < at ? whole + 1 : whole;
    }

    public static Instant Instant(long microseconds) => NodaTime.Instant.FromUnixTimeTicks(microseconds * 10);
}
