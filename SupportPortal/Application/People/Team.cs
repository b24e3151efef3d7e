namespace SupportPortal.Application.People;

/// <summary>Agents who work together under one name, as they are now. Each is in one team at most; a team is there as long as anybody is in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">The ids of its agents, in their order; deactivated ones too, whose promises still count.</param>
public sealed record Team(string Name, IReadOnlyList<string> Members)
{
    /// <summary>Stands for whoever is in no team, and so is no team's name.</summary>
    public const string Nowhere = "none";

    /// <summary>Stands for what was nobody's, and so is no team's name.</summary>
    public const string Nobody = "nobody";

    /// <summary>A name has so many characters at most.</summary>
    public const int LongestName = 100;

    /// <summary>The name of each agent's team, by the agent's id.</summary>
    public static IReadOnlyDictionary<string, string> ByMember(IEnumerable<Team> teams)
    {
        var names = new Dictionary<string, string>();
        foreach (var team in teams)
        {
            foreach (var member in team.Members) names.TryAdd(member, team.Name);
        }

        return names;
    }
}
