using System.Diagnostics;
using System.Text;

namespace SupportPortal.Tests.Support;

/// <summary>What a run of the portal's executable left: exit code and both outputs, without line ends at their close.</summary>
public sealed record Run(int ExitCode, string Answers, string Messages);

/// <summary>The portal's own executable, as a process of its own.</summary>
internal static class PortalProgram
{
    public static async Task<Run> RunAsync(IReadOnlyDictionary<string, string?> settings, string? stdin, params string[] arguments)
    {
        using var process = Process.Start(Start(settings, arguments))!;
        if (stdin is not null) await process.StandardInput.WriteLineAsync(stdin);
        process.StandardInput.Close();
        var answers = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Run(process.ExitCode, (await answers).TrimEnd(), (await messages).TrimEnd());
    }

    /// <summary>Serves on a free port until it answers, then stops; says what it wrote to its console.</summary>
    public static async Task<string> ServeUntilReadyAsync(IReadOnlyDictionary<string, string?> settings)
    {
        using var process = Process.Start(Start(settings, ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"]))!;
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("Application started", StringComparison.Ordinal)) break;
        }

        process.Kill();
        said.Append(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return said.ToString();
    }

    private static ProcessStartInfo Start(IReadOnlyDictionary<string, string?> settings, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SupportPortal.Web"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }
}
