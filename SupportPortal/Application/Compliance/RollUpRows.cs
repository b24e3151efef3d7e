using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>A clock as the figures of compliance need it: 48 bytes, so that a million of them are read in a few milliseconds.</summary>
internal struct RollUpClock
{
    /// <summary>Of a clock that never stopped.</summary>
    public const long Never = long.MaxValue;

    /// <summary>No clock stands here, or one that cannot count; of an exception, that there is none.</summary>
    public const byte Nothing = byte.MaxValue;

    /// <summary>Microseconds since the Unix epoch, as in the store.</summary>
    public long DueAt;

    public long StartedAt;

    public long StoppedAt;

    /// <summary>The ticket's place.</summary>
    public int Ticket;

    /// <summary>The place of the ticket's next clock; −1 after the last.</summary>
    public int Next;

    /// <summary>The number of the assignee that counts; −1 nobody. Of the ticket while <see cref="Severity"/> is 0.</summary>
    public int Assignee;

    /// <summary>Of a breach that has ended: as often as it counts.</summary>
    public int Breaches;

    public short Ordinal;

    /// <summary>A <see cref="SlaMetric"/>, or <see cref="Nothing"/>.</summary>
    public byte Metric;

    /// <summary>A <see cref="SlaClockState"/>: running, met or breached.</summary>
    public byte State;

    /// <summary>The severity that counts; 0 while it is the ticket's own.</summary>
    public byte Severity;

    /// <summary>The severity that the promise was made for; 0 for none.</summary>
    public byte Promised;

    /// <summary>How far the exception of its breach has come: an <see cref="ExceptionState"/>, or <see cref="Nothing"/>.</summary>
    public byte Exception;

    /// <summary>Whether its breach was excused.</summary>
    public readonly bool IsExcused => Exception == (byte)ExceptionState.Approved;
}

/// <summary>A ticket as the figures of compliance need it.</summary>
internal struct RollUpTicket
{
    /// <summary>0 where none stands.</summary>
    public long Id;

    public int Version;

    public int FirstClock;

    /// <summary>Its organisation's id; 0 for none.</summary>
    public int Organisation;

    /// <summary>The number of its service; −1 for none.</summary>
    public int Service;

    /// <summary>The number of its assignee; −1 for nobody.</summary>
    public int Assignee;

    public byte Severity;

    public byte Channel;

    public bool IsOpen;

    /// <summary>Whether staff have settled its severity.</summary>
    public bool IsAssessed;

    /// <summary>A <see cref="ResolutionKind"/>; meaningless while <see cref="ResolvedAt"/> is <see cref="RollUpClock.Never"/>.</summary>
    public byte Resolution;

    /// <summary>1 to 5; 0 while it is not rated.</summary>
    public byte Rating;

    public bool WasReopened;

    public long ReportedAt;

    public long FirstResolvedAt;

    public long ResolvedAt;

    public long RatedAt;

    /// <summary>The earliest due instant of a live clock, overdue ones too.</summary>
    public long NextDueAt;
}
