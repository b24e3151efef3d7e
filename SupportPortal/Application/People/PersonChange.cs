using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>How a person is to be from now on.</summary>
public sealed record PersonChange(string Name, string Email, Role Role, string? Organisation, bool SeesOrganisation)
{
    /// <summary>The team of an agent; null for none.</summary>
    public string? Team { get; init; }
}

/// <summary>What came of an invitation, or of a link sent once more.</summary>
/// <param name="Person">The person; null when nothing was done.</param>
/// <param name="Link">The link to hand over, where mail is off; null where a mail is on its way.</param>
/// <param name="Refused">Why nothing was done.</param>
public sealed record LinkOffered(PortalUser? Person, string? Link, Domain.Refusal? Refused);
