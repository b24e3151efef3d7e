using System.Text.RegularExpressions;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People.Admin;

/// <summary>What an administrator types to invite people.</summary>
public sealed partial class InviteDraft
{
    /// <summary>The most people to invite at once.</summary>
    public const int Most = 200;

    /// <summary>One address, or a pasted list, with or without names: <c>Ada Lovelace &lt;ada@example.com&gt;</c>.</summary>
    public string Addresses { get; set; } = "";

    /// <summary>The name, where there is one address.</summary>
    public string Name { get; set; } = "";

    public Role Role { get; set; }

    public string Organisation { get; set; } = "";

    public bool SeesOrganisation { get; set; } = true;

    public string Team { get; set; } = "";

    /// <summary>Whom it names, each address once; or everything that is wrong with the whole.</summary>
    public (IReadOnlyList<NewPerson> People, IReadOnlyList<Refusal> Refusals) Read()
    {
        List<(string? Name, string Email)> named = [.. Addresses.Split(['\n', '\r', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(Entries).DistinctBy(entry => entry.Email.ToUpperInvariant())];
        if (named.Count == 0) return ([], [new("email", "Enter an e-mail address, such as you@example.com.")]);
        if (named.Count > Most) return ([], [new("email", $"These are {named.Count} addresses. Invite at most {Most} at once.")]);
        if (named.Count > 1 && Name.Trim().Length > 0) return ([], [new("name", "A name is for one address. Leave it empty, or write names before the addresses: Ada Lovelace <ada@example.com>.")]);
        return ([.. named.Select(entry => ToPerson(entry.Email, named.Count == 1 && Name.Trim().Length > 0 ? Name : entry.Name))], []);
    }

    private NewPerson ToPerson(string email, string? name) =>
        new(email, Role, name, Role is Role.Customer && Organisation.Trim().Length > 0 ? Organisation : null) { SeesOrganisation = SeesOrganisation, Team = Role is not Role.Customer && Team.Trim().Length > 0 ? Team : null };

    private static IEnumerable<(string? Name, string Email)> Entries(string text)
    {
        if (WithName().Match(text) is { Success: true } match) return [(match.Groups[1].Value.Trim(' ', '"') is { Length: > 0 } name ? name : null, match.Groups[2].Value.Trim())];
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(email => ((string?)null, email));
    }

    [GeneratedRegex("^([^<>]*)<([^<>]+)>$")]
    private static partial Regex WithName();
}
