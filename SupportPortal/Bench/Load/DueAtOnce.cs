using System.Diagnostics;
using System.Text;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Bench.Load;

/// <summary>B8: a thousand clocks fall due at one instant. When are their reminders durable, and when do open boards show them?</summary>
internal static class DueAtOnce
{
    private const int Clocks = 1_000;
    private const string Bell = "data-bell"; // The bell in the staff layout: a render that changes its number names it.
    private static readonly Duration Between = Duration.FromSeconds(20);
    private static readonly Duration Start = Duration.FromSeconds(90); // To start the portal and let it rest; circuits come on top.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task MeasureAsync(Published published, Settings settings, Report report)
    {
        await using var portal = Portal.On(await Store.QuietAsync(published, settings.Tickets));
        var first = TimeProvider.System.Now() + Start + Duration.FromMilliseconds(100) * settings.Circuits;
        await AddAsync(portal, settings.Rounds, first);
        await portal.StartAsync();
        await portal.ReadyAsync();
        await portal.SignInAsync();
        await portal.SettleAsync();
        using var rows = new AlarmRows(portal.Data);
        if (!rows.Exist) throw new InvalidOperationException("This build of the portal raises no reminders.");

        var circuits = new List<Circuit>();
        var rounds = new List<Seen>();
        try
        {
            await Boards.OpenAsync(portal, circuits, settings.Circuits);
            if (TimeProvider.System.Now() > first) throw new InvalidOperationException("The circuits were not open when the first clocks fell due: take fewer.");
            for (var round = 0; round < settings.Rounds; round++) rounds.Add(await WatchAsync(rows, circuits, first + Between * round));
        }
        finally
        {
            await Boards.CloseAsync(circuits);
        }

        var what = $"{Clocks:N0} clocks due at once, {settings.Tickets:N0} open";
        report.Add("B8", $"{what}: first reminder durable", "ms", 200, false, [.. rounds.Select(r => r.FirstRow)]);
        report.Add("B8", $"{what}: all reminders durable", "ms", 2_000, false, [.. rounds.Select(r => r.LastRow)]);
        report.Add("B8", $"{what}: first in a browser, {settings.Circuits:N0} circuits", "ms", 200, false, [.. rounds.Select(r => r.FirstBell)]);
        report.Add("B8", $"{what}: last in the last browser", "ms", 2_000, false, [.. rounds.Select(r => r.LastBell)]);
        report.Add("B8", "circuits that showed it", "%", 100, true, [.. rounds.Select(r => r.Reached)]);
    }

    private static async Task AddAsync(Portal portal, int rounds, Instant first)
    {
        await using var floors = await Floors.OpenAsync(portal.Data);
        await RemindOnlyWhenDueAsync(floors);
        var pasts = await TicketPasts.OfAsync(floors);
        for (var round = 0; round < rounds; round++)
        {
            var due = first + Between * round;
            await floors.Of<TicketSeeder>().WriteAsync([.. Enumerable.Range(0, Clocks).Select(i => pasts.DueAt(i, due))], CancellationToken.None);
        }
    }

    /// <summary>A ticket that somebody was reminded of before would leave the bell's number as it is.</summary>
    private static async Task RemindOnlyWhenDueAsync(Floors floors)
    {
        var (policies, agent) = (floors.Of<PolicyStore>(), await floors.Of<PeopleDesk>().FindByEmailAsync(People.Agent));
        var policy = policies.Current with
        {
            Severities = [.. policies.Current.Severities.Select(level => level with { Targets = [.. level.Targets.Select(target => target with { Reminders = [] })], Escalation = [] })],
        };
        var (_, refusals) = await policies.PublishAsync(agent!.ToActor() with { Role = Role.Administrator }, policy);
        if (refusals.Count > 0) throw new InvalidOperationException(refusals[0].Message);
    }

    private static async Task<Seen> WatchAsync(AlarmRows rows, List<Circuit> circuits, Instant due)
    {
        var bell = Encoding.UTF8.GetBytes(Bell);
        var wait = (due - TimeProvider.System.Now()).ToTimeSpan();
        var at = Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
        var bells = circuits.Select(_ => (First: 0L, Last: 0L)).ToArray();
        for (var c = 0; c < circuits.Count; c++)
        {
            var mine = c;
            circuits[c].Rendered = (batch, shown) =>
            {
                if (shown < at || batch.IndexOf(bell) < 0) return;
                bells[mine] = (bells[mine].First == 0 ? shown : bells[mine].First, shown);
            };
        }

        await Task.Delay(wait - TimeSpan.FromSeconds(1));
        var before = rows.Count();
        var (firstRow, lastRow) = (double.NaN, double.NaN);
        while (Stopwatch.GetElapsedTime(at) < Patience && double.IsNaN(lastRow))
        {
            var raised = rows.Count() - before;
            var now = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            if (raised > 0 && double.IsNaN(firstRow)) firstRow = now;
            if (raised >= Clocks) lastRow = now;
            await Task.Delay(5);
        }

        await Task.Delay(TimeSpan.FromSeconds(3)); // The last bells.
        double[] firsts = [.. bells.Where(b => b.First > 0).Select(b => Stopwatch.GetElapsedTime(at, b.First).TotalMilliseconds)];
        double[] lasts = [.. bells.Where(b => b.First > 0).Select(b => Stopwatch.GetElapsedTime(at, b.Last).TotalMilliseconds)];
        return new Seen(firstRow, lastRow, firsts.DefaultIfEmpty(double.NaN).Min(), lasts.DefaultIfEmpty(double.NaN).Max(), 100.0 * firsts.Length / circuits.Count);
    }

    private sealed record Seen(double FirstRow, double LastRow, double FirstBell, double LastBell, double Reached);
}
