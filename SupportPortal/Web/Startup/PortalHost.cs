using Microsoft.Extensions.Configuration.Json;

namespace SupportPortal.Web.Startup;

/// <summary>Where the host finds its settings and its static files, however it was started.</summary>
internal static class PortalHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Published output started from another folder: the content root would be that folder, and every static file a 200 with no bytes.
            ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
        });

        AddSettingsFiles(builder.Configuration, builder.Environment.EnvironmentName);

        // Only Development does this by itself; "dotnet run" under another name would answer 500 for _content/* files.
        // In published output the manifest is absent and this does nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    /// <summary>
    /// The settings files lie at the repository's root and are linked, so they are in the output folder and not in the content
    /// root of "dotnet run" and of tests. They go right after the host's own (optional, absent) settings files, so that
    /// the environment, the command line and a test's settings still win.
    /// </summary>
    private static void AddSettingsFiles(ConfigurationManager configuration, string environment)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var at = 1 + sources.ToList().FindLastIndex(source =>
            source is JsonConfigurationSource { Path: { } path } && path.StartsWith("appsettings", StringComparison.Ordinal));

        foreach (var name in new[] { "appsettings.json", $"appsettings.{environment}.json" })
        {
            var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, name), Optional = name != "appsettings.json" };
            source.ResolveFileProvider();
            sources.Insert(at++, source);
        }
    }
}
