using NodaTime;

namespace SupportPortal.Application.People;

/// <summary>A key to the API in its owner's name. Only a digest is kept: the token itself is shown once, when it is made.</summary>
public sealed class ApiToken
{
    public int Id { get; init; }

    public required string OwnerId { get; init; }

    /// <summary>What the owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token, which is 256 random bits: nothing a salt or a slow hash would add.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it opens, of all that its owner may do.</summary>
    public TokenScope Scope { get; init; }

    public required Instant CreatedAt { get; init; }

    public Instant? ExpiresAt { get; init; }

    public Instant? RevokedAt { get; set; }

    /// <summary>When it was last used, to the minute or so: a write for every call would cost more than the call.</summary>
    public Instant? LastUsedAt { get; set; }
}

/// <summary>What a token opens, of all that its owner may do.</summary>
public enum TokenScope
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Reading.</summary>
    Read,
}
