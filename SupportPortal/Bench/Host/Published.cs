using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SupportPortal.Bench.Host;

/// <summary>The portal as it is deployed: published for this platform, each run a process of its own with production settings.</summary>
internal sealed class Published
{
    private readonly string _directory;

    private Published(string directory) => (_directory, Stamp) = (directory, StampOf(directory));

    /// <summary>Changes with whatever writes a store.</summary>
    public string Stamp { get; }

    /// <summary>Publishes where needed.</summary>
    public static async Task<Published> PrepareAsync(Settings settings) => new(settings.Portal ?? await PublishAsync());

    /// <summary>Starts it on a data directory.</summary>
    public Process Start(DirectoryInfo data, params IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(_directory, "SupportPortal.Web.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _directory,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Portal__DataDirectory"] = data.FullName, ["Logging__LogLevel__Default"] = "Warning", ["Portal__SignIn__TriesPerMinute"] = "0" },
        }) ?? throw new InvalidOperationException("The portal did not start.");

    /// <summary>Does what a verb of the command line does; answers what it printed.</summary>
    public async Task<string> DoAsync(DirectoryInfo data, params IReadOnlyList<string> verb)
    {
        var (code, answer) = await TryDoAsync(data, verb);
        return code == 0 ? answer : throw new InvalidOperationException($"{string.Join(' ', verb)} ended with {code}.");
    }

    /// <summary>The same, where a failure is an answer too.</summary>
    public async Task<(int Code, string Answer)> TryDoAsync(DirectoryInfo data, params IReadOnlyList<string> verb)
    {
        using var process = Start(data, verb);
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, answer.Trim());
    }

    private static async Task<string> PublishAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "portal-bench-published");
        Console.Error.WriteLine($"Publishing the portal to {directory}");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "SupportPortal/Web", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", directory, "-v", "q"]) { RedirectStandardOutput = true })!;
        await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? directory : throw new InvalidOperationException("Publishing failed: run the bench from the top of the repository, or name a published portal with --portal.");
    }

    private static string StampOf(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var floor in new[] { "Domain", "Application" }) hash.AppendData(File.ReadAllBytes(Path.Combine(directory, $"SupportPortal.{floor}.dll")));
        hash.AppendData(File.ReadAllBytes(typeof(Published).Assembly.Location)); // The bench's people and pasts.
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
