using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Domain.Sla;

/// <summary>Since when the report showed each severity's impact, in this cycle (rule 3): what first responses are due from.</summary>
internal sealed class LevelsSince
{
    private readonly Instant?[] _since = new Instant?[4];
    private Instant _cycleStart;

    /// <summary>When the cycle began: the report, or the last reopening.</summary>
    public Instant CycleStart => _cycleStart;

    /// <summary>Since when a level counts.</summary>
    public Instant Of(Severity level) => _since[(int)level] ?? _cycleStart;

    /// <summary>A report or a reopening: every level up to the current one counts from here (rule 4).</summary>
    public void StartCycle(Severity current, Instant at)
    {
        _cycleStart = at;
        for (var level = 1; level <= 3; level++) _since[level] = level < (int)current ? null : at;
    }

    /// <summary>
    /// A grading counts since the impact; milder levels not later than that; graver ones no more. Left out, the impact is as
    /// reported on an upgrade and as before on a downgrade.
    /// </summary>
    public void Grade(Severity from, Severity to, Instant? impactSince, Instant at)
    {
        var since = impactSince ?? (to.IsGraverThan(from) ? _cycleStart : Of(to));
        since = Instant.Max(_cycleStart, Instant.Min(since, at));

        // Severity 3 counts since the cycle's start, always: no grading moves what every request was promised.
        for (var level = 1; level < (int)Severity.Normal; level++)
        {
            if (level < (int)to) _since[level] = null;
            else if (level == (int)to || _since[level] is not { } known || known > since) _since[level] = since;
        }
    }
}
