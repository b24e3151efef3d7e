using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SupportPortal.Tests.Support;

/// <summary>Programs of the machine that tests need: found, run, or their absence told.</summary>
internal static class Programs
{
    /// <summary>A loopback port that nobody listens on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string? Find(string program, params string[] folders) => folders
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static async Task RunAsync(string program, params string[] arguments)
    {
        // No redirection: "pg_ctl start" hands its pipes on to the server, and a reader would wait for ever.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}");
    }

    /// <summary>Skips the test, or fails it where REQUIRE_SERVERS=1 says that nothing may be skipped.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("REQUIRE_SERVERS") == "1") throw new InvalidOperationException(what);
        Assert.Skip(what);
    }
}
