using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace SupportPortal.Web.Startup;

/// <summary>An unusable setting ends the start with one line that names it: whoever reads it wants to know what to change.</summary>
internal static class StartRefusal
{
    public static async Task<int> OrOneLineAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException unusable)
        {
            return Tell(string.Join("; ", unusable.Failures));
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return Tell($"urls: {taken.Message}");
        }
    }

    private static int Tell(string problem)
    {
        Console.Error.WriteLine(problem.ReplaceLineEndings(" "));
        return 1;
    }
}
