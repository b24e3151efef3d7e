using System.Diagnostics;
using SupportPortal.Bench.Host;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Bench.Crash;

/// <summary>
/// CRASH: <c>kill -9</c> at random moments, of starts as well as of work. After each start every act that was acknowledged is there
/// once, one that was not answered is there once after it was sent again, and <c>verify</c> finds no difference.
/// </summary>
internal sealed class CrashLoop(Portal portal, Settings settings, CrashAlarms alarms)
{
    private const int Tickets = 500;
    private const int Clients = 6;
    private const int StartIsKilledEvery = 5;
    private const int VerifyEvery = 10;
    private const int LongestStart = 2_500; // Milliseconds.
    private const int LongestWork = 2_500;

    private readonly Random _chance = new(1);
    private readonly HashSet<string> _differences = [];
    private readonly List<string> _alarms = [];
    private int _kills;
    private int _killedStarts;
    private int _raised;

    /// <summary>Whether all was as it should be.</summary>
    public static async Task<bool> MeasureAsync(Published published, Settings settings, Report report)
    {
        await using var portal = Portal.On(await Store.QuietAsync(published, Tickets));
        portal.KeepsData = true; // Until it is known that there is nothing to look into.
        var firstAlarm = TicketNumber.First + Tickets;
        var alarms = await CrashAlarms.AddAsync(portal.Data, (int)firstAlarm, TimeSpan.FromMinutes(settings.Minutes));
        var whole = await new CrashLoop(portal, settings, alarms).RunAsync((int)firstAlarm + alarms.Count, report);
        if (whole) portal.KeepsData = false;
        else await Console.Error.WriteLineAsync($"The store is kept in {portal.Data.FullName}");
        return whole;
    }

    private async Task<bool> RunAsync(int firstNumber, Report report)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        CrashClient[] clients = [.. Enumerable.Range(1, Clients).Select(c => new CrashClient(c, http, portal.StaffToken, portal.CustomerToken, new Random(c)))];
        var check = new CrashCheck(http, portal.StaffToken);
        for (var began = Stopwatch.GetTimestamp(); _kills < settings.Kills && Stopwatch.GetElapsedTime(began).TotalMinutes < settings.Minutes;)
        {
            await KillOnceAsync(clients, check);
            if (++_kills % VerifyEvery == 0) await VerifyAsync();
            if (_kills % VerifyEvery == 0) await Console.Error.WriteLineAsync($"{_kills} kills, {clients.Sum(c => c.Acknowledged):N0} acts");
        }

        await RestartAsync(clients);
        CrashTicket[] all = [.. clients.SelectMany(c => c.Tickets)];
        await check.LookAsync(all);
        await check.LookAtNumbersAsync(all, firstNumber);
        var hasAlarms = await CheckAlarmsAsync();
        await portal.StopAsync();
        await VerifyAsync();

        string[] refused = [.. clients.SelectMany(c => c.Refused)];
        report.Add("CRASH", $"kills, {_killedStarts} of them in the middle of a start", "", null, true, _kills);
        report.Add("CRASH", "acts acknowledged", "", null, true, clients.Sum(c => c.Acknowledged));
        report.Add("CRASH", "acts not answered before a kill, and sent again", "", null, true, clients.Sum(c => c.Resent));
        report.Add("CRASH", "acts lost", "", 0, false, check.Lost);
        report.Add("CRASH", "acts doubled", "", 0, false, check.Doubled);
        report.Add("CRASH", "acts in another ticket or order", "", 0, false, check.Misplaced);
        report.Add("CRASH", "acts refused that were lawful", "", 0, false, refused.Length);
        report.Add("CRASH", "differences that verify found", "", 0, false, _differences.Count);
        if (hasAlarms) report.Add("CRASH", $"alarms lost or doubled, of {_raised:N0} raised", "", 0, false, _alarms.Count);
        else await Console.Error.WriteLineAsync("CRASH: this build of the portal raises no reminders; none were checked.");
        string[] findings = [.. check.Findings, .. refused, .. _differences, .. _alarms];
        foreach (var finding in findings) await Console.Error.WriteLineAsync($"CRASH {finding}");
        return findings.Length == 0;
    }

    private async Task KillOnceAsync(CrashClient[] clients, CrashCheck check)
    {
        if (_kills % StartIsKilledEvery == StartIsKilledEvery - 1)
        {
            portal.Launch();
            await Task.Delay(_chance.Next(LongestStart));
            await portal.KillAsync();
            _killedStarts++;
            return;
        }

        await RestartAsync(clients);
        await check.LookAsync(clients.SelectMany(c => c.Tickets).Where(t => t.IsTouched).ToArray());
        var work = Task.WhenAll(clients.Select(c => c.RunAsync()));
        await Task.Delay(_chance.Next(LongestWork));
        await portal.KillAsync();
        await work;
    }

    private async Task RestartAsync(CrashClient[] clients)
    {
        portal.Launch();
        await portal.ReadyAsync();
        await Task.WhenAll(clients.Select(c => c.SettleAsync()));
    }

    private async Task<bool> CheckAlarmsAsync()
    {
        await portal.SettleAsync();
        if (alarms.CheckAlarms() is not var (raised, lost, doubled)) return false;
        _raised = raised;
        _alarms.AddRange([.. lost, .. doubled]);
        return true;
    }

    private async Task VerifyAsync()
    {
        var (code, answer) = await portal.Published.TryDoAsync(portal.Data, "verify");
        if (code != 0) _differences.UnionWith(answer.Length > 0 ? answer.Split('\n') : [$"verify ended with {code}."]);
    }
}
