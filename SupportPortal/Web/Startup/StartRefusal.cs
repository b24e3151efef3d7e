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
            await Console.Error.WriteLineAsync(string.Join("; ", unusable.Failures).ReplaceLineEndings(" "));
            return 1;
        }
    }
}
