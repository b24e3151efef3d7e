using NodaTime;

namespace SupportPortal.Application.People;

/// <summary>A browser in which a person is, or was, signed in. Its cookie carries the id.</summary>
public sealed class Device
{
    /// <summary>A random name that tells nothing.</summary>
    public required string Id { get; init; }

    public required string PersonId { get; init; }

    /// <summary>What the browser says it is (<c>User-Agent</c>), cut short.</summary>
    public required string Agent { get; init; }

    /// <summary>The network address of the sign-in.</summary>
    public string? Address { get; init; }

    public required Instant SignedInAt { get; init; }

    /// <summary>When it was last heard of, to a few minutes.</summary>
    public required Instant SeenAt { get; set; }

    /// <summary>When it was signed out.</summary>
    public Instant? EndedAt { get; set; }
}
