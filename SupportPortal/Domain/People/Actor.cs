namespace SupportPortal.Domain.People;

/// <summary>What a person may be. Each staff role includes the ones before it: Administrator ⊇ Manager ⊇ Agent.</summary>
public enum Role
{
    /// <summary>Reports requests and follows them.</summary>
    Customer,

    /// <summary>Answers requests.</summary>
    Agent,

    /// <summary>Also answers for the promises.</summary>
    Manager,

    /// <summary>Also runs the portal.</summary>
    Administrator,
}

/// <summary>Who acts: the signed-in person as the rules need to know them.</summary>
/// <param name="Id">The person's id; stays when the name is erased.</param>
/// <param name="Role">The one role.</param>
/// <param name="OrganisationId">The customer's organisation; null for staff and for people without one.</param>
/// <param name="SeesOrganisation">Whether a customer sees all of the organisation's requests or only their own.</param>
public sealed record Actor(string Id, Role Role, int? OrganisationId = null, bool SeesOrganisation = true)
{
    /// <summary>The portal itself: automatic acts, imports, the command line.</summary>
    public static Actor System { get; } = new("system", Role.Administrator);

    /// <summary>Agents, managers and administrators.</summary>
    public bool IsStaff => Role >= Role.Agent;
}
