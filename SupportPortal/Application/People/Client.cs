namespace SupportPortal.Application.People;

/// <summary>The browser that a request comes from.</summary>
/// <param name="Address">Its network address, where one is known.</param>
/// <param name="Agent">What it says it is (<c>User-Agent</c>).</param>
/// <param name="DeviceId">The <see cref="Device"/> that its cookie names; null for one that signed in before devices were kept, and for visitors.</param>
public sealed record Client(string? Address, string Agent = "", string? DeviceId = null)
{
    /// <summary>No browser: the command line, or the portal itself.</summary>
    public static Client None { get; } = new(Address: null);
}
