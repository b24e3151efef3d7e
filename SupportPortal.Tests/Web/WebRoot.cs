namespace SupportPortal.Tests.Web;

/// <summary>The portal's own style sheets and scripts, as they lie in the repository.</summary>
internal static class WebRoot
{
    public static string Path(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "SupportPortal.sln"))) folder = folder.Parent!;
        return System.IO.Path.Combine(folder.FullName, "SupportPortal", "Web", "wwwroot", file);
    }
}
