using System.Security.Claims;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>Which browser a request comes from.</summary>
internal static class ClientOf
{
    /// <summary>The cookie's claim with the device's id.</summary>
    public const string DeviceClaim = "device";

    /// <summary>Network address, browser and device of a request.</summary>
    public static Client ToClient(this HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString(), context.User.ToDeviceId());

    /// <summary>The device that a cookie was made for; null for one that is older than devices, and for a visitor.</summary>
    public static string? ToDeviceId(this ClaimsPrincipal principal) => principal.FindFirstValue(DeviceClaim);
}
