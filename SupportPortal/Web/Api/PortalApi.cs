namespace SupportPortal.Web.Api;

/// <summary>The HTTP API: one file of endpoints per feature, mapped from here.</summary>
internal static class PortalApi
{
    public static void MapPortalApi(this WebApplication app)
    {
        // What no endpoint answers is told as a problem, never as a page.
        app.Map("/api/{**rest}", () => Results.Problem(statusCode: StatusCodes.Status404NotFound)).AllowAnonymous();
    }
}
