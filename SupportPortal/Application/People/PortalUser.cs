using Microsoft.AspNetCore.Identity;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>A person with an account. Identity keeps how they sign in; the rest is what the portal's rules need.</summary>
public sealed class PortalUser : IdentityUser
{
    /// <summary>The name others read.</summary>
    [PersonalData]
    public string Name { get; set; } = "";

    /// <summary>The one role. Changing it means renewing the security stamp, so that open sessions end.</summary>
    public Role Role { get; set; }

    /// <summary>The customer's organisation.</summary>
    public int? OrganisationId { get; set; }

    /// <summary>Whether a customer sees all of the organisation's requests or only their own.</summary>
    public bool SeesOrganisation { get; set; } = true;

    /// <summary>The person as the rules know them.</summary>
    public Actor ToActor() => new(Id, Role, OrganisationId, SeesOrganisation);
}
