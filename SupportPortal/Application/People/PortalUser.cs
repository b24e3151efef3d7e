using Microsoft.AspNetCore.Identity;
using NodaTime;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>A person with an account. Identity keeps how they sign in; the rest is what the portal's rules need.</summary>
public sealed class PortalUser : IdentityUser
{
    /// <summary>The name others read.</summary>
    [PersonalData]
    public string Name { get; set; } = "";

    /// <summary>The one role. Changing it means renewing the security stamp, so that open sessions end. Whoever leaves the staff leaves their team.</summary>
    public Role Role
    {
        get;
        set
        {
            field = value;
            if (value is Role.Customer) Team = null;
        }
    }

    /// <summary>The customer's organisation.</summary>
    public int? OrganisationId { get; set; }

    /// <summary>The name of an agent's team; null for none.</summary>
    [PersonalData]
    public string? Team { get; set; }

    /// <summary>Whether a customer sees all of the organisation's requests or only their own.</summary>
    public bool SeesOrganisation { get; set; } = true;

    /// <summary>When the account was made; null for one made before this was noted.</summary>
    public Instant? AddedAt { get; init; }

    /// <summary>When the person last signed in.</summary>
    public Instant? SignedInAt { get; set; }

    /// <summary>Since when the person may not sign in. Setting it means renewing the security stamp, so that open sessions end.</summary>
    public Instant? DeactivatedAt { get; set; }

    /// <summary>When the person was made anonymous, for good.</summary>
    public Instant? ErasedAt { get; set; }

    /// <summary>The person as the rules know them.</summary>
    public Actor ToActor() => new(Id, Role, OrganisationId, SeesOrganisation);
}
