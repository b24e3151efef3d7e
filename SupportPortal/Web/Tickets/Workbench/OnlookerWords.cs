using SupportPortal.Application.Live;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Who else has a ticket open, in one line.</summary>
public static class OnlookerWords
{
    private const int MostNames = 3;

    /// <summary>"Bob Beside is typing a reply, Cara Calm and Dan Dot are looking at this"; empty when nobody is there.</summary>
    public static string Say(IReadOnlyList<(string Name, Writing? Writing)> others) => string.Join(", ",
        from does in new[] { (Writing.Reply, "typing a reply"), (Writing.Note, "typing an internal note"), ((Writing?)null, "looking at this") }
        let names = others.Where(other => other.Writing == does.Item1).Select(other => other.Name).ToList()
        where names.Count > 0
        select $"{Names(names)} {(names.Count == 1 ? "is" : "are")} {does.Item2}");

    private static string Names(List<string> names) => names switch
    {
        [var only] => only,
        { Count: <= MostNames } => $"{string.Join(", ", names[..^1])} and {names[^1]}",
        _ => $"{string.Join(", ", names[..(MostNames - 1)])} and {names.Count - MostNames + 1} others",
    };
}
