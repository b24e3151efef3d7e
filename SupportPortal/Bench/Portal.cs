using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SupportPortal.Bench;

/// <summary>The published portal under load: its own process, production settings, a data directory of its own, loopback only.</summary>
internal sealed partial class Portal : IAsyncDisposable
{
    private const string Agent = "agent@bench.example";
    private const string Customer = "customer@bench.example";
    private const string Password = "Correct-Horse-42";

    private readonly string _directory;
    private readonly string _assembly;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("portal-bench-");
    private Process? _process;

    private Portal(string directory)
    {
        _directory = directory;
        _assembly = Path.Combine(directory, "SupportPortal.Web.dll");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public string StaffToken { get; private set; } = "";

    public string CustomerToken { get; private set; } = "";

    public string StaffCookie { get; private set; } = "";

    public string CustomerCookie { get; private set; } = "";

    /// <summary>The number of a request that the bench's customer reported.</summary>
    public string CustomerTicket { get; private set; } = "";

    /// <summary>One of the seeded tickets.</summary>
    public static string TicketNumber(int index) => string.Create(CultureInfo.InvariantCulture, $"SUP-{10001 + index % 256}");

    /// <summary>Publishes where needed, makes people, seeds the store.</summary>
    public static async Task<Portal> PrepareAsync(Settings settings)
    {
        var directory = settings.Portal ?? await PublishAsync();
        var portal = new Portal(directory);
        Console.Error.WriteLine($"Seeding {settings.Tickets:N0} open tickets");
        await portal.CommandAsync(null, "seed", "--tickets", $"{settings.Tickets + settings.Tickets / 10}", "--open", $"{settings.Tickets}", "--seed", "1");
        await portal.CommandAsync(Password, "user", "add", Agent, "--role", "Agent", "--name", "Bench Agent");
        await portal.CommandAsync(Password, "user", "add", Customer, "--role", "Customer", "--organisation", "Bench", "--name", "Bench Customer");
        portal.StaffToken = await portal.CommandAsync(null, "token", "create", Agent);
        portal.CustomerToken = await portal.CommandAsync(null, "token", "create", Customer);
        for (var i = 0; i < BoardLoad.Markers; i++) await portal.CommandAsync(Password, "user", "add", BoardLoad.Email(i), "--role", "Agent", "--name", BoardLoad.Name(i));
        return portal;
    }

    /// <summary>Starts the process and waits for the first page it serves.</summary>
    public Task StartAsync()
    {
        _process = Process.Start(Command("--urls", Address.ToString())) ?? throw new InvalidOperationException("The portal did not start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        return UntilAsync("/severity");
    }

    /// <summary>Waits until every open ticket is in memory.</summary>
    public Task ReadyAsync() => UntilAsync("/health/ready");

    private async Task UntilAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60);)
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

            await Task.Delay(20); // Each try costs the portal processor time that it would start with.
        }

        throw new InvalidOperationException($"The portal did not serve {path} within a minute.");
    }

    /// <summary>Signs the bench's people in and reports the customer's request.</summary>
    public async Task SignInAsync()
    {
        StaffCookie = await CookieAsync(Agent);
        CustomerCookie = await CookieAsync(Customer);
        using var http = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {CustomerToken}" } } };
        using var body = new StringContent("""{"subject":"Report stays empty","description":"The monthly report shows no rows."}""", null, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/v1/tickets", UriKind.Relative), body);
        CustomerTicket = Number().Match(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Value;
    }

    public async Task StopAsync()
    {
        if (_process is null) return;
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Delete(recursive: true);
    }

    private async Task<string> CookieAsync(string email)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler) { BaseAddress = Address };
        var page = await http.GetStringAsync(new Uri("/account/login", UriKind.Relative));
        var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (Match input in NamedInput().Matches(page))
        {
            var name = input.Groups["name"].Value;
            if (name.EndsWith("Email", StringComparison.Ordinal)) fields[name] = email;
            if (name.EndsWith("Password", StringComparison.Ordinal)) fields[name] = Password;
        }

        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/account/login", UriKind.Relative), form);
        var all = cookies.GetCookies(Address);
        if (all.All(c => !c.Name.Contains("Identity", StringComparison.Ordinal))) throw new InvalidOperationException($"{email} could not sign in.");
        return string.Join("; ", all.Select(c => $"{c.Name}={c.Value}"));
    }

    private async Task<string> CommandAsync(string? input, params string[] arguments)
    {
        using var process = Process.Start(Command(arguments)) ?? throw new InvalidOperationException("The portal's command line did not start.");
        if (input is not null) await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? answer.Trim() : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private ProcessStartInfo Command(params string[] arguments) => new("dotnet", [_assembly, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        WorkingDirectory = _directory,
        Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Portal__DataDirectory"] = _data.FullName, ["Logging__LogLevel__Default"] = "Warning" },
    };

    private static async Task<string> PublishAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "portal-bench-published");
        Console.Error.WriteLine($"Publishing the portal to {directory}");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "SupportPortal/Web", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", directory, "-v", "q"]) { RedirectStandardOutput = true })!;
        await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? directory : throw new InvalidOperationException("Publishing failed: run the bench from the top of the repository, or name a published portal with --portal.");
    }

    [GeneratedRegex("SUP-[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*name="(?<name>[^"]+)"[^>]*value="(?<value>[^"]*)""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""<input[^>]*name="(?<name>[^"]+)""")]
    private static partial Regex NamedInput();
}
