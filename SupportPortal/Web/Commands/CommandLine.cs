using System.CommandLine;
using Microsoft.Extensions.Options;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.Commands;

/// <summary>
/// The portal's executable with a verb: does one thing and ends with 0 (done), 1 (failed) or 2 (bad usage). Answers go to stdout,
/// everything else to stderr. A verb works on the database that the settings name, while the portal runs or not.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    /// <summary>Whether the first argument is a verb, or asks for help with them, rather than a setting for the server.</summary>
    public static bool IsCommand(string[] args) =>
        args is ["-h" or "-?" or "--help" or "--version", ..] || (args is [{ Length: > 0 } first, ..] && first[0] is not ('-' or '/') && !first.Contains('='));

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Verbs().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Ask with --help for what there is.");
            return BadUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is not OptionsValidationException) // Left alone it would end as a signal, not as 1.
        {
            return Refuse(failure is OperationCanceledException ? "Stopped." : failure.ToString());
        }
    }

    /// <summary>Tells the person why nothing was done.</summary>
    public static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return Failed;
    }

    /// <summary>The portal's floors below the pages, with its settings and without its server. A verb says itself what happened: no log.</summary>
    public static WebApplication OpenPortal()
    {
        var builder = PortalHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.AddFoundation();
        return builder.Build();
    }

    private static RootCommand Verbs() => new("The support portal. Without a verb it serves.")
    {
        MigrateVerb.Make(),
        UserVerbs.Make(),
        TokenVerbs.Make(),
        SeedVerb.Make(),
        VerifyVerb.Make(),
    };
}
