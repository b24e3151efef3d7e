using Microsoft.AspNetCore.Identity;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>What is said about people who cannot be added or changed so.</summary>
internal static class PersonRules
{
    public static readonly Refusal NoSuchPerson = new("person", "There is no such person.");
    public static readonly Refusal SpentLink = new("", "This link has been used or has expired. Ask for a new one.");
    private static readonly Refusal Overtaken = new("", "Somebody else has changed this person meanwhile. Look at what they did, then try again.", RefusalKind.NotNow);

    public static Refusal? Refuse(NewPerson person)
    {
        if (!PeopleDesk.IsAddress(person.Email)) return new Refusal("email", $"'{person.Email.Trim()}' is not an e-mail address.");
        if (person.Name is { Length: > 100 }) return new Refusal("name", "A name has at most 100 characters.");
        if (person.Name?.Any(char.IsControl) is true) return new Refusal("name", "A name is one line of text.");
        if (RefuseTeam(person) is { } noTeam) return noTeam;
        if (person.Organisation is not { } organisation) return null;
        if (organisation.Trim().Length is 0 or > 100) return new Refusal("organisation", "An organisation's name has 1 to 100 characters.");
        if (organisation.Any(char.IsControl)) return new Refusal("organisation", "An organisation's name is one line of text.");
        return person.Role is Role.Customer ? null : new Refusal("organisation", "Only customers belong to an organisation.");
    }

    private static Refusal? RefuseTeam(NewPerson person) => person.Team switch
    {
        null => null,
        _ when person.Role is Role.Customer => new Refusal("team", "Only staff belong to a team."),
        { } team when team.Trim().Length is 0 or > Team.LongestName => new Refusal("team", $"A team's name has 1 to {Team.LongestName} characters."),
        { } team when team.Any(char.IsControl) => new Refusal("team", "A team's name is one line of text."),
        { } team when team.Trim().Equals(Team.Nowhere, StringComparison.OrdinalIgnoreCase) => new Refusal("team", $"“{Team.Nowhere}” stands for whoever is in no team. Leave the field empty."),
        { } team when team.Trim().Equals(Team.Nobody, StringComparison.OrdinalIgnoreCase) => new Refusal("team", $"“{Team.Nobody}” stands for what nobody had. Choose another name."),
        _ => null,
    };

    public static Refusal ToRefusal(IdentityResult outcome)
    {
        var errors = outcome.Errors.ToList();
        if (errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken))) return SpentLink;
        if (errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))) return Overtaken;
        if (errors.FirstOrDefault(e => e.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail)) is not null)
            return new Refusal("email", "There is already an account with this e-mail address.");
        var field = errors[0].Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email";
        return new Refusal(field, string.Join(' ', errors.Select(e => e.Description)));
    }
}
