namespace SupportPortal.Application.People;

/// <summary>What a change of a person says in the audit log, without names and addresses: those can be erased, an entry cannot.</summary>
internal static class PersonChanges
{
    /// <summary>A sentence for each thing that changes; empty when nothing does.</summary>
    public static string Say(PortalUser person, PersonChange to, int? organisation) => string.Join(' ', Sentences(person, to, organisation));

    private static IEnumerable<string> Sentences(PortalUser person, PersonChange to, int? organisation)
    {
        if (person.Name != to.Name) yield return "Name changed.";
        if (person.Email != to.Email) yield return "E-mail address changed.";
        if (person.Role != to.Role) yield return $"Role {person.Role} → {to.Role}.";
        if (person.OrganisationId != organisation) yield return organisation is null ? "Organisation taken away." : person.OrganisationId is null ? "Organisation set." : "Organisation changed.";
        if (person.Team != to.Team) yield return to.Team is null ? $"Taken out of the team “{person.Team}”." : person.Team is null ? $"Put in the team “{to.Team}”." : $"From the team “{person.Team}” to “{to.Team}”."; // Names nobody, and past figures change with it.
        if (person.SeesOrganisation != to.SeesOrganisation) yield return to.SeesOrganisation ? "Sees all of the organisation's requests." : "Sees own requests only.";
    }
}
