using NodaTime;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Bench.Host;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Bench.Crash;

/// <summary>Clocks whose one reminder falls somewhere into the time of the kills: each is raised once, none is left out.</summary>
internal sealed class CrashAlarms(DirectoryInfo data, IReadOnlyList<(long Ticket, Instant At)> due)
{
    private static readonly Duration Spacing = Duration.FromSeconds(1);
    private static readonly Duration Grace = Duration.FromSeconds(5); // To start, and to catch up with what fell due while it was down.

    /// <summary>Fills the time from now with them, one a second.</summary>
    public static async Task<CrashAlarms> AddAsync(DirectoryInfo data, int firstNumber, TimeSpan length)
    {
        await using var floors = await Floors.OpenAsync(data);
        var pasts = await TicketPasts.OfAsync(floors);
        var now = TimeProvider.System.Now();
        (long Ticket, Instant At)[] due = [.. Enumerable.Range(0, (int)length.TotalSeconds).Select(i => ((long)firstNumber + i, (now + Spacing * i).TruncatedToMicroseconds()))];
        foreach (var batch in due.Select((alarm, i) => pasts.RemindedAt(i, alarm.At)).Chunk(500)) await floors.Of<TicketSeeder>().WriteAsync(batch, CancellationToken.None);
        return new CrashAlarms(data, due);
    }

    /// <summary>How many there are.</summary>
    public int Count => due.Count;

    /// <summary>Compares what was raised with what fell due; null when this build of the portal raises none.</summary>
    public (int Raised, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled)? CheckAlarms()
    {
        using var rows = new AlarmRows(data);
        if (!rows.Exist) return null;
        var raised = rows.ByTicket();
        var now = TimeProvider.System.Now();
        return (due.Count(d => raised.ContainsKey(d.Ticket)),
            [.. due.Where(d => d.At < now - Grace && !raised.ContainsKey(d.Ticket)).Select(d => $"{new TicketNumber(d.Ticket)} was due for a reminder at {d.At} and has none.")],
            [.. due.Where(d => raised.GetValueOrDefault(d.Ticket) > (d.At <= now ? 1 : 0)).Select(d => $"{new TicketNumber(d.Ticket)} has {raised[d.Ticket]} reminders; one was due at {d.At}.")]);
    }
}
