using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People.Admin;

/// <summary>What an administrator types about a person.</summary>
public sealed class PersonDraft
{
    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public Role Role { get; set; }

    public string Organisation { get; set; } = "";

    public bool SeesOrganisation { get; set; }

    public string Team { get; set; } = "";

    /// <summary>The person as they are.</summary>
    public static PersonDraft Of(PersonDetails person) => new()
    {
        Name = person.Account.Name,
        Email = person.Account.Email ?? "",
        Role = person.Account.Role,
        Organisation = person.Organisation ?? "",
        SeesOrganisation = person.Account.SeesOrganisation,
        Team = person.Account.Team ?? "",
    };

    /// <summary>How the person is to be. What the role has no use for is left out.</summary>
    public PersonChange ToChange() => new(Name, Email, Role, Role is Role.Customer && Organisation.Trim().Length > 0 ? Organisation : null, SeesOrganisation)
    {
        Team = Role is not Role.Customer && Team.Trim().Length > 0 ? Team : null,
    };
}
