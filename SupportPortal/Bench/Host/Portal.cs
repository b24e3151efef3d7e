using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace SupportPortal.Bench.Host;

/// <summary>The published portal under load: its own process on its own copy of a store, loopback only.</summary>
internal sealed partial class Portal : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly List<string> _agents = [];
    private Process? _process;

    private Portal(Published published, DirectoryInfo data)
    {
        (Published, Data) = (published, data);
        (StaffToken, CustomerToken) = People.ReadTokens(data);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Published Published { get; }

    public DirectoryInfo Data { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public string StaffToken { get; }

    public string CustomerToken { get; }

    public string StaffCookie => _agents[0];

    public string CustomerCookie { get; private set; } = "";

    /// <summary>The number of a request that the bench's customer reported.</summary>
    public string CustomerTicket { get; private set; } = "";

    /// <summary>Its process while it runs.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The portal does not run.");

    /// <summary>Kept after use, for whoever looks into what went wrong.</summary>
    public bool KeepsData { get; set; }

    /// <summary>One of the seeded tickets.</summary>
    public static string TicketNumber(int index) => string.Create(CultureInfo.InvariantCulture, $"SUP-{10001 + index % 256}");

    /// <summary>A portal on a copy of a store, not started yet.</summary>
    public static Portal On(Store store) => new(store.Published, store.Copy());

    /// <summary>Starts it, waits until every open ticket is in memory, and signs people in.</summary>
    public static async Task<Portal> StartedOnAsync(Store store)
    {
        var portal = On(store);
        try
        {
            await portal.StartAsync();
            await portal.ReadyAsync();
            await portal.SignInAsync();
            await portal.CatchUpAsync();
            await portal.SettleAsync();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process and waits for the first page it serves.</summary>
    public Task StartAsync()
    {
        Launch();
        return UntilAsync("/severity");
    }

    /// <summary>Starts the process and waits for nothing.</summary>
    public void Launch()
    {
        _process = Published.Start(Data, "--urls", Address.ToString());
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>Waits until every open ticket is in memory.</summary>
    public Task ReadyAsync() => UntilAsync("/health/ready");

    /// <summary>Waits until what a start or a load has left behind is done: it uses next to nothing, or no longer less and less.</summary>
    public async Task SettleAsync()
    {
        const double AtRest = 5; // Per cent of a core.
        for (var (least, looks) = (double.MaxValue, 0); looks < 5; looks++)
        {
            var use = new ProcessorUse(ProcessId);
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (use.Percent is var percent && percent < AtRest) return;
            if (percent < 0.8 * least) (least, looks) = (percent, 0);
        }
    }

    /// <summary>Waits until what fell due before the start has been raised, at most three minutes: a store that was filled at once has years of it.</summary>
    public async Task CatchUpAsync()
    {
        using var alarms = new AlarmRows(Data);
        for (var looks = 0; looks < 180 && alarms.Waiting() > 20; looks++) await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private async Task UntilAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Longest;)
        {
            try
            {
                using var page = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (page.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (_process!.HasExited) break;
            await Task.Delay(20); // Each try costs the portal processor time that it would start with.
        }

        throw new InvalidOperationException($"The portal did not serve {path}.");
    }

    /// <summary>Signs the bench's people in and reports the customer's request.</summary>
    public async Task SignInAsync()
    {
        await AgentCookiesAsync(1);
        CustomerCookie = await People.SignInAsync(Address, People.Customer);
        using var http = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {CustomerToken}" } } };
        using var body = new StringContent("""{"subject":"Report stays empty","description":"The monthly report shows no rows."}""", null, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/v1/tickets", UriKind.Relative), body);
        CustomerTicket = Number().Match(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Value;
    }

    /// <summary>Signs in as many agents as so many boards have; answers their cookies.</summary>
    public async Task<IReadOnlyList<string>> AgentCookiesAsync(int boards)
    {
        while (_agents.Count < Math.Min(boards, People.Agents)) _agents.Add(await People.SignInAsync(Address, People.AgentEmail(_agents.Count)));
        return _agents;
    }

    public async Task StopAsync()
    {
        if (_process is null) return;
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await GoneAsync();
    }

    /// <summary><c>kill -9</c>: it gets no chance to finish anything.</summary>
    public Task KillAsync()
    {
        _process!.Kill();
        return GoneAsync();
    }

    private async Task GoneAsync()
    {
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!KeepsData) Data.Delete(recursive: true);
    }

    [GeneratedRegex("SUP-[0-9]+")]
    private static partial Regex Number();
}
