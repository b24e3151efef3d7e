namespace SupportPortal.Web.Shell;

/// <summary>The visitor's choice between light and dark; none means as their system says.</summary>
internal static class Theme
{
    /// <summary>The choice in the cookie that shell.js writes: in the first byte of the page, so that nothing flashes.</summary>
    public static string? From(HttpContext context) => context.Request.Cookies["theme"] is "light" or "dark" ? context.Request.Cookies["theme"] : null;
}
